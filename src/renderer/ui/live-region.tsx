import { create } from 'zustand';
import { VisuallyHidden } from './visually-hidden';

type Politeness = 'polite' | 'assertive';
interface Announcements {
  readonly polite: string;
  readonly assertive: string;
}
const useAnnouncements = create<Announcements>()(() => ({ polite: '', assertive: '' }));

/**
 * Says a sentence through the one live region of its politeness (UI-072). The same sentence twice in a row is heard
 * twice: a region speaks only when its text changes.
 */
export function announce(sentence: string, politeness: Politeness = 'polite'): void {
  const NO_BREAK_SPACE = '\u00a0';
  useAnnouncements.setState((state) => ({
    [politeness]: state[politeness] === sentence ? sentence + NO_BREAK_SPACE : sentence,
  }));
}

/** The two live regions of the window; rendered once, by the application. */
export function LiveRegions() {
  const { polite, assertive } = useAnnouncements();
  return (
    <>
      <VisuallyHidden>
        <span role="status" aria-live="polite">
          {polite}
        </span>
      </VisuallyHidden>
      <VisuallyHidden>
        <span role="alert" aria-live="assertive">
          {assertive}
        </span>
      </VisuallyHidden>
    </>
  );
}
