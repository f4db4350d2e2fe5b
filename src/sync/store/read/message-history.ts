import type { GestureId, MailboxId, MessageId, Origin, PendingState } from '../../../shared/domain';
import type { ChangeOp } from '../collections';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import type { ChangeOutcome } from '../write/finish-change';
import type { GestureState } from '../write/gestures';

const FACTS = readSql<FactRecord>(
  `SELECT collection AS mailboxId, op, origin, at FROM change_log
   WHERE item = ? AND collection > 0 ORDER BY seq DESC LIMIT ?`,
);
const PAST = readSql<IntentRecord>(
  `SELECT h.kind, h.args_json, h.origin, h.gesture_id, h.outcome AS state, h.failure_json, h.created_at, h.finished_at,
     (SELECT g.state FROM gestures g WHERE g.id = h.gesture_id) AS gesture_state
   FROM history_targets t JOIN change_history h ON h.id = t.history_id
   WHERE t.message_id = ? ORDER BY t.history_id DESC LIMIT ?`,
);
const WAITING = readSql<IntentRecord>(
  `SELECT c.kind, c.args_json, c.origin, c.gesture_id, c.state, c.last_error_json AS failure_json, c.created_at,
     NULL AS finished_at, (SELECT g.state FROM gestures g WHERE g.id = c.gesture_id) AS gesture_state
   FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id
   WHERE t.message_id = ? ORDER BY t.change_id DESC LIMIT ?`,
);

/** What a message did in one mailbox. */
interface FactRecord {
  readonly mailboxId: MailboxId;
  readonly op: ChangeOp;
  readonly origin: Origin;
  readonly at: number;
}

/** What somebody wanted of it, and what became of that. */
interface IntentRecord {
  readonly kind: string;
  readonly args_json: string;
  readonly origin: Origin;
  readonly gesture_id: GestureId;
  readonly state: PendingState | ChangeOutcome;
  readonly failure_json: string | null;
  readonly created_at: number;
  readonly finished_at: number | null;
  /** Null when the gesture is not remembered any more. */
  readonly gesture_state: GestureState | null;
}

export interface MessageHistory {
  readonly facts: readonly FactRecord[];
  readonly intents: readonly IntentRecord[];
}

/**
 * Everything that is remembered of one message, newest first, at most `limit` of each kind: its places and marks from
 * the change log, wishes from the queue and its history; 30 days (SYNC-315).
 */
export function messageHistory(db: ReadableDb, messageId: MessageId, limit: number): MessageHistory {
  return {
    facts: prepared(db, FACTS).all(messageId, limit),
    intents: [...prepared(db, WAITING).all(messageId, limit), ...prepared(db, PAST).all(messageId, limit)],
  };
}
