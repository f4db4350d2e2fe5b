import type { Failure } from '../../shared/failure';
import { finishLog, startLog } from '../store/write/sync-log';
import { collectTraffic } from './collect-traffic';
import type { Trigger } from './run-cycle';
import type { RunnerContext, Totals } from './runner-context';

/** One row for the watch that began or broke (SYNC-310). */
export function logWatch(context: RunnerContext, failure: Failure | null, trigger: Trigger): void {
  const { store, accountId } = context;
  store.writeTx('server', (tx) => {
    const id = startLog(tx, { accountId, kind: 'watch', mailbox: null, trigger });
    finishLog(tx, id, { result: failure === null ? 'ok' : 'error', failure });
  });
}

/**
 * One row for a round over the queue that sent, parked or met a failure (SYNC-310); a round with nothing to send is no
 * event. `before` = the totals when it began.
 */
export function logPush(
  context: RunnerContext,
  before: Totals,
  startedAt: number,
  failure: Failure | null,
): void {
  collectTraffic(context);
  const { store, accountId, clock, totals } = context;
  const pushed = totals.pushed - before.pushed;
  const parked = totals.parked - before.parked;
  if (pushed + parked === 0 && failure === null) return;
  store.writeTx('server', (tx) => {
    const id = startLog(tx, { accountId, kind: 'push', mailbox: null, trigger: 'user', startedAt });
    finishLog(tx, id, {
      finishedAt: clock.now(),
      result: failure === null ? 'ok' : failure.kind === 'cancelled' ? 'cancelled' : 'error',
      failure,
      pushed,
      parked,
      bytesIn: totals.bytesIn - before.bytesIn,
      bytesOut: totals.bytesOut - before.bytesOut,
      roundTrips: totals.roundTrips - before.roundTrips,
    });
  });
}

/** One row for a listing of the folders outside of a cycle (SYNC-310). */
export function logList(context: RunnerContext, startedAt: number, failure: Failure | null): void {
  const { store, accountId, clock } = context;
  store.writeTx('server', (tx) => {
    const id = startLog(tx, { accountId, kind: 'list', mailbox: null, trigger: 'push', startedAt });
    finishLog(tx, id, { finishedAt: clock.now(), result: failure === null ? 'ok' : 'error', failure });
  });
}
