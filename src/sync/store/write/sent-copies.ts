import type { MailboxRole, MessageId } from '../../../shared/domain';
import type { HeaderFacts, PackedMessage } from '../../../shared/observation';
import { outboxByMessageId } from '../read/outbox';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { setLocalIdentity } from './local-message';
import { changeOutbox } from './outbox';

const ANY_SENT = readSql<{ id: number }>('SELECT id FROM outbox WHERE account_id = ? LIMIT 1');
const ROLE = readSql<{ role: MailboxRole | null }>(
  "SELECT nullif(coalesce(role_override, role), 'none') AS role FROM mailboxes WHERE id = ?",
);
const HERE = readSql<{ id: MessageId }>('SELECT id FROM messages WHERE id = ?');

/**
 * Recognises what the server filed of a message sent from here: it may lack the blind copies or have lines of the
 * server's, so it is no copy by size; under its Message-ID among the sent ones it is the same message (SYNC-284, 286).
 */
export function sentCopyFinder(
  tx: WriteTx,
  accountId: number,
  mailboxId: number,
): (message: PackedMessage) => { readonly id: number } | undefined {
  const concerns =
    prepared(tx.db, ROLE).get(mailboxId)?.role === 'sent' &&
    prepared(tx.db, ANY_SENT).get(accountId) !== undefined;
  if (!concerns) return () => undefined;
  return ({ headersJson, identity, size, uid, date }) => {
    const { messageId } = JSON.parse(headersJson) as HeaderFacts;
    if (messageId === null) return undefined;
    const entry = outboxByMessageId(tx.db, accountId, `<${messageId}>`);
    if (!entry || entry.shownId === null || !prepared(tx.db, HERE).get(entry.shownId)) return undefined;
    if (entry.filedUid === null) {
      changeOutbox(tx, entry.id, { filedUid: uid });
      setLocalIdentity(tx, entry.shownId, { identity, size, date });
    }
    return { id: entry.shownId };
  };
}
