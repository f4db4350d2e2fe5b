import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useReducer, useRef } from 'react';
import { offsetToShow, scrollScale } from './scroll-scale';

const OVERSCAN_ROWS = 6;
/**
 * The virtualiser lays out every row it is told of, anew in each list (35 ms at 500,000), so it only ever knows a stretch
 * of the list around the viewport, three steps long. In rows; more than a screen has.
 */
const STRETCH_STEP = 1_024;
const STRETCH_ROWS = 3 * STRETCH_STEP;
/** Rows are placed from a nearby origin when the scroll range is scaled: no element reaches 33 million px. */
const ORIGIN_STEP = 4_096;

/** How high the last list was, in px: the next one takes its place and has its rows in the first picture. */
let lastViewportPx = 0;

export interface RowsOnScreen {
  /** Rows to have in the document, in order, overscan included. */
  readonly indices: readonly number[];
  /** First and last row in view. */
  readonly first: number;
  readonly last: number;
  /** Height of the scrolled element in px. */
  readonly spacer: number;
  /** Index that stands at the top of the slab. */
  readonly origin: number;
  readonly slab: RefObject<HTMLDivElement | null>;
  /** Scrolls at once, never smoothly (UI-081), and only if the row is not in view. */
  show(index: number): void;
  /** Moves what is on screen by whole rows without anything seeming to move. */
  shiftBy(rows: number): void;
  scrollToTop(): void;
  /** Whole rows that fit. */
  pageRows(): number;
}

export function useRowsOnScreen(
  scroller: RefObject<HTMLDivElement | null>,
  total: number,
  rowPx: number,
): RowsOnScreen {
  const slab = useRef<HTMLDivElement>(null);
  const report = useRef<((offset: number, scrolling: boolean) => void) | null>(null);
  const viewportPx = useRef(lastViewportPx || window.innerHeight);
  const scale = scrollScale(total * rowPx, viewportPx.current);
  // `top`: the element's position when it was last asked; asking while rows are being placed would lay all of them out
  // at once, in the middle of a frame. `offset`: where in the full height the viewport stands; the element's own
  // position means less once it is scaled.
  // `stretch`: the first row the virtualiser knows of.
  const latest = useRef({ scale, rowPx, origin: 0, top: 0, offset: 0, stretch: 0 });
  latest.current = { ...latest.current, scale, rowPx };

  const placeSlab = useCallback(() => {
    const { scale: now, rowPx: height, origin, top } = latest.current;
    const place = `${top - now.toOffset(top) + origin * height}px`;
    if (slab.current && slab.current.style.top !== place) slab.current.style.top = place;
  }, []);

  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  /** Where the viewport stands in the stretch of rows that the virtualiser knows of; another one where it left that. */
  const inStretch = useCallback(() => {
    const { offset, rowPx: height, stretch } = latest.current;
    const now = Math.max(0, Math.floor(offset / height / STRETCH_STEP) - 1) * STRETCH_STEP;
    latest.current.stretch = now;
    // At the same place of another stretch the virtualiser sees no difference.
    if (now !== stretch) renderAgain();
    return offset - now * height;
  }, []);

  /** The one place that asks the element where it stands. */
  const readTop = useCallback(
    (element: HTMLElement) => {
      latest.current.top = element.scrollTop;
      latest.current.offset = latest.current.scale.toOffset(latest.current.top);
      placeSlab();
      return inStretch();
    },
    [placeSlab, inStretch],
  );

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    // Always the same number: rows beyond the total are never shown.
    count: STRETCH_ROWS,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    initialRect: { width: 0, height: viewportPx.current },
    // Told after the layout, before the picture; asked for it the element would have to be laid out twice.
    observeElementRect: (instance, tell) => {
      const element = instance.scrollElement;
      if (!element) return;
      const observer = new ResizeObserver(() =>
        tell({ width: element.clientWidth, height: element.clientHeight }),
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    // Where to scroll to is decided here.
    scrollToFn: () => {},
    observeElementOffset: (instance, tell) => {
      const element = instance.scrollElement;
      if (!element) return;
      report.current = tell;
      const moved = () => tell(readTop(element), true);
      // The last movement has told where the element rests.
      const rested = () => tell(inStretch(), false);
      element.addEventListener('scroll', moved, { passive: true });
      element.addEventListener('scrollend', rested, { passive: true });
      // A new element stands at its beginning; asked for it, it would be laid out now.
      tell(inStretch(), false);
      return () => {
        report.current = null;
        element.removeEventListener('scroll', moved);
        element.removeEventListener('scrollend', rested);
      };
    },
  });
  viewportPx.current = virtualizer.scrollRect?.height ?? viewportPx.current;
  if (virtualizer.scrollRect?.height) lastViewportPx = virtualizer.scrollRect.height;

  const scrollTo = useCallback(
    (offset: number) => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = latest.current.scale.toTop(offset);
      report.current?.(readTop(element), false);
    },
    [scroller, readTop],
  );

  const { offset, stretch } = latest.current;
  const first = Math.max(0, Math.min(total - 1, Math.floor(offset / rowPx)));
  const last = Math.max(0, Math.min(total - 1, Math.ceil((offset + viewportPx.current) / rowPx) - 1));
  const scaled = scale.spacer < total * rowPx;
  const origin = scaled ? Math.floor(first / ORIGIN_STEP) * ORIGIN_STEP : 0;
  latest.current.origin = origin;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes every measurement wrong.
  useLayoutEffect(() => {
    virtualizer.measure();
    report.current?.(inStretch(), false);
  }, [rowPx, virtualizer]);
  // Another number of rows is another scale: the rows in view stay where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height stands for the scale.
  useLayoutEffect(() => {
    if (scaled) scrollTo(latest.current.offset);
  }, [scaled, total * rowPx]);
  // Another origin moves the slab.
  useLayoutEffect(placeSlab);

  const indices = virtualizer
    .getVirtualItems()
    .map((item) => item.index + stretch)
    .filter((index) => index < total);
  return {
    indices,
    first,
    last,
    spacer: scale.spacer,
    origin,
    slab,
    show: (index) => {
      const element = scroller.current;
      if (!element) return;
      // Asking the element lays out all rows that were just put in, in the middle of a frame; of a list that has just
      // been opened the answer is known.
      if (index === 0 && latest.current.offset === 0) return;
      const target = offsetToShow(index, rowPx, scale.toOffset(element.scrollTop), element.clientHeight);
      if (target !== null) scrollTo(target);
    },
    shiftBy: (rows) => {
      scrollTo(latest.current.offset + rows * rowPx);
    },
    scrollToTop: () => scrollTo(0),
    pageRows: () => Math.max(1, Math.floor(viewportPx.current / rowPx) - 1),
  };
}
