import { prepared, readSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import { readDoc } from './docs';

const COUNTED_IN = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM placements WHERE message_id = ? AND verified = 1',
);

/** A copy that a mailbox counts has come (1) or gone (-1): what a search finds of the message comes or goes with it. */
export function countIndexedCopy(tx: WriteTx, mailboxId: number, messageId: number, sign: 1 | -1): void {
  const doc = readDoc(tx.db, messageId);
  if (doc) countCoverage(tx, mailboxId, 0, 0, { messages: sign, bodies: sign * doc.state });
}

/** The index has more of a message than before: every mailbox that counts a copy of it says so. */
export function countIndexed(tx: WriteTx, messageId: number, messages: number, bodies: number): void {
  for (const { mailbox_id } of prepared(tx.db, COUNTED_IN).all(messageId))
    countCoverage(tx, mailbox_id, 0, 0, { messages, bodies });
}
