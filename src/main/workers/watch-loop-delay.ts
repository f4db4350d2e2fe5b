import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelay } from './worker-messages';

const NS_PER_MS = 1e6;

/** Watches how long this thread's event loop is held up; the answer covers everything since the call. */
export function watchLoopDelay(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  histogram.enable();
  return () => ({
    mean: histogram.mean / NS_PER_MS,
    p99: histogram.percentile(99) / NS_PER_MS,
    max: histogram.max / NS_PER_MS,
  });
}
