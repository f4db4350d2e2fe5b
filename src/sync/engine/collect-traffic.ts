import type { RunnerContext } from './runner-context';

/** Adds what went over the wire since the last time to the running totals (SYNC-411). */
export function collectTraffic({ connector, totals }: Pick<RunnerContext, 'connector' | 'totals'>): void {
  const traffic = connector.takeTraffic();
  totals.roundTrips += traffic.roundTrips;
  totals.bytesIn += traffic.bytesIn;
  totals.bytesOut += traffic.bytesOut;
}
