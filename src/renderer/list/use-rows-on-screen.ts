import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { offsetToShow, scrollScale } from './scroll-scale';

const OVERSCAN_ROWS = 6;
/**
 * The virtualiser lays all rows out again when their number changes (35 ms at 500,000), so it is told a number that
 * changes rarely: the total rounded up. Rows beyond the total are never asked of it.
 */
const COUNT_STEP = 8_192;
/** Rows are placed from a nearby origin when the scroll range is scaled: no element reaches 33 million px. */
const ORIGIN_STEP = 4_096;

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
  const viewportPx = useRef(0);
  const scale = scrollScale(total * rowPx, viewportPx.current);
  // `top`: the element's position when it was last asked; asking while rows are being placed would lay all of them out
  // at once, in the middle of a frame. `offset`: where in the full height the viewport stands; the element's own
  // position means less once it is scaled.
  const latest = useRef({ scale, rowPx, origin: 0, top: 0, offset: 0 });
  latest.current = { ...latest.current, scale, rowPx };

  const placeSlab = useCallback(() => {
    const { scale: now, rowPx: height, origin, top } = latest.current;
    const place = `${top - now.toOffset(top) + origin * height}px`;
    if (slab.current && slab.current.style.top !== place) slab.current.style.top = place;
  }, []);

  /** The one place that asks the element where it stands. */
  const readTop = useCallback(
    (element: HTMLElement) => {
      latest.current.top = element.scrollTop;
      latest.current.offset = latest.current.scale.toOffset(latest.current.top);
      placeSlab();
      return latest.current.offset;
    },
    [placeSlab],
  );

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: Math.ceil(total / COUNT_STEP) * COUNT_STEP,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    observeElementOffset: (instance, tell) => {
      const element = instance.scrollElement;
      if (!element) return;
      report.current = tell;
      const moved = () => tell(readTop(element), true);
      // The last movement has told where the element rests.
      const rested = () => tell(latest.current.offset, false);
      element.addEventListener('scroll', moved, { passive: true });
      element.addEventListener('scrollend', rested, { passive: true });
      tell(readTop(element), false);
      return () => {
        report.current = null;
        element.removeEventListener('scroll', moved);
        element.removeEventListener('scrollend', rested);
      };
    },
  });
  viewportPx.current = virtualizer.scrollRect?.height ?? 0;

  const scrollTo = useCallback(
    (offset: number) => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = latest.current.scale.toTop(offset);
      report.current?.(readTop(element), false);
    },
    [scroller, readTop],
  );

  const offset = virtualizer.scrollOffset ?? 0;
  const first = Math.max(0, Math.min(total - 1, Math.floor(offset / rowPx)));
  const last = Math.max(0, Math.min(total - 1, Math.ceil((offset + viewportPx.current) / rowPx) - 1));
  const scaled = scale.spacer < total * rowPx;
  const origin = scaled ? Math.floor(first / ORIGIN_STEP) * ORIGIN_STEP : 0;
  latest.current.origin = origin;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes every measurement wrong.
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);
  // Another number of rows is another scale: the rows in view stay where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height stands for the scale.
  useLayoutEffect(() => {
    if (scaled) scrollTo(latest.current.offset);
  }, [scaled, total * rowPx]);
  // Another origin moves the slab.
  useLayoutEffect(placeSlab);

  const indices = virtualizer
    .getVirtualItems()
    .map((item) => item.index)
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
