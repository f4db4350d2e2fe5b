import type { HistoryEntry } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import type { ReadableDb } from '../store/handles';
import { parseArgs } from '../store/pending-args';
import { getMailbox } from '../store/read/mailboxes';
import { messageHistory } from '../store/read/message-history';
import { pendingTitle } from '../store/read/pending-title';
import { storedFailureView } from './failure-view';

/** Entries of each kind; a message that has more within 30 days is a machine's. */
const MOST = 200;

/** Nothing of these wishes is on screen any more. */
const OVER = new Set<string>(['parked', 'discarded', 'replaced']);

/** Who did what with a message, newest first (SYNC-315, APP-102). */
export function historyView(db: ReadableDb, messageId: MessageId): HistoryEntry[] {
  const { facts, intents } = messageHistory(db, messageId, MOST);
  const told = facts.map(
    ({ mailboxId, op, origin, at }): HistoryEntry => ({
      kind: 'fact',
      at,
      origin,
      what: op === 'add' ? 'came' : op === 'remove' ? 'left' : 'marks',
      mailboxId,
      mailbox: getMailbox(db, mailboxId)?.path ?? null,
    }),
  );
  const wanted = intents.map(
    (intent): HistoryEntry => ({
      kind: 'intent',
      at: intent.created_at,
      origin: intent.origin,
      title: pendingTitle(db, parseArgs(intent.kind, intent.args_json)),
      state: intent.state,
      finishedAt: intent.finished_at,
      gestureId: intent.gesture_id,
      canUndo: intent.gesture_state !== null && intent.gesture_state !== 'undone' && !OVER.has(intent.state),
      failure: storedFailureView(intent.failure_json),
    }),
  );
  // What happened at the same instant was caused by the wish, which is told after it here and so stands below.
  return [...told, ...wanted].sort((a, b) => b.at - a.at);
}
