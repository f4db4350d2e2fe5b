import type { Failure } from '../../shared/failure';
import type { MailboxStatus, ObservationBatch } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { PullPlan, ServerCapabilities } from '../connectors/contract';
import type { Work } from '../ports/turn-queue';
import type { InTurns } from '../ports/turns';
import { getCheckpoint } from '../store/read/checkpoints';
import { getMailbox, type MailboxRow } from '../store/read/mailboxes';
import { countPlacements } from '../store/read/placements';
import { confirmRemoval } from './confirm-removal';
import { logBadMessage } from './log-bad-message';
import { planPull } from './plan-pull';
import { readKnownUids } from './read-known-uids';
import type { RunnerContext } from './runner-context';
import { storeBatch } from './store-batch';

/** First screenful of a mailbox: enough for any window, small enough to be there at once (SYNC-051). */
const FIRST_WINDOW = 100;

export interface PullOptions {
  readonly capabilities: ServerCapabilities;
  readonly inTurns: InTurns;
  readonly signal: AbortSignal;
  /** Asked between two batches; true ends the pull early. What was stored stays, the checkpoint knows how to go on. */
  shouldYield(): boolean;
  /** Asked between two batches; resolves when nobody waits for the server any more. */
  giveWay(): Promise<void>;
  /** 'changes' = changes and the first screenful only; 'backfill' = old headers too. */
  readonly extent: 'changes' | 'backfill' | 'audit';
}

export type PullResult = 'up-to-date' | 'more-to-do';

/**
 * Brings one mailbox up to date: plan, pull, store (architecture walk 1). The listing that began the cycle plans the
 * changes; for old mail only the checkpoint counts, because by then the listing is older than what was stored.
 */
export async function pullMailbox(
  context: RunnerContext,
  mailbox: MailboxRow,
  options: PullOptions,
): Promise<Outcome<PullResult>> {
  const { status } = mailbox;
  if (!mailbox.selectable || !status || mailbox.remoteKey === '' || mailbox.policy === 'off')
    return ok('up-to-date');
  await context.store.turns.next(urgencyOf(context, mailbox, options));
  const plan =
    options.extent === 'changes'
      ? planChanges(context, mailbox, status, options)
      : planOldMail(context, mailbox);
  if (plan.kind !== 'nothing') {
    const pulled = await runPlan(context, mailbox, plan, options);
    if (!pulled.ok) return pulled;
  }
  return ok(isIncomplete(context, mailbox) ? 'more-to-do' : 'up-to-date');
}

function planChanges(
  context: RunnerContext,
  mailbox: MailboxRow,
  status: MailboxStatus,
  options: PullOptions,
): PullPlan {
  const plan = planPull({
    checkpoint: getCheckpoint(context.store.read, mailbox.id),
    status,
    capabilities: options.capabilities,
    policy: mailbox.policy,
    knownCount: countPlacements(context.store.read, mailbox.id),
  });
  return plan.kind === 'backfill' ? { kind: 'nothing' } : plan;
}

function planOldMail(context: RunnerContext, mailbox: MailboxRow): PullPlan {
  return { kind: isIncomplete(context, mailbox) ? 'backfill' : 'nothing' };
}

function isIncomplete(context: RunnerContext, mailbox: MailboxRow): boolean {
  return getCheckpoint(context.store.read, mailbox.id)?.backfillComplete === false;
}

/** Carries out one plan: every batch the connector yields is stored before the next one is asked for. */
export async function runPlan(
  context: RunnerContext,
  mailbox: MailboxRow,
  plan: Exclude<PullPlan, { kind: 'nothing' }>,
  options: PullOptions,
): Promise<Outcome<null>> {
  const progress = { accountId: context.accountId, mailboxId: mailbox.id, kind: 'headers' } as const;
  let failure: Failure | null = null;
  let window = {};
  const urgency = () => urgencyOf(context, mailbox, options);
  const knownUids = await readKnownUids(context.store, mailbox.id, urgency());
  const batches = context.connector.pull(
    {
      remoteKey: mailbox.remoteKey,
      plan,
      checkpoint: getCheckpoint(context.store.read, mailbox.id),
      knownUids,
      firstWindow: FIRST_WINDOW,
      status: mailbox.status,
      shouldYield: options.shouldYield,
    },
    options.signal,
  );
  try {
    for await (const batch of batches) {
      if (!batch.ok) {
        failure = batch.failure;
        break;
      }
      const confirmed = batch.value.more
        ? batch
        : await confirmRemoval(context, mailbox, batch.value, knownUids, urgency, options.signal);
      if (!confirmed.ok) {
        failure = confirmed.failure;
        break;
      }
      await storeBatch(context, mailbox, confirmed.value, window, options.inTurns, urgency);
      logPoison(context, mailbox, batch.value);
      if (options.signal.aborted || mustStop(plan, batch.value, options)) break;
      if (batch.value.more) continue;
      window = {};
      reportProgress(context, progress, batch.value);
      if (options.extent !== 'changes') await options.giveWay();
    }
  } finally {
    context.activities.end(progress);
  }
  if (failure) return fail(failure);
  return options.signal.aborted ? fail({ kind: 'cancelled', message: 'Stopped.' }) : ok(null);
}

/** What broke the link has its row; why there is nothing in it stands in the log. */
function logPoison(context: RunnerContext, { path }: MailboxRow, { poison = [] }: ObservationBatch): void {
  for (const { uid, failure } of poison) {
    context.logger.warn('headers-failed', { accountId: context.accountId, uid, kind: failure.kind });
    context.store.writeTx('server', (tx) => logBadMessage(context, tx, path, failure));
  }
}

/** Asked for every turn: what the account has to finish before it can look at new mail is as urgent as new mail. */
function urgencyOf(context: RunnerContext, mailbox: MailboxRow, options: PullOptions): Work {
  if (mailbox.id === context.lookedAt()) return 'visible';
  if (options.extent === 'changes' || options.shouldYield()) return 'new-mail';
  return options.extent;
}

/** Whether to leave the rest for later: after the first screenful, or when something more urgent waits. */
function mustStop(plan: PullPlan, batch: ObservationBatch, options: PullOptions): boolean {
  if (plan.kind === 'initial' && options.extent === 'changes') return !batch.more;
  return (
    (plan.kind === 'initial' || plan.kind === 'backfill') &&
    !batch.checkpoint.backfillComplete &&
    options.shouldYield()
  );
}

function reportProgress(
  context: RunnerContext,
  key: { accountId: RunnerContext['accountId']; mailboxId: MailboxRow['id']; kind: 'headers' },
  batch: ObservationBatch,
): void {
  if (batch.checkpoint.backfillComplete) return;
  const stored = getMailbox(context.store.read, key.mailboxId)?.storedCount ?? 0;
  context.activities.update(key, stored, batch.serverTotal);
}
