import type { MethodParsedInput } from '../../shared/contract/methods';
import type { PendingView, SyncLogView } from '../../shared/contract/views';
import type { AccountId, ChangeId, MailboxId } from '../../shared/domain';
import { shownName } from '../../shared/shown-name';
import type { ReadableDb } from '../store/handles';
import { type PendingArgs, parseArgs } from '../store/pending-args';
import { getMailbox } from '../store/read/mailboxes';
import { listPending, listSyncLog, pendingMessages } from '../store/read/panels';
import { pendingTitle } from '../store/read/pending-title';
import { storedFailureView } from './failure-view';

/** A change counts as troubled after so many attempts or so long online, whichever comes first (SYNC-241). */
const TROUBLED_ATTEMPTS = 5;
const TROUBLED_MS = 10 * 60_000;

export function pendingViews(
  db: ReadableDb,
  { state, limit, afterId }: MethodParsedInput<'pending.list'>,
): PendingView[] {
  return listPending(db, state, limit, afterId ?? null).map((record) => {
    const messages = pendingMessages(db, record.id as ChangeId);
    const since = record.first_failure_at;
    const args = parseArgs(record.kind, record.args_json);
    return {
      id: record.id as ChangeId,
      gestureId: record.gesture_id,
      accountId: record.account_id as AccountId,
      state: record.state,
      title: pendingTitle(db, args),
      kind: record.kind,
      origin: record.origin,
      messages: messages.some.map(({ id, subject, from_name, from_address }) => ({
        id,
        subject,
        from: shownName(from_name, from_address),
      })),
      targetCount: messages.count,
      createdAt: record.created_at,
      attempts: record.attempts,
      nextAttemptAt: record.state === 'waiting' && record.not_before > 0 ? record.not_before : null,
      failure: storedFailureView(record.last_error_json),
      troubled:
        record.state === 'parked' ||
        record.attempts >= TROUBLED_ATTEMPTS ||
        // The next attempt lies as far from the first failure as the trouble is old.
        (since !== null && record.not_before - since >= TROUBLED_MS),
      serverMailboxIds: messages.serverMailboxIds,
      retryable: args !== null,
      alternatives: record.state === 'parked' ? alternatives(db, args, messages.serverMailboxIds) : [],
    };
  });
}

/** A parked move of messages that still exist can go elsewhere; a folder that is gone can be made again. */
function alternatives(
  db: ReadableDb,
  args: PendingArgs | null,
  serverMailboxIds: readonly MailboxId[],
): PendingView['alternatives'] {
  if (args?.kind !== 'move' || serverMailboxIds.length === 0) return [];
  const destination = getMailbox(db, args.toMailboxId);
  return destination !== null && destination.tombstonedAt !== null
    ? ['create-folder', 'choose-folder']
    : ['choose-folder'];
}

export function syncLogViews(db: ReadableDb, input: MethodParsedInput<'syncLog.list'>): SyncLogView[] {
  return listSyncLog(db, input.accountId, input.afterId, input.limit).map((record) => ({
    id: record.id,
    accountId: record.account_id,
    kind: record.kind,
    mailbox: record.mailbox,
    trigger: record.cause,
    startedAt: record.started_at,
    finishedAt: record.finished_at,
    result: record.result,
    seen: record.seen,
    added: record.added,
    changed: record.changed,
    removed: record.removed,
    pushed: record.pushed,
    parked: record.parked,
    bytesIn: record.bytes_in,
    bytesOut: record.bytes_out,
    roundTrips: record.round_trips,
    failure: storedFailureView(record.failure_json),
    checkpointBefore: record.checkpoint_before,
    checkpointAfter: record.checkpoint_after,
  }));
}
