import type { Rendering } from '../../shared/viewer/protocol';
import { invert, invertBackground, invertText } from './dark-colours';
import { blend, formatRgb, parseRgb, type Rgb } from './oklch';

/** Bounds of "simple mail" (UI-044); the last one bounds the work as well. */
const MAX_BACKGROUNDS = 3;
const MAX_TABLES = 1;
const MAX_ELEMENTS = 4000;

const BORDER_SIDES = ['top', 'right', 'bottom', 'left'] as const;

interface Colours {
  readonly element: HTMLElement;
  readonly text: Rgb;
  readonly background: Rgb;
  /** Only sides that are drawn. */
  readonly borders: readonly (readonly [side: string, colour: Rgb])[];
}

/**
 * Recolours the message in `body` for a dark surface, or answers that it is too complex for that. Reads the computed
 * light colours of every element first and writes afterwards, so that the layout is computed once.
 */
export function recolour(body: HTMLElement, surface: Rgb, force: boolean): Rendering {
  const elements = [body, ...body.querySelectorAll<HTMLElement>('*:not([data-hp-fold])')];
  if (elements.length > MAX_ELEMENTS) return 'card';
  const colours = elements.map(coloursOf);
  if (!isComplete(colours) || (!force && !isSimple(body, colours))) return 'card';
  const under = new Map<Element, Rgb>();
  for (const { element, text, background, borders } of colours) {
    const below = under.get(element.parentElement ?? element) ?? surface;
    const dark = invertBackground(background, surface);
    const effective = blend(dark, below);
    under.set(element, effective);
    const set = (property: string, colour: Rgb) =>
      element.style.setProperty(property, formatRgb(colour), 'important');
    if (background.alpha > 0) set('background-color', dark);
    set('color', invertText(text, effective));
    for (const [side, colour] of borders) set(`border-${side}-color`, invert(colour));
  }
  return 'recoloured';
}

/** Null when a colour is in a notation we do not read, or a background is a picture. */
function coloursOf(element: HTMLElement): Colours | null {
  const style = getComputedStyle(element);
  const text = parseRgb(style.color);
  const background = parseRgb(style.backgroundColor);
  if (text === null || background === null || style.backgroundImage !== 'none') return null;
  const borders = BORDER_SIDES.filter((side) => style.getPropertyValue(`border-${side}-style`) !== 'none')
    .map((side) => [side, parseRgb(style.getPropertyValue(`border-${side}-color`))] as const)
    .filter((entry): entry is readonly ['top' | 'right' | 'bottom' | 'left', Rgb] => entry[1] !== null);
  return { element, text, background, borders };
}

function isComplete(colours: readonly (Colours | null)[]): colours is readonly Colours[] {
  return colours.every((entry) => entry !== null);
}

function isSimple(body: HTMLElement, colours: readonly Colours[]): boolean {
  const backgrounds = new Set(
    colours.filter(({ background }) => background.alpha > 0).map(({ background }) => formatRgb(background)),
  );
  return backgrounds.size <= MAX_BACKGROUNDS && body.querySelectorAll('table').length <= MAX_TABLES;
}
