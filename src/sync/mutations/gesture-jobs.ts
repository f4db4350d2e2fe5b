import type { GestureId, MessageId } from '../../shared/domain';
import type { Clock } from '../ports/clock';
import type { Turns } from '../ports/turn-queue';
import { createTurns } from '../ports/turns';

/** Up to here a gesture is one transaction, and done before the call returns (SYNC-230). */
const ONE_TURN = 250;
/** Progress and cancel act at least per so many targets (SYNC-252). */
const LARGEST_CHUNK = 1_000;

/** One gesture being done: its targets as they were frozen, and what happens to some of them in one transaction. */
export interface GestureJob {
  readonly gestureId: GestureId;
  readonly messageIds: readonly MessageId[];
  /** Aborting leaves the rest of the targets as they are. */
  readonly stop: AbortController;
  /** Called with each target once; `last`: no other call follows. */
  work(messageIds: readonly MessageId[], last: boolean): void;
  /** Targets that are through, after each turn but that of a gesture which needs only one. */
  progress(done: number): void;
}

export interface GestureJobs {
  /** Resolves when every target is through or the job was stopped. Rejects only for our own bugs. */
  run(job: GestureJob): Promise<void>;
  isRunning(gestureId: GestureId): boolean;
  /** Stops after the present chunk; what is done stays. Resolves when it has stopped. */
  stop(gestureId: GestureId): Promise<void>;
  /** Resolves when nothing is running any more, at the latest after `patienceMs`: then the rest is stopped. */
  settle(patienceMs: number): Promise<void>;
}

interface Running {
  readonly job: GestureJob;
  readonly left: Set<MessageId>;
  readonly ended: Promise<void>;
}

/**
 * Does gestures in turns, so that even "archive all 20,000" never holds the thread (SYNC-395). What is asked for while
 * an earlier gesture is still going on comes after it message by message: the earlier one does these messages first.
 */
export function createGestureJobs(clock: Clock, turns: Turns): GestureJobs {
  const running: Running[] = [];

  function doSlice(running: readonly Running[], at: Running, slice: readonly MessageId[]): void {
    for (const one of running) {
      const own = slice.filter((id) => one.left.delete(id));
      if (one === at || own.length > 0) one.job.work(own, one.left.size === 0);
      if (one === at) return;
    }
  }

  async function run(job: GestureJob): Promise<void> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const one: Running = { job, left: new Set(job.messageIds), ended };
    running.push(one);
    const total = one.left.size;
    try {
      if (total <= ONE_TURN) doSlice(running, one, job.messageIds);
      else {
        // To find and freeze so many targets was a turn of its own.
        await clock.sleep(0);
        await createTurns(clock, turns, { largest: LARGEST_CHUNK })(
          job.messageIds,
          () => 'user',
          (slice) => {
            // A later gesture may have asked for all of these to be done already.
            if (slice.some((id) => one.left.has(id))) doSlice(running, one, slice);
            job.progress(total - one.left.size);
          },
          job.stop.signal,
        );
      }
    } finally {
      running.splice(running.indexOf(one), 1);
      end();
    }
  }

  async function stop(gestureId: GestureId): Promise<void> {
    const found = running.find(({ job }) => job.gestureId === gestureId);
    found?.job.stop.abort();
    await found?.ended;
  }

  return {
    run,
    isRunning: (gestureId) => running.some(({ job }) => job.gestureId === gestureId),
    stop,
    settle: async (patienceMs) => {
      const all = Promise.all(running.map(({ ended }) => ended));
      const patience = new AbortController();
      await Promise.race([all, clock.sleep(patienceMs, patience.signal)]);
      patience.abort();
      for (const { job } of running) job.stop.abort();
      await all;
    },
  };
}
