import type { Failure } from '../../shared/failure';
import type { Clock } from '../ports/clock';
import type { Totals } from './runner-context';

export interface CycleReport extends Pick<Totals, 'fetched' | 'changed' | 'removed' | 'pushed' | 'parked'> {
  readonly result: 'ok' | 'partial' | 'error' | 'cancelled';
  readonly durationMs: number;
  readonly failure: Failure | null;
}

interface Waiter {
  readonly startedAt: number;
  readonly before: Totals;
  readonly resolve: (report: CycleReport) => void;
}

export interface SyncWaiters {
  add(): Promise<CycleReport>;
  /** From now on the next result also answers those who asked before this cycle began. */
  cycleStarts(): void;
  isWaitedFor(): boolean;
  /** Somebody asked while the cycle was already under way. */
  isAskedAgain(): boolean;
  /** Answers those whose cycle this was; null = everything is here and sent. */
  finish(failure: Failure | null): void;
  finishAll(failure: Failure): void;
}

/** People and commands that asked to be told when an account has caught up. */
export function createSyncWaiters(clock: Clock, totals: Totals): SyncWaiters {
  let asked: Waiter[] = [];
  let served: Waiter[] = [];

  function report({ startedAt, before }: Waiter, failure: Failure | null): CycleReport {
    return {
      result: failure === null ? 'ok' : failure.kind === 'cancelled' ? 'cancelled' : 'error',
      failure,
      durationMs: Math.round(clock.monotonic() - startedAt),
      fetched: totals.fetched - before.fetched,
      changed: totals.changed - before.changed,
      removed: totals.removed - before.removed,
      pushed: totals.pushed - before.pushed,
      parked: totals.parked - before.parked,
    };
  }

  function finish(failure: Failure | null): void {
    const done = served;
    served = [];
    for (const waiter of done) waiter.resolve(report(waiter, failure));
  }

  function cycleStarts(): void {
    served = [...served, ...asked];
    asked = [];
  }

  return {
    add: () =>
      new Promise((resolve) => {
        asked.push({ startedAt: clock.monotonic(), before: { ...totals }, resolve });
      }),
    cycleStarts,
    isWaitedFor: () => served.length > 0,
    isAskedAgain: () => asked.length > 0,
    finish,
    finishAll: (failure) => {
      cycleStarts();
      finish(failure);
    },
  };
}
