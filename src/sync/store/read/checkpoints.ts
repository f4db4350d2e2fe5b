import type { MailboxId } from '../../../shared/domain';
import type { Checkpoint } from '../../../shared/observation';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const CHECKPOINT = readSql<{ checkpoint_json: string | null }>(
  'SELECT checkpoint_json FROM sync_state WHERE mailbox_id = ?',
);

/** Where the mailbox is synced to; null before its first batch is complete. */
export function getCheckpoint(db: ReadableDb, mailboxId: MailboxId): Checkpoint | null {
  const json = prepared(db, CHECKPOINT).get(mailboxId)?.checkpoint_json ?? null;
  return json === null ? null : (JSON.parse(json) as Checkpoint);
}
