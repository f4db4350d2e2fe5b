import type { MessageId } from '../../../shared/domain';
import type { HeaderFacts } from '../../../shared/observation';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { idHash } from '../threads/id-hash';
import { nameKey } from '../threads/thread-keys';

const THREAD_OF_ID = readSql<{ thread_id: number }>(
  'SELECT thread_id FROM thread_ids WHERE account_id = ? AND id_hash = ?',
);
const MERGED_INTO = readSql<{ merged_into: number | null }>('SELECT merged_into FROM threads WHERE id = ?');
const IN_THREAD = readSql<{ id: MessageId; headers_json: string }>(
  `SELECT m.id, m.headers_json FROM messages m WHERE m.thread_id = ?
     AND EXISTS (SELECT 1 FROM memberships s WHERE s.message_id = m.id)`,
);

/**
 * The message of an account with this Message-ID that is in some folder; null when there is none (RFC 2392 `mid:`).
 * Goes by the names under which threads meet, so it finds nothing where the server gives the threads (SYNC-321).
 * @param name the Message-ID without its angle brackets
 */
export function messageNamed(db: ReadableDb, accountId: number, name: string): MessageId | null {
  return messagesNamed(db, accountId, name)[0] ?? null;
}

/** All of them: a draft and what another device has sent of it, for instance. */
export function messagesNamed(db: ReadableDb, accountId: number, name: string): readonly MessageId[] {
  let threadId = prepared(db, THREAD_OF_ID).get(accountId, idHash(nameKey(name)))?.thread_id;
  while (threadId !== undefined) {
    const row = prepared(db, MERGED_INTO).get(threadId);
    if (row?.merged_into === null || row === undefined) break;
    threadId = row.merged_into;
  }
  if (threadId === undefined) return [];
  return prepared(db, IN_THREAD)
    .all(threadId)
    .filter(({ headers_json }) => (JSON.parse(headers_json) as HeaderFacts).messageId === name)
    .map(({ id }) => id);
}
