import { type MessageId, SEEN } from '../../../shared/domain';
import { shownName } from '../../../shared/shown-name';
import type { ReadableDb } from '../handles';
import { hasKeyword } from '../keywords';
import { prepared, readSql } from '../sql';
import { listAccounts } from './accounts';
import { identitiesOf } from './identities';

const FACTS = readSql<{
  from_name: string;
  from_address: string;
  subject: string;
  snippet: string;
  keywords: string;
}>('SELECT from_name, from_address, subject, snippet, keywords FROM messages WHERE id = ?');
/** What a notification says of messages that are still unread and not the user's own (APP-270). */
export function newMailFacts(
  db: ReadableDb,
  messageIds: readonly number[],
): { messageId: MessageId; from: string; subject: string; snippet: string }[] {
  const own = ownAddresses(db);
  return messageIds.flatMap((id) => {
    const row = prepared(db, FACTS).get(id);
    if (!row || hasKeyword(row.keywords, SEEN) || own.has(row.from_address.toLowerCase())) return [];
    const { subject, snippet } = row;
    return [
      { messageId: id as MessageId, from: shownName(row.from_name, row.from_address), subject, snippet },
    ];
  });
}

/** What a list sends back to its writer, or somebody writes to themselves, is no news. */
function ownAddresses(db: ReadableDb): ReadonlySet<string> {
  const addresses = listAccounts(db).flatMap(({ id, email }) => [
    email,
    ...identitiesOf(db, id).map(({ address }) => address),
  ]);
  return new Set(addresses.map((address) => address.toLowerCase()));
}
