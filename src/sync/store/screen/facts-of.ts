import type { ReadableDb } from '../handles';
import { packKeywords, unpackKeywords } from '../keywords';
import type { Fact } from '../replay';
import { prepared, readSql } from '../sql';

const FACTS = readSql<Fact & { here: string | null }>(
  `SELECT mailbox_id AS mailboxId, keywords,
     (SELECT group_concat(keyword, ' ') FROM local_labels l WHERE l.message_id = p.message_id) AS here
   FROM placements p WHERE p.message_id = ?`,
);

/**
 * Where a message is and how it is marked before any intent: what the server said, and the labels that stay on this
 * computer because it keeps none (SYNC-092).
 */
export function factsOf(db: ReadableDb, messageId: number): Fact[] {
  return prepared(db, FACTS)
    .all(messageId)
    .map(({ mailboxId, keywords, here }) =>
      here === null
        ? { mailboxId, keywords }
        : { mailboxId, keywords: packKeywords([...unpackKeywords(keywords), ...unpackKeywords(here)]) },
    );
}
