import { type ComponentPropsWithoutRef, type Ref, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { VisuallyHidden } from './visually-hidden';

type Politeness = 'polite' | 'assertive';
interface Announcements {
  readonly polite: string;
  readonly assertive: string;
}
const useAnnouncements = create<Announcements>()(() => ({ polite: '', assertive: '' }));

/** What is said so soon after something else is said together with it: a region speaks only its newest words. */
const TOGETHER_MS = 150;
const said = { polite: Number.NEGATIVE_INFINITY, assertive: Number.NEGATIVE_INFINITY };

/**
 * Says a sentence through the one live region of its politeness (UI-072). The same sentence twice in a row is heard
 * twice: a region speaks only when its text changes.
 */
export function announce(sentence: string, politeness: Politeness = 'polite'): void {
  const NO_BREAK_SPACE = '\u00a0';
  const now = performance.now();
  const together = now - said[politeness] < TOGETHER_MS;
  said[politeness] = now;
  useAnnouncements.setState((state) => {
    const before = state[politeness];
    if (before === sentence) return { [politeness]: sentence + NO_BREAK_SPACE };
    return { [politeness]: together ? `${before} ${sentence}` : sentence };
  });
}

/** Between two status messages, so that nobody is talked over (APP-308). */
const PAUSE_MS = 10_000;
const waiting = new Map<unknown, () => string>();
let calmAt = Number.NEGATIVE_INFINITY;
let timer = 0;

/**
 * Says how things are, politely and with a pause after what was said that way before; of each source the newest, all of
 * them together. Returns the function that takes it back while it has not been said.
 */
export function announceCalmly(source: unknown, words: () => string): () => void {
  waiting.set(source, words);
  if (timer === 0) timer = window.setTimeout(sayWaiting, Math.max(0, calmAt + PAUSE_MS - performance.now()));
  return () => {
    if (waiting.get(source) === words) waiting.delete(source);
  };
}

function sayWaiting(): void {
  timer = 0;
  if (waiting.size === 0) return;
  calmAt = performance.now();
  const sentences = [...waiting.values()].map((words) => words());
  waiting.clear();
  announce([...new Set(sentences)].join('. '));
}

interface SpokenProps extends ComponentPropsWithoutRef<'div'> {
  readonly as?: 'div' | 'p' | 'span';
  readonly politeness?: Politeness;
  /** A status that comes by itself: said with a pause after the one before. */
  readonly calm?: boolean;
}

/**
 * Words on screen that are said when they appear and when they change. A status or alert to whoever looks for one, but no
 * live region of its own: its words go through the one there is (UI-072).
 */
export function Spoken({ as: Element = 'div', politeness = 'polite', calm = false, ...rest }: SpokenProps) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    let before = '';
    const say = () => {
      const words = wordsOf(node);
      if (words !== '' && words !== before) {
        if (calm) announceCalmly(node, () => words);
        else announce(words, politeness);
      }
      before = words;
    };
    say();
    const observer = new MutationObserver(say);
    observer.observe(node, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [politeness, calm]);
  return (
    <Element
      {...rest}
      ref={element as Ref<never>}
      role={politeness === 'polite' ? 'status' : 'alert'}
      aria-live="off"
    />
  );
}

/** What stands there to be read: neither what is for the eye only nor what can be pressed. */
function wordsOf(element: HTMLElement): string {
  const words: string[] = [];
  const walk = (node: Node) => {
    if (node instanceof Text) words.push(node.data);
    else if (node instanceof HTMLElement && !node.matches('[aria-hidden=true], button, [role=progressbar]'))
      for (const child of node.childNodes) walk(child);
  };
  walk(element);
  return words.join(' ').replaceAll(/\s+/g, ' ').trim();
}

/** The two live regions of the window; rendered once, by the application. */
export function LiveRegions() {
  const { polite, assertive } = useAnnouncements();
  return (
    // Stays in reach when a dialog hides the rest of the window.
    <div data-live-announcer="true">
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
    </div>
  );
}
