import type { Outcome } from '../../../shared/outcome';
import { fail } from '../../../shared/outcome';
import type { SubmitReport, SubmitStage } from '../../connectors/contract';
import { readBlob } from '../../store/blobs';
import { getMailbox } from '../../store/read/mailboxes';
import { getOutbox, type OutboxRow } from '../../store/read/outbox';
import { changeOutbox, setRecipient } from '../../store/write/outbox';
import { setSubmissionLimits } from '../../store/write/submission';
import { finishLog, startLog } from '../../store/write/sync-log';
import type { WriteTx } from '../../store/write-tx';
import { afterAttempt, submitDelayMs, TELL_AFTER_MS, type Verdict } from './after-attempt';
import type { SubmitContext } from './submit-context';

/** Windows are told how far a message is at most this often. */
const PROGRESS_EVERY_MS = 250;
/** Longest part of the server's last words that is kept, in characters. */
const QUEUE_TEXT_CHARS = 500;

/**
 * Hands one message over. The claim and each stage are committed before the bytes they speak of (SYNC-277); a definite
 * answer is committed before anything else happens (SYNC-278).
 */
export async function submitOne(
  context: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, submitter, accountId } = context;
  const bytes = readBlob(store.read, store.blobFiles, entry.transmittedHash);
  const to = entry.recipients.filter(({ state }) => state !== 'accepted').map(({ address }) => address);
  const claimed = store.writeTx('server', (tx) => claim(tx, context, entry));
  if (!claimed) return;
  store.flush();
  const startedAt = clock.now();
  let shownAt = clock.monotonic();
  const outcome: Outcome<SubmitReport> = bytes
    ? await submitter.submit(
        {
          from: entry.nullSender ? '' : entry.from.address,
          to,
          bytes,
          needsUtf8: entry.needsUtf8,
          dsn: entry.dsn,
        },
        {
          sendToOthers: entry.toOthers,
          onStage: (stage) => markStage(context, entry, stage),
          onProgress: (sentBytes) => {
            if (clock.monotonic() - shownAt < PROGRESS_EVERY_MS) return;
            shownAt = clock.monotonic();
            store.writeTx('server', (tx) => changeOutbox(tx, entry.id, { sentBytes: Math.round(sentBytes) }));
          },
        },
        signal,
      )
    : fail({ kind: 'internal', message: 'The message is not on this computer any more.' });
  const verdict = afterAttempt(outcome, getOutbox(store.read, entry.id)?.stage ?? null);
  store.writeTx('server', (tx) => {
    settle(tx, context, entry, outcome, verdict);
    const traffic = submitter.takeTraffic();
    const logged = startLog(tx, {
      accountId,
      kind: 'send',
      mailbox: null,
      trigger: entry.attempts === 0 ? 'user' : 'poll',
      startedAt,
    });
    finishLog(tx, logged, {
      finishedAt: clock.now(),
      result: verdict.state === 'accepted' ? 'ok' : verdict.state === 'partial' ? 'partial' : 'error',
      pushed: verdict.state === 'accepted' || verdict.state === 'partial' ? 1 : 0,
      ...traffic,
      failure: 'failure' in verdict ? withoutAddresses(verdict.failure) : null,
    });
  });
  store.flush();
  tell(context, entry, verdict);
}

function claim(tx: WriteTx, { runId }: SubmitContext, entry: OutboxRow): boolean {
  const now = getOutbox(tx.db, entry.id);
  // Taken back by the user a moment ago.
  if (now?.state !== 'queued') return false;
  const sent = entry.sentMailboxId === null ? null : getMailbox(tx.db, entry.sentMailboxId);
  changeOutbox(tx, entry.id, {
    state: 'submitting',
    stage: null,
    claimRun: runId,
    attempts: now.attempts + 1,
    sentBytes: null,
    sentUidFrom: now.sentUidFrom ?? sent?.status?.uidNext ?? 1,
  });
  return true;
}

function markStage({ store }: SubmitContext, { id, size }: OutboxRow, stage: SubmitStage): void {
  const far =
    stage === 'data-started'
      ? { sentBytes: 0 }
      : stage === 'terminator-handed-over'
        ? { sentBytes: size }
        : {};
  store.writeTx('server', (tx) => changeOutbox(tx, id, { stage, ...far }));
  // After this byte nobody can know any more: the mark must survive a power cut.
  if (stage === 'terminator-handed-over') store.flush();
}

function settle(
  tx: WriteTx,
  context: SubmitContext,
  entry: OutboxRow,
  outcome: Outcome<SubmitReport>,
  verdict: Verdict,
): void {
  const { id } = entry;
  const now = tx.nowMs;
  if (outcome.ok) {
    const accepted = outcome.value.result === 'accepted';
    for (const { address, failure } of outcome.value.recipients)
      setRecipient(tx, id, address, failure ? 'refused' : accepted ? 'accepted' : 'waiting', failure);
  }
  switch (verdict.state) {
    case 'accepted':
    case 'partial': {
      const queueText = outcome.ok ? outcome.value.queueText.slice(0, QUEUE_TEXT_CHARS) : null;
      changeOutbox(tx, id, {
        state: 'accepted',
        acceptedAt: now,
        queueText,
        failure: null,
        nextAttemptAt: null,
        claimRun: null,
      });
      return;
    }
    case 'queued': {
      const { failure, waits } = verdict;
      const delayMs =
        waits === 'no' ? 0 : submitDelayMs(failure, entry.attempts + 1, context.random.fraction());
      changeOutbox(tx, id, {
        state: 'queued',
        stage: null,
        claimRun: null,
        failure: waits === 'no' ? entry.failure : failure,
        nextAttemptAt: now + delayMs,
        firstFailureAt: waits === 'no' ? entry.firstFailureAt : (entry.firstFailureAt ?? now),
      });
      return;
    }
    case 'failed':
      changeOutbox(tx, id, { state: 'failed', stage: null, claimRun: null, failure: verdict.failure });
      return;
    case 'unknown':
      changeOutbox(tx, id, {
        state: 'unknown',
        claimRun: null,
        failure: verdict.failure,
        looks: 0,
        observed: null,
        nextAttemptAt: now,
      });
  }
}

/** Failed ones at once; waiting ones when it has lasted, once (SYNC-275). */
function tell(context: SubmitContext, entry: OutboxRow, verdict: Verdict): void {
  const { store, clock } = context;
  if (verdict.state === 'failed') context.announce(entry, 'failed', verdict.failure);
  if (verdict.state !== 'queued' || entry.toldLate || entry.firstFailureAt === null) return;
  if (clock.now() - entry.firstFailureAt < TELL_AFTER_MS) return;
  store.writeTx('server', (tx) => changeOutbox(tx, entry.id, { toldLate: true }));
  context.announce(entry, 'delayed', verdict.failure);
}

/** The log names nobody besides the account (SYNC-311). */
function withoutAddresses<F extends { readonly message: string }>(failure: F): F {
  const hide = (text: string): string => text.replace(/[^\s<>"',;:]+@[^\s<>"',;:]+/g, '…');
  const { serverText } = failure as { serverText?: string };
  return {
    ...failure,
    message: hide(failure.message),
    ...(serverText === undefined ? {} : { serverText: hide(serverText) }),
  };
}

/** Asks the server what it takes, when it was never asked: the size is checked before sending (SYNC-274, APP-127). */
export async function askLimits(
  { store, submitter, accountId, host }: SubmitContext,
  signal: AbortSignal,
): Promise<void> {
  const limits = await submitter.limits(signal);
  if (limits.ok) store.writeTx('server', (tx) => setSubmissionLimits(tx, accountId, host, limits.value));
}
