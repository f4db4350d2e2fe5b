/** Narrower than this a shrunken message is harder to read than one that scrolls sideways. */
const LEAST_FIT = 0.6;

/**
 * Draws the body at `percent`, shrunk where a layout of fixed width would otherwise stand out of the frame by a little.
 * The user's own zoom comes on top, so that enlarging still enlarges.
 */
export function fitWidth(body: HTMLElement, percent: number): void {
  const set = (zoom: number) => body.style.setProperty('zoom', String(zoom), 'important');
  set(1);
  const needed = body.ownerDocument.documentElement.scrollWidth;
  const fit = needed > window.innerWidth ? Math.max(LEAST_FIT, window.innerWidth / needed) : 1;
  set((percent / 100) * fit);
}
