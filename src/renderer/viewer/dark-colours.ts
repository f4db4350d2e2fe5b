import { blend, contrast, fromOklch, type Rgb, toOklch } from './oklch';

/** Lightness range of inverted colours (UI-044): pure black and white would glare or vanish. */
const DARKEST = 0.14;
const LIGHTEST = 0.92;

/** WCAG 1.4.3; large text could do with less, telling it apart is not worth it. */
export const MIN_CONTRAST = 4.5;

const WHITE: Rgb = { r: 255, g: 255, b: 255, alpha: 1 };
const BLACK: Rgb = { r: 0, g: 0, b: 0, alpha: 1 };

/** Turns a colour for a light surface into its counterpart for a dark one: lightness inverted, hue kept. */
export function invert(colour: Rgb): Rgb {
  const { l, c, h } = toOklch(colour);
  return fromOklch({ l: DARKEST + (1 - l) * (LIGHTEST - DARKEST), c, h }, colour.alpha);
}

/**
 * A background, inverted; plain white gives way to the surface the message lies on, or becomes it where something else
 * lies `below`.
 */
export function invertBackground(colour: Rgb, surface: Rgb, below: Rgb): Rgb {
  const { l, c } = toOklch(colour);
  if (colour.alpha > 0 && (l <= 0.97 || c >= 0.02)) return invert(colour);
  const bare = below.r === surface.r && below.g === surface.g && below.b === surface.b;
  return { ...surface, alpha: bare ? 0 : colour.alpha };
}

/** A text colour, inverted, then moved in lightness until it can be read on `background` (opaque). */
export function invertText(colour: Rgb, background: Rgb): Rgb {
  const inverted = { ...invert(colour), alpha: 1 };
  return readable(blend({ ...inverted, alpha: colour.alpha }, background), background);
}

/** An opaque text colour, moved in lightness until it can be read on `background` (opaque); hue kept. */
export function readable(start: Rgb, background: Rgb): Rgb {
  if (contrast(start, background) >= MIN_CONTRAST) return start;
  const { l, c, h } = toOklch(start);
  const step = contrast(WHITE, background) > contrast(BLACK, background) ? 0.02 : -0.02;
  for (let next = l + step; next > 0 && next < 1; next += step) {
    const moved = fromOklch({ l: next, c, h }, 1);
    if (contrast(moved, background) >= MIN_CONTRAST) return moved;
  }
  return step > 0 ? WHITE : BLACK;
}
