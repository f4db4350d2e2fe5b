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

/** The pause between two sentences nobody asked for (APP-308). */
const PAUSE_MS = 10_000;
const untold = new Map<string, () => string>();
let spokenAt = Number.NEGATIVE_INFINITY;

/**
 * Says how things are without having been asked: whatever happens, at most once in 10 s, and then the newest of every
 * source (APP-190, APP-308). Answers to what a person does go to `announce` at once.
 */
export function announceStatus(source: string, sentence: () => string): void {
  const isDue = untold.size > 0;
  untold.set(source, sentence);
  if (!isDue) window.setTimeout(sayAll, Math.max(0, spokenAt + PAUSE_MS - performance.now()));
}

function sayAll(): void {
  spokenAt = performance.now();
  const sentences = [...untold.values()].map((say) => say());
  untold.clear();
  announce(sentences.join('. '));
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
