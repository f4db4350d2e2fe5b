import type { MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const PLACE = readSql<{ section: string | null; blob_hash: string | null; source_hash: string | null }>(
  `SELECT a.section, a.blob_hash, b.source_hash FROM attachments a LEFT JOIN bodies b ON b.message_id = a.message_id
   WHERE a.message_id = ? AND a.idx = ?`,
);

/** Where the bytes of an attachment are: on this computer, or at the server in that section. Null = no such one. */
export function attachmentPlace(
  db: ReadableDb,
  messageId: MessageId,
  index: number,
): { here: boolean; section: string | null } | null {
  const row = prepared(db, PLACE).get(messageId, index);
  return row ? { here: row.blob_hash !== null || row.source_hash !== null, section: row.section } : null;
}
