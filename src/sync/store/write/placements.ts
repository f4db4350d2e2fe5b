import type { PackedMessage } from '../../../shared/observation';
import { countIndexedCopy } from '../search/coverage';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';

/** placements.verified of a message that was made here and that no server has yet. */
export const ONLY_HERE = 2;

const DOUBTED = readSql<{ id: number }>(
  `SELECT id FROM placements WHERE message_id = ? AND mailbox_id = ? AND verified IN (0, ${ONLY_HERE}) LIMIT 1`,
);
const RELINK = writeSql('UPDATE placements SET uid = ?, keywords = ?, modseq = ?, verified = 1 WHERE id = ?');
const INSERT_PLACEMENT = writeSql(
  'INSERT INTO placements (message_id, mailbox_id, uid, keywords, modseq, verified) VALUES (?, ?, ?, ?, ?, 1)',
);
const REMOVE_PLACEMENT = writeSql('DELETE FROM placements WHERE id = ?');
const ADOPT = writeSql('UPDATE messages SET orphaned_at = NULL WHERE id = ? AND orphaned_at IS NOT NULL');
const ORPHAN = writeSql(
  `UPDATE messages SET orphaned_at = ? WHERE id = ?
     AND NOT EXISTS (SELECT 1 FROM placements WHERE message_id = messages.id)`,
);
const HAS_BODY = readSql<{ here: number }>("SELECT body_state = 'here' AS here FROM messages WHERE id = ?");

/**
 * A further copy of a known message; an unverified one of this mailbox, or one that was ours alone, is linked with it, an
 * orphan is adopted.
 */
export function placeMessage(
  tx: WriteTx,
  messageId: number,
  mailboxId: number,
  { uid, keywords, modseq }: Pick<PackedMessage, 'uid' | 'keywords' | 'modseq'>,
): void {
  const { db } = tx;
  const doubted = prepared(db, DOUBTED).get(messageId, mailboxId);
  if (doubted) prepared(db, RELINK).run(uid, keywords, modseq, doubted.id);
  else prepared(db, INSERT_PLACEMENT).run(messageId, mailboxId, uid, keywords, modseq);
  prepared(db, ADOPT).run(messageId);
  countCoverage(tx, mailboxId, 1, hasBody(tx, messageId));
  countIndexedCopy(tx, mailboxId, messageId, 1);
  tx.dirty.messages.add(messageId);
}

/**
 * The server has this copy no more. The last one to go leaves an orphan: hidden at once, kept for a while in case
 * another client has only moved it (SYNC-089, 090). `countedIn`: the mailbox whose coverage counted it, null if none.
 */
export function removePlacement(
  tx: WriteTx,
  placementId: number,
  messageId: number,
  countedIn: number | null,
): void {
  prepared(tx.db, REMOVE_PLACEMENT).run(placementId);
  prepared(tx.db, ORPHAN).run(tx.nowMs, messageId);
  if (countedIn !== null) {
    countCoverage(tx, countedIn, -1, -hasBody(tx, messageId));
    countIndexedCopy(tx, countedIn, messageId, -1);
  }
  tx.dirty.messages.add(messageId);
}

function hasBody(tx: WriteTx, messageId: number): number {
  return prepared(tx.db, HAS_BODY).get(messageId)?.here ?? 0;
}
