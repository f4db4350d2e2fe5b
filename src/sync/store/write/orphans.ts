import type { AccountId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { deleteMessage } from './delete-message';

const ORPHANS = readSql<{ id: number }>(
  `SELECT id FROM messages WHERE account_id = ? AND orphaned_at <= ?
     AND NOT EXISTS (SELECT 1 FROM pending_targets WHERE message_id = messages.id) LIMIT ?`,
);

/** Deleted in one transaction: some 10 ms with what belongs to them (SYNC-395). */
const PER_TURN = 250;
/** How long a message without a place waits for another client's move to show up (SYNC-089). */
const ORPHAN_MS = 15 * 60_000;

/**
 * Deletes messages that have been without a place for 15 min; call it after a complete sweep of the account. What a
 * pending or parked change names stays, so that it can be offered back. Answers whether more may have to go, in another turn.
 */
export function sweepOrphans(tx: WriteTx, accountId: AccountId, nowMs: number): boolean {
  const orphans = prepared(tx.db, ORPHANS).all(accountId, nowMs - ORPHAN_MS, PER_TURN);
  for (const { id } of orphans) deleteMessage(tx, id);
  if (orphans.length > 0) tx.log(COLLECTIONS.accounts, accountId, 'change');
  return orphans.length === PER_TURN;
}
