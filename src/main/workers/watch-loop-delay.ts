import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelay } from './worker-messages';

const NS_PER_MS = 1e6;
const LOOK_EVERY_MS = 5;

/** Watches how long this thread's event loop is held up; the answer covers everything since the call. */
export function watchLoopDelay(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  histogram.enable();
  // The histogram holds the time between two looks, so what was planned is taken off.
  const delay = (ns: number): number => Math.max(0, (Number.isNaN(ns) ? 0 : ns) / NS_PER_MS - LOOK_EVERY_MS);
  return () => ({
    mean: delay(histogram.mean),
    p99: delay(histogram.percentile(99)),
    max: delay(histogram.max),
  });
}
