import type { Page } from '@playwright/test';
/** One scroll through a list or a page, as the browser itself saw it. All times in ms. */
export interface Scrolled {
  /** From each frame to the next. */
  readonly frames: readonly number[];
  /**
   * Processor time of the page's main thread in its longest task. What other programs take from this one is not in it,
   * so that it says the same of us on a busy machine.
   */
  readonly longestTask: number;
  /** Processor time of the page's main thread per frame, everything included: script, style, layout, paint. */
  readonly workPerFrame: number;
  /** Most rows in the document at any frame. */
  readonly rows: number;
}
export interface ScrollOptions {
  /** How far in each frame. */
  readonly pixels: number;
  readonly forMs: number;
  /** How long the page shall do nothing useful in each frame. */
  readonly busyMs?: number;
}
/**
 * Scrolls what `scroller` finds by `pixels` in every frame for `forMs` and watches. The page's process is traced
 * meanwhile, with as little as possible, because tracing itself costs.
 */
export declare function scrollThrough(
  page: Page,
  scroller: string,
  { pixels, forMs, busyMs }: ScrollOptions,
): Promise<Scrolled>;
/** Fills the page with a list of plain text rows and no script: the least a list can cost. Answers its selector. */
export declare function showPlainList(page: Page, rows: number): Promise<string>;
/** The value below which `share` (0 to 1) of the samples lie. */
export declare function percentile(samples: readonly number[], share: number): number;
