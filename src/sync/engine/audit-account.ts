import { fail, type Outcome, ok } from '../../shared/outcome';
import { checkpointDigest } from '../store/read/checkpoints';
import type { MailboxRow } from '../store/read/mailboxes';
import { auditAwaitedSince, auditKey } from '../store/read/upkeep';
import { setMailboxVerified } from '../store/write/accounts';
import { setSetting } from '../store/write/settings';
import { finishLog, startLog } from '../store/write/sync-log';
import { concernsOneMailbox } from './one-mailbox';
import { type PullOptions, runPlan } from './pull-mailbox';
import type { RunnerContext, Totals } from './runner-context';

/** Nightly (SYNC-396). */
const AUDIT_EVERY_MS = 24 * 60 * 60_000;

/** Whether the last audit of the account is a day old; a new account was just read whole and starts its day now. */
export function isAuditDue(context: RunnerContext): boolean {
  const { accountId, clock, store } = context;
  const since = auditAwaitedSince(store.read, accountId);
  if (since !== null) return clock.now() - since >= AUDIT_EVERY_MS;
  store.writeTx('server', (tx) => setSetting(tx, auditKey(accountId), { began: clock.now() }));
  return false;
}

/**
 * Compares every UID and every flag we hold with the server, whatever the checkpoints say, and repairs what differs like
 * any other observation (SYNC-396). Differences are reported in the log: after a correct day there are none.
 */
export async function auditAccount(
  context: RunnerContext,
  mailboxes: readonly MailboxRow[],
  options: Omit<PullOptions, 'extent'>,
): Promise<Outcome<null>> {
  const { store, accountId, clock, totals, logger } = context;
  for (const mailbox of mailboxes) {
    if (!mailbox.status || mailbox.policy === 'off') continue;
    if (options.signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
    const before: Totals = { ...totals };
    const logId = store.writeTx('server', (tx) =>
      startLog(tx, {
        accountId,
        kind: 'audit',
        mailbox: mailbox.path,
        trigger: 'poll',
        startedAt: clock.now(),
        checkpoint: checkpointDigest(tx.db, mailbox.id),
      }),
    );
    const checked = await runPlan(
      context,
      mailbox,
      { kind: 'window-scan', full: true },
      { ...options, extent: 'audit' },
    );
    const counts = {
      added: totals.fetched - before.fetched,
      changed: totals.changed - before.changed,
      removed: totals.removed - before.removed,
    };
    const differences = counts.added + counts.changed + counts.removed;
    if (differences > 0) logger.warn('audit.differences', { accountId, mailboxId: mailbox.id, differences });
    store.writeTx('server', (tx) => {
      if (checked.ok) setMailboxVerified(tx, mailbox.id, clock.now());
      finishLog(tx, logId, {
        ...counts,
        finishedAt: clock.now(),
        result: checked.ok ? 'ok' : 'error',
        seen: mailbox.storedCount,
        failure: checked.ok ? null : checked.failure,
        checkpoint: checkpointDigest(tx.db, mailbox.id),
      });
    });
    if (!checked.ok && !concernsOneMailbox(checked.failure)) return checked;
  }
  store.writeTx('server', (tx) => setSetting(tx, auditKey(accountId), clock.now()));
  return ok(null);
}
