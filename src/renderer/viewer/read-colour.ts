import { parseRgb, type Rgb } from './oklch';

const known = new Map<string, Rgb | null>();
/** Messages have few colours; a hostile one shall not fill the memory. */
const MAX_KNOWN = 5000;

let pixel: OffscreenCanvasRenderingContext2D | null = null;

/**
 * A computed colour as bytes, also in the notations getComputedStyle leaves as they are (oklch, color, lab): the browser
 * paints it and we look. Null for what is no colour, such as `none` or a paint of its own.
 */
export function readColour(css: string): Rgb | null {
  const found = known.get(css);
  if (found !== undefined) return found;
  const colour = parseRgb(css) ?? paint(css);
  if (known.size < MAX_KNOWN) known.set(css, colour);
  return colour;
}

function paint(css: string): Rgb | null {
  if (!CSS.supports('color', css)) return null;
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (pixel === null) return null;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = css;
  pixel.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return { r, g, b, alpha: alpha / 255 };
}
