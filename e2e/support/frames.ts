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

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
}

const MARK = 'homeport-scrolls';

/**
 * Scrolls what `scroller` finds by `pixels` in every frame for `forMs` and watches. The page's process is traced
 * meanwhile, with as little as possible, because tracing itself costs.
 */
export async function scrollThrough(
  page: Page,
  scroller: string,
  { pixels, forMs, busyMs = 0 }: ScrollOptions,
): Promise<Scrolled> {
  const browser = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  browser.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  });
  const { frames, rows } = await page.evaluate(
    async ({ selector, step, duration, mark, spin }) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`${selector} is not there`);
      performance.mark(mark);
      const seen: number[] = [];
      let most = 0;
      let last = performance.now();
      const until = last + duration;
      while (last < until) {
        element.scrollTop += step;
        for (const end = performance.now() + spin; performance.now() < end; );
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        seen.push(now - last);
        last = now;
        most = Math.max(most, element.querySelectorAll('[role="row"]').length);
      }
      return { frames: seen.slice(1), rows: most };
    },
    { selector: scroller, step: pixels, duration: forMs, mark: MARK, spin: busyMs },
  );
  const complete = new Promise((resolve) => browser.once('Tracing.tracingComplete', resolve));
  await browser.send('Tracing.end');
  await complete;
  await browser.detach();
  const main = events.find(({ name }) => name === MARK);
  if (!main) throw new Error('the trace lacks the page');
  const tasks = events
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && pid === main.pid && tid === main.tid)
    .map(({ tdur }) => (tdur ?? 0) / 1000);
  if (tasks.length < frames.length) throw new Error(`the trace has ${tasks.length} tasks of the page`);
  return {
    frames,
    rows,
    longestTask: Math.max(...tasks),
    workPerFrame: tasks.reduce((sum, ms) => sum + ms, 0) / frames.length,
  };
}

/** Fills the page with a list of plain text rows and no script: the least a list can cost. Answers its selector. */
export async function showPlainList(page: Page, rows: number): Promise<string> {
  const row = (at: number) =>
    `<div><b>Ann Baker ${at}</b><br>Subject of letter ${at} - what is in it, in some words</div>`;
  await page.setContent(`<!doctype html><style>
    body { margin: 0; font: 14px/20px system-ui }
    #plain { block-size: 800px; inline-size: 480px; overflow-y: auto }
    #plain div { block-size: 48px; contain: strict; border-block-end: 1px solid #ddd }
  </style><div id="plain">${Array.from({ length: rows }, (_, at) => row(at)).join('')}</div>`);
  return '#plain';
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
