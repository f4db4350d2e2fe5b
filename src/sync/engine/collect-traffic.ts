import type { RunnerContext } from './runner-context';
import { showAlerts } from './show-alerts';

/** Adds what went over the wire since the last time to the running totals (SYNC-411). */
export function collectTraffic(context: RunnerContext): void {
  const { connector, totals } = context;
  const traffic = connector.takeTraffic();
  totals.roundTrips += traffic.roundTrips;
  totals.bytesIn += traffic.bytesIn;
  totals.bytesOut += traffic.bytesOut;
  showAlerts(context);
}
