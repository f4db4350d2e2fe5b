import { contrast, type Rgb } from './oklch';

/** Looked at in this size: enough to tell a dark sign on nothing from a photograph. In pixels. */
const LOOK = 24;
/** A picture that shows less of what lies behind it needs no plate. Shares of its area. */
const MIN_CLEAR = 0.15;
/** WCAG 1.4.11: what a graphical object needs against what lies behind it. */
const MIN_CONTRAST = 3;

const PLATE = 'rgb(255 255 255)';

/**
 * Puts a light plate behind dark signs on a transparent ground, which a dark surface would swallow; the pictures
 * themselves stay untouched (UI-044). Works on pictures of the message; others may not be looked at.
 */
export function layPlates(body: HTMLElement, surface: Rgb): void {
  for (const image of body.querySelectorAll('img')) {
    const look = () => {
      if (isSwallowed(image, surface)) image.style.setProperty('background-color', PLATE, 'important');
    };
    if (image.complete) look();
    image.addEventListener('load', look, { once: true });
  }
}

function isSwallowed(image: HTMLImageElement, surface: Rgb): boolean {
  if (image.naturalWidth === 0) return false;
  const context = new OffscreenCanvas(LOOK, LOOK).getContext('2d', { willReadFrequently: true });
  if (context === null) return false;
  context.drawImage(image, 0, 0, LOOK, LOOK);
  let data: Uint8ClampedArray;
  try {
    ({ data } = context.getImageData(0, 0, LOOK, LOOK));
  } catch {
    // From the network: the browser keeps its pixels from us.
    return false;
  }
  const sum = { r: 0, g: 0, b: 0, alpha: 0 };
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255;
    sum.r += (data[at] ?? 0) * alpha;
    sum.g += (data[at + 1] ?? 0) * alpha;
    sum.b += (data[at + 2] ?? 0) * alpha;
    sum.alpha += alpha;
  }
  if (sum.alpha < 1 || sum.alpha > LOOK * LOOK * (1 - MIN_CLEAR)) return false;
  const mean = { r: sum.r / sum.alpha, g: sum.g / sum.alpha, b: sum.b / sum.alpha, alpha: 1 };
  return contrast(mean, surface) < MIN_CONTRAST;
}
