import type { SyncLogView } from '../../shared/contract/views';
import type { MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ServerCapabilities } from '../connectors/contract';
import type { InTurns } from '../ports/turns';
import { DiskFull } from '../store/disk-space';
import { accountCheckpointDigest } from '../store/read/checkpoints';
import { getMailbox, listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import { nextDueAt } from '../store/read/pending';
import { setMailboxSynced } from '../store/write/accounts';
import { sweepOrphans } from '../store/write/orphans';
import { finishLog, startLog } from '../store/write/sync-log';
import { auditAccount, isAuditDue } from './audit-account';
import { collectTraffic } from './collect-traffic';
import { fetchMissingBodies } from './fetch-missing-bodies';
import type { HoldOff } from './hold-off';
import { orderMailboxes } from './mailbox-order';
import { concernsOneMailbox } from './one-mailbox';
import { type PullOptions, type PullResult, pullMailbox } from './pull-mailbox';
import { refreshMailboxes } from './refresh-mailboxes';
import { refreshQuota } from './refresh-quota';
import type { RunnerContext, Totals } from './runner-context';

export type Trigger = SyncLogView['trigger'];

export interface CycleOptions {
  readonly trigger: Trigger;
  /** Somebody asked for this mailbox: it comes before all others. */
  readonly first: MailboxId | null;
  readonly inTurns: InTurns;
  readonly signal: AbortSignal;
  /** Mailboxes that failed by themselves; lives as long as the account runs. */
  readonly holdOff: HoldOff;
  /** Something more urgent than old mail and bodies waits (SYNC-057). */
  shouldYield(): boolean;
  /** Resolves when nobody waits for the server any more: asked before every window of old mail and group of bodies. */
  giveWay(): Promise<void>;
  /** The server let us in. */
  onLogin(): void;
  /**
   * Every mailbox's changes and first screenful are stored: the account is usable and its facts are fresh. Old mail and
   * bodies wait for what this resolves.
   */
  onFactsFresh(): Promise<void>;
}

/**
 * One round over an account: list all mailboxes, pull what changed, then old headers, then bodies. Answers whether
 * everything is here; a round that yields leaves the rest to the next one.
 */
export async function runCycle(
  context: RunnerContext,
  options: CycleOptions,
): Promise<Outcome<{ readonly complete: boolean }>> {
  const { store, accountId, clock } = context;
  if (store.space.isFull() && !store.space.resume()) return fail(new DiskFull().failure);
  collectTraffic(context);
  const before: Totals = { ...context.totals };
  const logId = store.writeTx('server', (tx) =>
    startLog(tx, {
      accountId,
      kind: 'pull',
      mailbox: null,
      trigger: options.trigger,
      startedAt: clock.now(),
      checkpoint: accountCheckpointDigest(tx.db, accountId),
    }),
  );
  const outcome = await steps(context, options).catch(fullDisk);
  const failure: Failure | null = outcome.ok ? null : outcome.failure;
  collectTraffic(context);
  store.writeTx('server', (tx) => {
    finishLog(tx, logId, {
      finishedAt: clock.now(),
      result:
        failure === null
          ? outcome.ok && outcome.value.complete
            ? 'ok'
            : 'partial'
          : failure.kind === 'cancelled'
            ? 'cancelled'
            : 'error',
      failure,
      seen: context.totals.fetched + context.totals.changed - before.fetched - before.changed,
      added: context.totals.fetched - before.fetched,
      changed: context.totals.changed - before.changed,
      removed: context.totals.removed - before.removed,
      bytesIn: context.totals.bytesIn - before.bytesIn,
      bytesOut: context.totals.bytesOut - before.bytesOut,
      roundTrips: context.totals.roundTrips - before.roundTrips,
      checkpoint: accountCheckpointDigest(tx.db, accountId),
    });
  });
  return outcome;
}

/** A full disk ends the round like any other expected failure. */
function fullDisk(error: unknown): Outcome<never> {
  if (error instanceof DiskFull) return fail(error.failure);
  throw error;
}

async function steps(
  context: RunnerContext,
  options: CycleOptions,
): Promise<Outcome<{ readonly complete: boolean }>> {
  const { store, accountId, clock, activities } = context;
  const listing = { accountId, mailboxId: null, kind: 'listing' } as const;
  activities.update(listing, 0, null);
  const prepared = await connectAndList(context, options);
  activities.end(listing);
  if (!prepared.ok) return prepared;

  const mailboxes = orderMailboxes(
    listMailboxes(store.read, accountId)
      // Mailboxes of other people are 'off' until somebody wants them (SYNC-034).
      .filter((mailbox) => mailbox.selectable && mailbox.tombstonedAt === null)
      .map((mailbox) => ({ ...mailbox, recency: mailbox.status?.uidNext ?? 0 })),
    { first: options.first, lookedAt: context.lookedAt() },
  );
  const pull = { ...options, capabilities: prepared.value };
  const changes = await pullAll(context, mailboxes, { ...pull, extent: 'changes' });
  if (!changes.ok) return changes;
  while (store.writeTx('server', (tx) => sweepOrphans(tx, accountId, clock.now())))
    await store.turns.next('backfill');
  await options.onFactsFresh();
  await refreshQuota(context, options.signal);

  if (changes.value === 'more-to-do') {
    if (options.shouldYield()) return ok({ complete: false });
    const old = await pullAll(context, mailboxes, { ...pull, extent: 'backfill' });
    if (!old.ok) return old;
    if (old.value === 'more-to-do') return ok({ complete: false });
  }
  const bodies = await fetchMissingBodies(context, options);
  if (
    !bodies.ok ||
    !bodies.value.complete ||
    options.trigger !== 'poll' ||
    context.isMetered() ||
    context.onBattery() ||
    !isIdle(context, options) ||
    !isAuditDue(context)
  )
    return bodies;
  const audited = await auditAccount(context, mailboxes, pull);
  return audited.ok ? bodies : audited;
}

/** Nobody waits for the server: nothing to send, nothing asked for, no news meanwhile. */
function isIdle({ store, accountId, clock }: RunnerContext, { shouldYield }: CycleOptions): boolean {
  const due = nextDueAt(store.read, accountId);
  return !shouldYield() && (due === null || due > clock.now());
}

async function connectAndList(
  context: RunnerContext,
  options: CycleOptions,
): Promise<Outcome<ServerCapabilities>> {
  const connected = await context.connector.connect('bulk', options.signal);
  if (!connected.ok) return connected;
  options.onLogin();
  const listed = await refreshMailboxes(context, options.signal);
  return listed.ok ? connected : listed;
}

/**
 * One mailbox that fails by itself does not stop the others; what concerns the whole account does. The one is told in the
 * log, by name, and left alone for a while (SYNC-131): its trouble is asked about with every sweep at most.
 */
async function pullAll(
  context: RunnerContext,
  mailboxes: readonly MailboxRow[],
  options: PullOptions & Pick<CycleOptions, 'holdOff' | 'trigger'>,
): Promise<Outcome<'up-to-date' | 'more-to-do'>> {
  const { holdOff, trigger, extent } = options;
  let left: 'up-to-date' | 'more-to-do' = 'up-to-date';
  for (const mailbox of mailboxes) {
    if (holdOff.isHeld(mailbox.id, trigger === 'user' && extent === 'changes')) continue;
    const pulled = await pullOne(context, mailbox, options);
    if (pulled.ok) {
      holdOff.succeeded(mailbox.id);
      if (pulled.value === 'more-to-do') left = 'more-to-do';
      else context.store.writeTx('server', (tx) => setMailboxSynced(tx, mailbox.id, context.clock.now()));
      if (extent === 'backfill' && options.shouldYield()) return ok('more-to-do');
      continue;
    }
    if (!concernsOneMailbox(pulled.failure)) return pulled;
    context.logger.warn('mailbox-failed', {
      accountId: context.accountId,
      mailboxId: mailbox.id,
      kind: pulled.failure.kind,
    });
    holdOff.failed(mailbox.id, pulled.failure);
    logBroken(context, mailbox, pulled.failure, trigger);
  }
  return ok(left);
}

/** A mailbox that was rebuilt since the listing is listed and planned again, once (SYNC-082). */
async function pullOne(
  context: RunnerContext,
  mailbox: MailboxRow,
  options: PullOptions,
): Promise<Outcome<PullResult>> {
  const pulled = await pullMailbox(context, mailbox, options);
  if (pulled.ok || pulled.failure.kind !== 'conflict') return pulled;
  const listed = await refreshMailboxes(context, options.signal);
  if (!listed.ok) return listed;
  const now = getMailbox(context.store.read, mailbox.id);
  if (!now || now.status?.uidValidity === mailbox.status?.uidValidity) return pulled;
  return pullMailbox(context, now, { ...options, extent: 'changes' });
}

function logBroken(
  { store, accountId, clock }: RunnerContext,
  { path }: MailboxRow,
  failure: Failure,
  trigger: Trigger,
): void {
  store.writeTx('server', (tx) => {
    const id = startLog(tx, { accountId, kind: 'pull', mailbox: path, trigger, startedAt: clock.now() });
    finishLog(tx, id, {
      finishedAt: clock.now(),
      result: 'error',
      failure: { ...failure, message: `${path}: ${failure.message}` },
    });
  });
}
