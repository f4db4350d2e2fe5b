import { AlarmClock, CheckCheck, CloudOff, FolderOpen, Inbox, TriangleAlert } from 'lucide-react';
import { runCommand } from '../commands/registry';
import { listStrings } from '../strings/list';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import type { ListState } from './list-state';

interface ListEmptyProps {
  readonly state: Exclude<ListState, { kind: 'rows' }>;
  /** Time of the last check, as shown; null = never. */
  readonly checkedAt: string | null;
  onRetry(): void;
}

/** The list's place without rows: each case has its own words and the one next step (APP-062). */
export function ListEmpty({ state, checkedAt, onRetry }: ListEmptyProps) {
  switch (state.kind) {
    case 'inbox-empty':
      return (
        <EmptyState
          icon={<CheckCheck />}
          title={listStrings.inboxEmpty}
          text={checkedAt ? listStrings.inboxEmptyText(checkedAt) : listStrings.inboxEmptyUnchecked}
        />
      );
    case 'snoozed-empty':
      return (
        <EmptyState
          icon={<AlarmClock />}
          title={listStrings.snoozedEmpty}
          text={listStrings.snoozedEmptyText}
        />
      );
    case 'folder-empty':
      return <EmptyState icon={<FolderOpen />} title={listStrings.folderEmpty} />;
    case 'first-sync':
      return <EmptyState icon={<Inbox />} title={listStrings.firstSync} text={listStrings.firstSyncText} />;
    case 'not-here':
      return (
        <EmptyState icon={<CloudOff />} title={listStrings.notHere} text={listStrings.notHereText}>
          <Button onPress={() => runCommand('sync.now')}>{listStrings.loadWhenOnline}</Button>
        </EmptyState>
      );
    case 'failed':
      return (
        <EmptyState
          icon={<TriangleAlert />}
          title={listStrings.failed}
          text={[state.failure.message, state.failure.hint].filter(Boolean).join(' ')}
        >
          <Button onPress={onRetry}>{listStrings.retry}</Button>
        </EmptyState>
      );
  }
}
