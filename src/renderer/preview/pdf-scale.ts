/** Pages that are laid out; a document that claims a million of them must not make a million elements. */
export const MAX_PAGES = 500;
/** Pixels of one drawn page; beyond it the page is drawn coarser and stretched. */
const MAX_PAGE_PIXELS = 12_000_000;
/** The side of a page in PDF units (1/72 inch): larger is a mistake or an attack, A0 has 3370. */
const MAX_SIDE = 14_400;

export const ZOOM_STEPS = [50, 75, 100, 125, 150, 200, 300, 400] as const;

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** A size that can be laid out, whatever the document says. */
export function soundSize({ width, height }: PageSize): PageSize {
  const side = (value: number) => (Number.isFinite(value) ? Math.min(MAX_SIDE, Math.max(1, value)) : 1);
  return { width: side(width), height: side(height) };
}

/** Device pixels per PDF unit with which a page is drawn, bounded by its area. */
export function drawScale(page: PageSize, cssScale: number, pixelRatio: number): number {
  const wanted = cssScale * pixelRatio;
  const most = Math.sqrt(MAX_PAGE_PIXELS / (page.width * page.height));
  return Math.min(wanted, most);
}

/** The next zoom step from a percentage that may lie between two. */
export function nextZoom(percent: number, direction: 1 | -1): number {
  const steps = direction === 1 ? ZOOM_STEPS : ZOOM_STEPS.toReversed();
  return steps.find((step) => (direction === 1 ? step > percent : step < percent)) ?? steps.at(-1) ?? percent;
}
