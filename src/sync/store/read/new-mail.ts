import { type MessageId, SEEN } from '../../../shared/domain';
import { shownName } from '../../../shared/shown-name';
import type { ReadableDb } from '../handles';
import { hasKeyword } from '../keywords';
import { prepared, readSql } from '../sql';

const FACTS = readSql<{
  from_name: string;
  from_address: string;
  subject: string;
  snippet: string;
  keywords: string;
}>('SELECT from_name, from_address, subject, snippet, keywords FROM messages WHERE id = ?');

/** What a notification says of messages that are still unread (APP-270). */
export function newMailFacts(
  db: ReadableDb,
  messageIds: readonly number[],
): { messageId: MessageId; from: string; subject: string; snippet: string }[] {
  return messageIds.flatMap((id) => {
    const row = prepared(db, FACTS).get(id);
    if (!row || hasKeyword(row.keywords, SEEN)) return [];
    const { subject, snippet } = row;
    return [
      { messageId: id as MessageId, from: shownName(row.from_name, row.from_address), subject, snippet },
    ];
  });
}
