/** Chromium clamps elements near 33.5 million px; beyond this the scroll range is scaled (UI-090). */
export const MAX_SPACER_PX = 32_000_000;

/** How the scroll bar of a list maps to its rows; all values in px. */
export interface ScrollScale {
  /** Height of the element that is really scrolled. */
  readonly spacer: number;
  /** Where in the full height of all rows the viewport stands when the element is scrolled to `top`. */
  toOffset(top: number): number;
  toTop(offset: number): number;
}

export function scrollScale(totalPx: number, viewportPx: number): ScrollScale {
  const spacer = Math.min(totalPx, MAX_SPACER_PX);
  const ratio = spacer < totalPx ? (totalPx - viewportPx) / (spacer - viewportPx) : 1;
  return { spacer, toOffset: (top) => top * ratio, toTop: (offset) => offset / ratio };
}

/** Scroll offset that shows the whole row with the least movement, or null when it is in view already. */
export function offsetToShow(
  index: number,
  rowPx: number,
  offset: number,
  viewportPx: number,
): number | null {
  const start = index * rowPx;
  if (start < offset) return start;
  if (start + rowPx > offset + viewportPx) return start + rowPx - viewportPx;
  return null;
}
