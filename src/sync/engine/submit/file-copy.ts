import type { GestureId } from '../../../shared/domain';
import type { RemoteMessage } from '../../connectors/contract';
import { getMailbox, mailboxByRole } from '../../store/read/mailboxes';
import { getOutbox, type OutboxRow } from '../../store/read/outbox';
import { submissionFacts } from '../../store/read/submission';
import { enqueueCopyChange } from '../../store/write/copy-changes';
import { deleteDraft } from '../../store/write/drafts';
import { changeOutbox } from '../../store/write/outbox';
import { bindCopy } from '../../store/write/settle-copy';
import { setFilesCopies } from '../../store/write/submission';
import type { WriteTx } from '../../store/write-tx';
import { filesByItself, isHabitUnknown } from './filing-habits';
import type { SubmitContext } from './submit-context';

/** So long a server of unknown habits is watched before we file ourselves (SYNC-284). */
const WATCH_MS = 60_000;
/** A server that files by itself has so long to do it; then we do. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 15_000;
/** Our own copy is counted once, so long after it was filed (SYNC-285). */
const CHECK_AFTER_MS = 60_000;

const TOKEN_BYTES = 16;

/** It was accepted: the original is marked, and the copy is filed or expected (SYNC-284). */
export async function concludeSubmission(context: SubmitContext, entry: OutboxRow): Promise<void> {
  const { store, accountId, host } = context;
  await context.markRelated(entry);
  store.writeTx('server', (tx) => {
    const now = getOutbox(tx.db, entry.id);
    if (now?.state !== 'accepted') return;
    // What was written has become what was sent.
    if (now.draftId !== null) {
      deleteDraft(tx, now.draftId);
      changeOutbox(tx, now.id, { draftId: null });
    }
    const facts = submissionFacts(tx.db, accountId, host);
    // Filed before: only those who had it not yet were sent to this time.
    if (now.filedHash === null || now.shownId === null || now.filedUid !== null || now.finishedAt !== null)
      done(tx, now);
    else if (isHabitUnknown(host, facts)) expect(tx, now, WATCH_MS);
    else if (filesByItself(host, facts)) expect(tx, now, PATIENCE_MS);
    else appendCopy(tx, context, now);
  });
}

function expect(tx: WriteTx, { id }: OutboxRow, forMs: number): void {
  changeOutbox(tx, id, {
    state: 'filing',
    fileAfter: tx.nowMs + forMs,
    nextAttemptAt: tx.nowMs + Math.min(forMs, LOOK_EVERY_MS),
  });
}

function appendCopy(tx: WriteTx, context: SubmitContext, entry: OutboxRow): void {
  const { shownId, sentMailboxId } = entry;
  if (shownId === null || sentMailboxId === null) {
    done(tx, entry);
    return;
  }
  enqueueCopyChange(tx, {
    accountId: context.accountId,
    args: { kind: 'append', toMailboxId: sentMailboxId, outboxId: entry.id },
    messageId: shownId,
    source: 0,
    gestureId: `file-${entry.id}` as GestureId,
    notBefore: 0,
    token: () => context.random.token(TOKEN_BYTES),
  });
  changeOutbox(tx, entry.id, { state: 'filing', fileAfter: null, nextAttemptAt: null });
}

/** Some were refused: it stays where the user decides about them; else it is through. */
function done(tx: WriteTx, { id, recipients }: OutboxRow): void {
  const partial = recipients.some(({ state }) => state === 'refused');
  changeOutbox(tx, id, {
    state: partial ? 'partial' : 'done',
    finishedAt: tx.nowMs,
    fileAfter: null,
    nextAttemptAt: null,
  });
}

/** The copy is expected from the server: there by now? If not in time, we file it and remember (SYNC-284). */
export async function lookForCopy(
  context: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<void> {
  const { store, accountId, host, clock } = context;
  const found = entry.filedUid === null ? await findCopies(context, entry, signal) : 'adopted';
  store.writeTx('server', (tx) => {
    const now = getOutbox(tx.db, entry.id);
    if (now?.state !== 'filing') return;
    if (found === null) {
      changeOutbox(tx, entry.id, { nextAttemptAt: clock.now() + LOOK_EVERY_MS });
      return;
    }
    if (found === 'adopted' || found.messages.length > 0) {
      setFilesCopies(tx, accountId, host, true);
      if (found !== 'adopted') bind(tx, now, found);
      done(tx, now);
      return;
    }
    if ((now.fileAfter ?? 0) > clock.now()) {
      changeOutbox(tx, entry.id, {
        nextAttemptAt: Math.min(clock.now() + LOOK_EVERY_MS, now.fileAfter ?? 0),
      });
      return;
    }
    setFilesCopies(tx, accountId, host, false);
    appendCopy(tx, context, now);
  });
}

/** Both have filed one: ours is removed, once, and the habit is corrected (SYNC-285). */
export async function checkDoubles(
  context: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<void> {
  const { store, accountId, host, connector, clock } = context;
  const found = await findCopies(context, entry, signal);
  if (found === null) {
    store.writeTx('server', (tx) => changeOutbox(tx, entry.id, { fileAfter: clock.now() + CHECK_AFTER_MS }));
    return;
  }
  const ours = found.messages.find(({ uid }) => uid === entry.filedUid);
  const theirs = found.messages.filter(({ uid }) => uid !== entry.filedUid);
  if (ours && theirs.length > 0) {
    const action = { kind: 'delete' as const, remoteKey: found.remoteKey, messages: [ours] };
    const wire = await connector.preparePush(action, signal);
    const removed = wire.ok ? await connector.push(action, wire.value, signal) : wire;
    // Harmless to repeat: looked at again later.
    if (!removed.ok) return;
  }
  store.writeTx('server', (tx) => {
    if (theirs.length > 0) {
      setFilesCopies(tx, accountId, host, true);
      bind(tx, entry, { ...found, messages: theirs });
    }
    changeOutbox(tx, entry.id, { fileAfter: null });
  });
}

/** When to count the copies of one that we have filed; milliseconds UTC. */
export function checkAt(nowMs: number): number {
  return nowMs + CHECK_AFTER_MS;
}

interface Copies {
  readonly remoteKey: string;
  readonly messages: readonly RemoteMessage[];
}

/** Null = the mailbox could not be looked into. */
async function findCopies(
  { store, connector, accountId }: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<Copies | null> {
  const mailbox = mailboxByRole(store.read, accountId, 'sent');
  if (!mailbox?.remoteKey) return null;
  const { remoteKey } = mailbox;
  const from = entry.sentUidFrom ?? 1;
  const found = await connector.findByMessageId(remoteKey, entry.messageIdHeader, from, signal);
  return found.ok ? { remoteKey, messages: found.value } : null;
}

function bind(tx: WriteTx, entry: OutboxRow, { messages }: Copies): void {
  const [copy] = messages;
  const chosen = entry.sentMailboxId === null ? null : getMailbox(tx.db, entry.sentMailboxId);
  const mailbox = chosen?.role === 'sent' ? chosen : mailboxByRole(tx.db, entry.accountId, 'sent');
  if (!copy || !mailbox || entry.shownId === null) return;
  bindCopy(tx, {
    messageId: entry.shownId,
    mailboxId: mailbox.id,
    uid: copy.uid,
    uidValidity: copy.uidValidity,
    keywords: ['$seen'],
    replaces: true,
  });
  changeOutbox(tx, entry.id, { filedUid: copy.uid });
}
