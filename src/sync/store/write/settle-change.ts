import type { ChangeId, MailboxId, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { packKeywords, unpackKeywords } from '../keywords';
import { type PendingArgs, parseArgs } from '../pending-args';
import { type PendingRecord, targetsOf } from '../read/pending';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import { adoptRemoteKey } from './created-mailbox';
import { finishChange } from './finish-change';
import { removePlacement } from './placements';

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const PLACEMENT = readSql<{ id: number; keywords: string; verified: number; here: number }>(
  `SELECT p.id, p.keywords, p.verified, m.body_state = 'here' AS here
   FROM placements p JOIN messages m ON m.id = p.message_id WHERE p.message_id = ? AND p.mailbox_id = ? LIMIT 1`,
);
const AT_UID = readSql<{ id: number }>(
  'SELECT id FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
);
const VALIDITY = readSql<{ uid_validity: string }>(
  'SELECT uid_validity FROM sync_state WHERE mailbox_id = ?',
);
const SET_KEYWORDS = writeSql('UPDATE placements SET keywords = ? WHERE id = ?');
const MOVE_PLACEMENT = writeSql(
  'UPDATE placements SET mailbox_id = ?, uid = ?, modseq = NULL, verified = ? WHERE id = ?',
);
const DROP_TARGET = writeSql('DELETE FROM pending_targets WHERE change_id = ? AND message_id = ?');
const BACK_TO_WAITING = writeSql(
  "UPDATE pending_changes SET state = 'waiting', claim_run = NULL, wire_json = NULL WHERE id = ?",
);

/** What the server did for one copy of one message. */
export interface SettledItem {
  readonly messageId: MessageId;
  /** Where it was done: the source of a move or delete, the mailbox of the copy whose keywords changed. */
  readonly mailboxId: MailboxId;
  /** 'gone': the server no longer had it there. */
  readonly result: 'done' | 'gone';
  /** The moved message's UID in the destination where the server told (SYNC-102). */
  readonly newUid: number | null;
  readonly newUidValidity: string | null;
}

export interface SettleResult {
  /** Targets that appear in none of them stay in the queue as waiting. */
  readonly items: readonly SettledItem[];
  /** Create-mailbox: the server's name for it. */
  readonly createdRemoteKey?: string | null;
}

/**
 * The server has answered: its answer becomes the facts, the intent leaves the queue, the screen does not flicker
 * because both happen in one transaction (SYNC-102, 263). Answers whether the whole change is settled.
 */
export function settleChange(tx: WriteTx, changeId: ChangeId, result: SettleResult): boolean {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  if (!record) return true;
  const args = parseArgs(record.kind, record.args_json);
  if (args?.kind === 'create-mailbox') {
    adoptRemoteKey(tx, args.mailboxId, result.createdRemoteKey ?? null);
    finishChange(tx, changeId, 'settled', null);
    return true;
  }
  const settled = new Set<MessageId>();
  for (const item of result.items) {
    settled.add(item.messageId);
    tx.dirty.messages.add(item.messageId);
    if (args) applyAnswer(tx, args, item);
  }
  const left = targetsOf(db, changeId).filter(({ messageId }) => !settled.has(messageId));
  if (left.length === 0) {
    finishChange(tx, changeId, 'settled', null);
    return true;
  }
  for (const messageId of settled) prepared(db, DROP_TARGET).run(changeId, messageId);
  prepared(db, BACK_TO_WAITING).run(changeId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
  return false;
}

/** The facts already say what the change wanted, or nothing is left to do it to (section 8). */
export function settleSilently(tx: WriteTx, changeId: ChangeId): void {
  finishChange(tx, changeId, 'settled', null);
}

function applyAnswer(tx: WriteTx, args: PendingArgs, item: SettledItem): void {
  const { db } = tx;
  const placement = prepared(db, PLACEMENT).get(item.messageId, item.mailboxId);
  if (!placement) return;
  const countedIn = placement.verified === 1 ? item.mailboxId : null;
  if (item.result === 'gone') {
    removePlacement(tx, placement.id, item.messageId, countedIn);
    return;
  }
  switch (args.kind) {
    case 'keywords': {
      const keywords = unpackKeywords(placement.keywords).filter((keyword) => !args.remove.includes(keyword));
      prepared(db, SET_KEYWORDS).run(packKeywords([...keywords, ...args.add]), placement.id);
      return;
    }
    case 'delete':
      removePlacement(tx, placement.id, item.messageId, countedIn);
      return;
    case 'move': {
      const validity = prepared(db, VALIDITY).get(args.to)?.uid_validity;
      const sure = item.newUid !== null && validity !== undefined && validity === item.newUidValidity;
      if (sure && prepared(db, AT_UID).get(args.to, item.newUid)) {
        // A pull of the destination was faster and already placed it there.
        removePlacement(tx, placement.id, item.messageId, countedIn);
        return;
      }
      // Without a UID we can trust the copy counts as unverified until a pull finds it by identity.
      prepared(db, MOVE_PLACEMENT).run(args.to, item.newUid ?? 0, sure ? 1 : 0, placement.id);
      if (countedIn !== null) countCoverage(tx, countedIn, -1, -placement.here);
      if (sure) countCoverage(tx, args.to, 1, placement.here);
      return;
    }
    case 'create-mailbox':
      return;
  }
}
