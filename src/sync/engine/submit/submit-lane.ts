import type { OutboxState } from '../../../shared/contract/compose-views';
import type { OutboxId } from '../../../shared/domain';
import { DiskFull } from '../../store/disk-space';
import { getOutbox, type OutboxRow, outboxOf, outboxToCheck } from '../../store/read/outbox';
import { submissionFacts } from '../../store/read/submission';
import { forgetOfflineWaits, releaseAttempts } from '../../store/write/outbox-clock';
import { createWake } from '../wake';
import { checkDoubles, concludeSubmission, lookForCopy } from './file-copy';
import { lookForSent } from './look-for-sent';
import { nextStep, type Step } from './next-step';
import type { SubmitContext } from './submit-context';
import { askLimits, submitOne } from './submit-one';

/** A mistake of ours with one message must not turn the lane into a hot loop. */
const AFTER_BUG_MS = 60_000;

export interface SubmitLane {
  /** Something in the outbox changed. */
  wake(): void;
  /** A person asks, or the network is back: what waits because of the link is tried at once. */
  retryNow(): void;
  /**
   * Stops handing over this message, where its last byte is still here; it is not tried again before the answer is called.
   */
  holdBack(id: OutboxId): Promise<() => void>;
  /** In words (SYNC-404). */
  inspect(): LaneInspection;
  stop(): Promise<void>;
}

export interface LaneInspection {
  readonly step: Step['do'];
  readonly queued: number;
  readonly unknown: number;
  readonly filing: number;
  readonly nextAttemptInMs: number | null;
}

/** Hands over what one account sends, one message at a time, beside its loops that pull and push (SYNC-289). */
export function createSubmitLane(context: SubmitContext): SubmitLane {
  const { store, clock, accountId, submitter, logger } = context;
  const stopping = new AbortController();
  const { signal } = stopping;
  const wake = createWake();
  let doing: Step['do'] = 'wait';
  let until: number | null = null;

  let attempt: {
    readonly id: OutboxId;
    readonly stop: AbortController;
    readonly ended: Promise<void>;
  } | null = null;
  /** A person decides what becomes of them. */
  const heldBack = new Set<OutboxId>();

  const of = (state: OutboxState) => outboxOf(store.read, accountId, state);

  function look(): Step {
    return nextStep(
      {
        queued: of('queued').filter(({ id }) => !heldBack.has(id)),
        unknown: of('unknown'),
        accepted: of('accepted'),
        filing: of('filing'),
        filed: outboxToCheck(store.read, accountId),
      },
      clock.now(),
    );
  }

  async function run(): Promise<void> {
    let asked = submissionFacts(store.read, accountId, context.host).maxBytes !== null;
    while (!signal.aborted) {
      try {
        if (!asked) await askLimits(context, signal);
        asked = true;
        const step = look();
        doing = step.do;
        if (step.do === 'wait') await rest(step.until);
        else await carryOut(step);
      } catch (error) {
        await recover(error);
      }
    }
  }

  async function rest(at: number | null): Promise<void> {
    until = at;
    const cancel = at === null ? undefined : clock.after(Math.max(0, at - clock.now()), () => wake.set());
    await wake.wait(signal);
    cancel?.();
  }

  /** A full disk, or a mistake of ours: what was under way is judged by its last mark, and the lane goes on. */
  async function recover(error: unknown): Promise<void> {
    if (!(error instanceof DiskFull)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      logger.error('engine.bug', { work: 'submit', accountId, error: text });
    }
    await clock.sleep(AFTER_BUG_MS, signal);
    if (signal.aborted) return;
    try {
      store.writeTx('server', (tx) => releaseAttempts(tx, accountId));
    } catch {
      // Still no room: the next round tries again, and until then nothing is sent twice.
    }
  }

  async function handOver(entry: OutboxRow): Promise<void> {
    const stop = new AbortController();
    const ended = submitOne(context, entry, AbortSignal.any([signal, stop.signal]));
    attempt = { id: entry.id, stop, ended };
    try {
      await ended;
    } finally {
      attempt = null;
    }
  }

  /** After the last byte it can only be waited for. */
  function isLeaving(id: OutboxId): boolean {
    return getOutbox(store.read, id)?.stage === 'terminator-handed-over';
  }

  function carryOut(step: Exclude<Step, { do: 'wait' }>): Promise<void> {
    switch (step.do) {
      case 'submit':
        return handOver(step.entry);
      case 'look':
        return lookForSent(context, step.entry, signal);
      case 'conclude':
        return concludeSubmission(context, step.entry);
      case 'file':
        return lookForCopy(context, step.entry, signal);
      case 'check':
        return checkDoubles(context, step.entry, signal);
    }
  }

  const running = run();

  return {
    wake: () => wake.set(),
    retryNow: () => {
      store.writeTx('user', (tx) => forgetOfflineWaits(tx, accountId));
      wake.set();
    },
    holdBack: async (id) => {
      heldBack.add(id);
      if (attempt?.id === id && !isLeaving(id)) {
        attempt.stop.abort();
        await attempt.ended.catch(() => undefined);
      }
      return () => {
        heldBack.delete(id);
        wake.set();
      };
    },
    inspect: () => ({
      step: doing,
      queued: of('queued').length + of('submitting').length,
      unknown: of('unknown').length,
      filing: of('filing').length,
      nextAttemptInMs: doing === 'wait' && until !== null ? Math.max(0, until - clock.now()) : null,
    }),
    stop: async () => {
      stopping.abort();
      await Promise.allSettled([submitter.close(), running]);
    },
  };
}
