import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import type { OutboxRow } from './outbox';

const THREAD_OF = readSql<{ thread_id: number }>('SELECT thread_id FROM messages WHERE id = ?');
const IN_THREAD = readSql<{ id: number; headers_json: string }>(
  'SELECT id, headers_json FROM messages WHERE thread_id = ? AND received_at >= ?',
);

/** Whether a message has come since that names this one: an answer, or a note of the mail system (SYNC-279). */
export function answersTo(db: ReadableDb, entry: OutboxRow): boolean {
  const thread = entry.shownId === null ? undefined : prepared(db, THREAD_OF).get(entry.shownId);
  if (!thread) return false;
  const id = entry.messageIdHeader.replace(/^<|>$/g, '');
  return prepared(db, IN_THREAD)
    .all(thread.thread_id, entry.createdAt)
    .some((message) => {
      if (message.id === entry.shownId) return false;
      const headers = JSON.parse(message.headers_json) as { inReplyTo: string[]; references: string[] };
      return headers.inReplyTo.includes(id) || headers.references.includes(id);
    });
}
