import { createHash } from 'node:crypto';
import type { AccountId, MailboxId } from '../../../shared/domain';
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

const ALL_CHECKPOINTS = readSql<{ mailbox_id: number; checkpoint_json: string | null }>(
  `SELECT s.mailbox_id, s.checkpoint_json FROM mailboxes b CROSS JOIN sync_state s ON s.mailbox_id = b.id
   WHERE b.account_id = ?`,
);

/** Hex digits of a digest: enough that two states never look the same by chance. */
const DIGEST_DIGITS = 16;

/** Where a whole account is synced to as an opaque word: equal words, equal checkpoints (SYNC-310). */
export function accountCheckpointDigest(db: ReadableDb, accountId: AccountId): string {
  const hash = createHash('sha256');
  for (const row of prepared(db, ALL_CHECKPOINTS).iterate(accountId))
    hash.update(`${row.mailbox_id} ${row.checkpoint_json ?? ''}\n`);
  return hash.digest('hex').slice(0, DIGEST_DIGITS);
}

/** The same of one mailbox. */
export function checkpointDigest(db: ReadableDb, mailboxId: MailboxId): string {
  const json = prepared(db, CHECKPOINT).get(mailboxId)?.checkpoint_json ?? '';
  return createHash('sha256').update(`${mailboxId} ${json}\n`).digest('hex').slice(0, DIGEST_DIGITS);
}
