import type { Rendering } from '../../shared/viewer/protocol';
import { invert, invertBackground, invertText } from './dark-colours';
import { Backdrop, type Ground, readGrounds } from './ground';
import { formatRgb, type Rgb } from './oklch';
import { readColour } from './read-colour';

/** Bounds of "simple mail" (UI-044); the last one bounds the work as well. */
const MAX_BACKGROUNDS = 3;
const MAX_TABLES = 1;
export const MAX_ELEMENTS = 4000;

/** On the root while the message is recoloured, for what no style attribute reaches. */
export const RECOLOURED_ATTRIBUTE = 'data-hp-recoloured';

const BORDER_SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** What is drawn besides colours and would no longer fit to them, with the value that draws nothing. */
const EFFECTS = {
  'text-shadow': 'none',
  'box-shadow': 'none',
  filter: 'none',
  'backdrop-filter': 'none',
  'mix-blend-mode': 'normal',
  'background-blend-mode': 'normal',
} as const;
/** Those of them by which a message stops being simple; a shadow does not. */
const COMPLEX_EFFECTS = ['filter', 'backdrop-filter', 'mix-blend-mode'] as const;

/**
 * Recolours the message in `body`, whose document is `root`, for a dark surface, or answers that it is too complex for
 * that. Reads the computed light colours of every element first and writes afterwards, so that the layout is computed
 * once. Forced, a message loses its background pictures and effects, because nobody can say what its text stands on.
 */
export function recolour(root: HTMLElement, body: HTMLElement, surface: Rgb, force: boolean): Rendering {
  const elements = [root, body, ...body.querySelectorAll<HTMLElement>('*:not([data-hp-fold])')];
  if (elements.length > MAX_ELEMENTS) return 'card';
  const grounds = readGrounds(elements);
  if (!isComplete(grounds) || (!force && !isSimple(root, body, grounds))) return 'card';
  // Everything is read before anything is written: one layout instead of one per element.
  const plans = grounds.map(planOf);
  const backdrop = new Backdrop(surface);
  for (const { ground, background, borders, resets } of plans) {
    const { element, text } = ground;
    const dark = invertBackground(background, surface, backdrop.below(element));
    const effective = backdrop.lay(element, dark);
    const set = (property: string, value: string) => element.style.setProperty(property, value, 'important');
    for (const [property, value] of resets) set(property, value);
    if (element === root) set('background-color', formatRgb(effective));
    else if (background.alpha > 0) set('background-color', formatRgb(dark));
    set('color', formatRgb(invertText(text, effective)));
    for (const [side, colour] of borders) set(`border-${side}-color`, formatRgb(invert(colour)));
  }
  root.setAttribute(RECOLOURED_ATTRIBUTE, '');
  return 'recoloured';
}

/** Takes back what `recolour` does to the root, the one element that outlives a message. */
export function forgetColours(root: HTMLElement): void {
  root.removeAttribute(RECOLOURED_ATTRIBUTE);
  for (const property of [...root.style]) if (!property.startsWith('--')) root.style.removeProperty(property);
}

interface Plan {
  readonly ground: Ground;
  readonly background: Rgb;
  /** Only sides that are drawn. */
  readonly borders: readonly (readonly [side: string, colour: Rgb])[];
  readonly resets: readonly (readonly [property: string, value: string])[];
}

function planOf(ground: Ground): Plan {
  const { style, element, opacity } = ground;
  const borders = BORDER_SIDES.filter((side) => style.getPropertyValue(`border-${side}-style`) !== 'none')
    .map((side) => [side, readColour(style.getPropertyValue(`border-${side}-color`))] as const)
    .filter((entry): entry is readonly ['top' | 'right' | 'bottom' | 'left', Rgb] => entry[1] !== null);
  const resets: [string, string][] = Object.entries(EFFECTS).filter(
    ([property, value]) => style.getPropertyValue(property) !== value,
  );
  if (style.getPropertyValue('-webkit-text-fill-color') !== style.color)
    resets.push(['-webkit-text-fill-color', 'currentcolor']);
  // What is thinned is in the colours now; pictures alone stay as they are.
  if (opacity < 1 && (element.textContent ?? '').trim() !== '') resets.push(['opacity', '1']);
  if (style.getPropertyValue('background-clip').includes('text'))
    resets.push(['background-clip', 'border-box']);
  let { background } = ground;
  if (style.backgroundImage !== 'none') {
    resets.push(['background-image', 'none']);
    if (background.alpha === 0) background = meanOfGradient(style.backgroundImage) ?? background;
  }
  return { ground, background, borders, resets };
}

/** A gradient's stops as one colour; null for a picture. */
function meanOfGradient(image: string): Rgb | null {
  if (!image.includes('gradient(')) return null;
  const stops = [...image.matchAll(/rgba?\([^)]*\)/g)].flatMap(([css]) => readColour(css) ?? []);
  if (stops.length === 0) return null;
  const mean = (pick: (colour: Rgb) => number) =>
    Math.round(stops.reduce((sum, colour) => sum + pick(colour), 0) / stops.length);
  return { r: mean(({ r }) => r), g: mean(({ g }) => g), b: mean(({ b }) => b), alpha: 1 };
}

function isComplete(grounds: readonly (Ground | null)[]): grounds is readonly Ground[] {
  return grounds.every((entry) => entry !== null);
}

function isSimple(root: HTMLElement, body: HTMLElement, grounds: readonly Ground[]): boolean {
  // The page is white already where the message says nothing of it.
  const backgrounds = new Set(
    grounds
      .filter(({ element, background }) => element !== root && background.alpha > 0)
      .map(({ background }) => formatRgb(background)),
  );
  if (backgrounds.size > MAX_BACKGROUNDS || body.querySelectorAll('table').length > MAX_TABLES) return false;
  return grounds.every(
    ({ style }) =>
      style.backgroundImage === 'none' &&
      // Laid over something else, its text does not stand on what it stands in.
      style.position !== 'absolute' &&
      COMPLEX_EFFECTS.every((property) => style.getPropertyValue(property) === EFFECTS[property]),
  );
}
