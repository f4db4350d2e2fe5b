import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Clock } from './clock';
import type { LoopWatch } from './loop-delay';

const NS_PER_MS = 1e6;
/** Between two looks at the loop, in milliseconds; part of every sample. */
const RESOLUTION_MS = 10;
/** Nobody asked for so long: an idle program has no timers of this kind. */
const LOOKED_AWAY_MS = 10_000;

/** The event loop of the calling thread. Utilisation and turns come from the loop's own counters and cost nothing. */
export function createSystemLoopWatch(clock: Clock): LoopWatch {
  let watching: { histogram: ReturnType<typeof monitorEventLoopDelay>; cancel: () => void } | null = null;

  function lookedAway(): void {
    watching?.histogram.disable();
    watching = null;
  }

  return {
    look: () => {
      const histogram = watching?.histogram ?? monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      watching?.cancel();
      if (!watching) histogram.enable();
      const seen = watching !== null && histogram.count > 0;
      watching = { histogram, cancel: clock.after(LOOKED_AWAY_MS, lookedAway) };
      const { active, utilization } = performance.eventLoopUtilization();
      const turns = performance.nodeTiming.uvMetricsInfo.loopCount;
      const late = (ns: number): number => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS);
      return {
        busyShare: utilization,
        meanTurnMs: turns === 0 ? 0 : active / turns,
        delay: seen ? { p99Ms: late(histogram.percentile(99)), maxMs: late(histogram.max) } : null,
      };
    },
  };
}
