import { MAX_ELEMENTS } from './appearance';
import { MIN_CONTRAST, readable } from './dark-colours';
import { Backdrop, hasOwnText, readGrounds } from './ground';
import { blend, contrast, formatRgb, type Rgb } from './oklch';

/** Of a message's characters, how many may be hard to read on dark before its dark colours are none. */
const MAX_UNREADABLE = 0.3;
/** Text below this cannot be seen at all: made for a picture that is not there. */
const INVISIBLE = 1.5;
/** Smaller text is not for reading: what lists show before the message is opened. In pixels. */
const MIN_SIZE = 4;

interface Run {
  readonly element: HTMLElement;
  readonly characters: number;
  readonly text: Rgb;
  readonly background: Rgb;
}

/**
 * Lifts the few words that a message's own dark colours leave below the contrast people need. False, and nothing
 * changed, when they are many: many senders declare dark colours and bring none (APP-088).
 */
export function mendOwnDark(root: HTMLElement, body: HTMLElement, surface: Rgb): boolean {
  const runs = runsOf(root, body, surface);
  if (runs === null) return true;
  const poor = runs.filter((run) => contrast(run.text, run.background) < MIN_CONTRAST);
  const count = (of: readonly Run[]) => of.reduce((sum, { characters }) => sum + characters, 0);
  if (count(poor) > count(runs) * MAX_UNREADABLE) return false;
  lift(poor);
  return true;
}

/** Makes text visible that was written for a background picture which is not loaded: white on white, mostly. */
export function mendWithoutPictures(root: HTMLElement, body: HTMLElement): void {
  const paper = { r: 255, g: 255, b: 255, alpha: 1 };
  const runs = runsOf(root, body, paper) ?? [];
  lift(runs.filter((run) => contrast(run.text, run.background) < INVISIBLE));
}

function lift(runs: readonly Run[]): void {
  for (const { element, text, background } of runs) {
    const colour = formatRgb(readable(text, background));
    element.style.setProperty('color', colour, 'important');
    element.style.setProperty('-webkit-text-fill-color', colour, 'important');
    // The colour was found with what thins it in mind: nothing may thin it again.
    for (let thin: HTMLElement | null = element; thin !== null; thin = thin.parentElement)
      if (getComputedStyle(thin).opacity !== '1') thin.style.setProperty('opacity', '1', 'important');
  }
}

/** Where words stand on a plain colour; on a picture nobody can say. Null for more elements than the work is bounded to. */
function runsOf(root: HTMLElement, body: HTMLElement, surface: Rgb): Run[] | null {
  const elements = [root, body, ...body.querySelectorAll<HTMLElement>('*:not([data-hp-fold])')];
  if (elements.length > MAX_ELEMENTS) return null;
  const backdrop = new Backdrop(surface);
  const pictured = new Set<Element>();
  return readGrounds(elements).flatMap((ground, at) => {
    const element = elements[at] as HTMLElement;
    if (pictured.has(element.parentElement ?? element) || ground?.style.backgroundImage !== 'none')
      pictured.add(element);
    if (ground === null) return [];
    const background = backdrop.lay(element, ground.background);
    if (pictured.has(element) || !hasOwnText(element) || isUnseen(ground.style)) return [];
    const characters = (element.textContent ?? '').length;
    return [{ element, characters, text: blend(ground.text, background), background }];
  });
}

function isUnseen(style: CSSStyleDeclaration): boolean {
  const none = style.visibility !== 'visible' || style.display === 'none' || Number(style.opacity) === 0;
  return none || Number.parseFloat(style.fontSize) < MIN_SIZE;
}
