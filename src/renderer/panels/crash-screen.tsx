import { Component, type ReactNode } from 'react';
import { hostStrings } from '../strings/status';
import { Button } from '../ui/button';
import { Details } from '../ui/details';
import { EmptyState } from '../ui/empty-state';

/** Catches our own bugs while drawing: says so and offers to start the window again instead of leaving it blank. */
export class CrashScreen extends Component<
  { readonly children: ReactNode },
  { readonly error: Error | null }
> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main>
        <EmptyState title={hostStrings.crashTitle} text={hostStrings.crashText}>
          <Button variant="primary" onPress={() => location.reload()}>
            {hostStrings.reload}
          </Button>
          <Details text={error.stack ?? error.message} />
        </EmptyState>
      </main>
    );
  }
}
