import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelay } from './worker-messages';

const NS_PER_MS = 1e6;
const US_PER_MS = 1e3;
const LOOK_EVERY_MS = 5;

/** Watches how long this thread's event loop is held up; the answer covers everything since the call. */
export function watchLoopDelay(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  histogram.enable();
  const busiest = watchProcessorTime();
  // The histogram holds the time between two looks, so what was planned is taken off.
  const delay = (ns: number): number => Math.max(0, (Number.isNaN(ns) ? 0 : ns) / NS_PER_MS - LOOK_EVERY_MS);
  return () => ({
    mean: delay(histogram.mean),
    p99: delay(histogram.percentile(99)),
    max: delay(histogram.max),
    busiest: busiest(),
  });
}

/**
 * The most processor time this thread used between two looks at it, in milliseconds: no turn of the loop cost more. The
 * delay also counts the time in which the system ran other programs; this does not. Null where Node cannot tell (before 23.9).
 */
function watchProcessorTime(): () => number | null {
  if (typeof process.threadCpuUsage !== 'function') return () => null;
  const usedMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / US_PER_MS;
  };
  let last = usedMs();
  let most = 0;
  setInterval(() => {
    const now = usedMs();
    most = Math.max(most, now - last);
    last = now;
  }, LOOK_EVERY_MS).unref();
  return () => most;
}
