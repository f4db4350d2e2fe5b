import type { IdentityInput } from '../../../shared/contract/compose-views';
import type { IdentityId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const LAST_POSITION = readSql<{ position: number | null }>(
  'SELECT max(position) AS position FROM identities WHERE account_id = ?',
);
const INSERT = writeSql(
  `INSERT INTO identities (account_id, position, name, address, reply_to, bcc_self, signature_html, signature_place,
     signature_in_replies, sent_mailbox_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const UPDATE = writeSql(
  `UPDATE identities SET name = ?, address = ?, reply_to = ?, bcc_self = ?, signature_html = ?, signature_place = ?,
     signature_in_replies = ?, sent_mailbox_id = ? WHERE id = ? AND account_id = ?`,
);
const REMOVE = writeSql('DELETE FROM identities WHERE id = ?');

/** A new one at the end of its account's. */
export function insertIdentity(tx: WriteTx, identity: IdentityInput): IdentityId {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    identity.accountId,
    (prepared(tx.db, LAST_POSITION).get(identity.accountId)?.position ?? -1) + 1,
    ...columns(identity),
  );
  const id = Number(lastInsertRowid) as IdentityId;
  tx.log(COLLECTIONS.identities, id, 'add');
  return id;
}

/** Answers false when the account has no such identity: one does not move between accounts. */
export function updateIdentity(tx: WriteTx, id: IdentityId, identity: IdentityInput): boolean {
  const { changes } = prepared(tx.db, UPDATE).run(...columns(identity), id, identity.accountId);
  if (changes > 0) tx.log(COLLECTIONS.identities, id, 'change');
  return changes > 0;
}

export function removeIdentity(tx: WriteTx, id: IdentityId): void {
  prepared(tx.db, REMOVE).run(id);
  tx.log(COLLECTIONS.identities, id, 'remove');
}

/** What an account begins with (APP-012). */
export function firstIdentity(
  accountId: IdentityInput['accountId'],
  name: string,
  address: string,
): IdentityInput {
  return {
    accountId,
    name,
    address,
    replyTo: null,
    bccSelf: false,
    signatureHtml: '',
    signaturePlace: 'above-quote',
    signatureInReplies: true,
    sentMailboxId: null,
  };
}

function columns(identity: IdentityInput): (string | number | null)[] {
  return [
    identity.name,
    identity.address,
    identity.replyTo,
    identity.bccSelf ? 1 : 0,
    identity.signatureHtml,
    identity.signaturePlace,
    identity.signatureInReplies ? 1 : 0,
    identity.sentMailboxId,
  ];
}
