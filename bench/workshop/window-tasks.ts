import type { Browser, Page } from '@playwright/test';
import { percentile } from '../statistics';

/** How the main thread of a page was held up by its tasks, in milliseconds. */
export interface WindowTasks {
  /** The most processor time one task took. */
  readonly busiest: number;
  /** On the clock: what other programs were given meanwhile counts too. */
  readonly p99: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the clock, and of processor time where the system tells it. */
  readonly dur?: number;
  readonly tdur?: number;
}

const TASK = 'ThreadControllerImpl::RunTask';
const MARK = 'here is the window';
const US_PER_MS = 1_000;
const READ_BYTES = 4 * 1024 * 1024;

/** Notes every task of the page's main thread from now on. The answer ends it. */
export async function watchTasks(browser: Browser, page: Page): Promise<() => Promise<WindowTasks>> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: ['toplevel', 'blink.user_timing'],
      excludedCategories: ['*'],
    },
  });
  // Tells which of the browser's threads it is.
  await page.evaluate((mark) => void performance.mark(mark), MARK);
  return async () => {
    const ended = new Promise<{ stream?: string }>((resolve) =>
      session.once('Tracing.tracingComplete', resolve),
    );
    await session.send('Tracing.end');
    const { stream = '' } = await ended;
    let here: TraceEvent | undefined;
    const tasks: TraceEvent[] = [];
    let rest = '';
    for (let eof = false; !eof; ) {
      const chunk = await session.send('IO.read', { handle: stream, size: READ_BYTES });
      eof = chunk.eof;
      const lines = (rest + chunk.data).split('\n');
      rest = eof ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        const event = readEvent(line);
        if (event?.name === MARK) here ??= event;
        else if (event?.name === TASK && event.ph === 'X') tasks.push(event);
      }
    }
    await session.detach();
    const own = tasks.filter(({ pid, tid }) => pid === here?.pid && tid === here.tid);
    if (own.length === 0) throw new Error('the browser told nothing of its tasks');
    return {
      // The browser now and then tells of more processor time than has passed.
      busiest:
        own.reduce((most, { dur = 0, tdur = 0 }) => Math.max(most, Math.min(dur, tdur)), 0) / US_PER_MS,
      p99: percentile(
        own.map(({ dur = 0 }) => dur / US_PER_MS),
        0.99,
      ),
    };
  };
}

/** One event a line; null for the lines around them. */
function readEvent(line: string): TraceEvent | null {
  if (!line.includes(TASK) && !line.includes(MARK)) return null;
  try {
    return JSON.parse(line.replace(/,$/, '')) as TraceEvent;
  } catch {
    return null;
  }
}

/** Milliseconds of processor time the main thread of the page has used for its tasks so far. */
export async function processorTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
}
