import type { AccountId, MailboxId, MessageId } from '../../../shared/domain';
import type { BodyFacts, ObservedMessage } from '../../../shared/observation';
import { packKeywords } from '../keywords';
import { packMessage } from '../pack-message';
import { prepared, readSql, writeSql } from '../sql';
import { baseSubject } from '../threads/base-subject';
import { idHash } from '../threads/id-hash';
import type { WriteTx } from '../write-tx';
import { nextLocalUid } from './apply-local-steps';
import { deleteMessage } from './delete-message';
import { insertMessage, prepareInsert } from './insert-message';
import { ONLY_HERE, removePlacement } from './placements';
import { storeBodies } from './store-bodies';

const PROTOCOL = readSql<{ protocol: string }>('SELECT protocol FROM accounts WHERE id = ?');
const THREAD = readSql<{ thread_id: number }>('SELECT thread_id FROM messages WHERE id = ?');
const MEMBERSHIPS = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM memberships WHERE message_id = ?',
);
const PLACEMENTS = readSql<{ id: number; mailbox_id: number; verified: number }>(
  'SELECT id, mailbox_id, verified FROM placements WHERE message_id = ?',
);
const UPDATE = writeSql(
  `UPDATE messages SET subject = ?, base_subject = ?, subject_hash = ?, from_name = ?, from_address = ?,
     headers_json = ?, size = ?, has_attachment = ?, parts_json = ? WHERE id = ?`,
);
const SET_IDENTITY = writeSql('UPDATE messages SET identity = ?, size = ?, date = ? WHERE id = ?');
const SET_BLOB = writeSql('UPDATE attachments SET blob_hash = ? WHERE message_id = ? AND idx = ?');
const ADD_ONLY_HERE = writeSql(
  `INSERT INTO placements (message_id, mailbox_id, uid, keywords, modseq, verified) VALUES (?, ?, 0, ?, NULL, ${ONLY_HERE})`,
);
const ADOPT = writeSql('UPDATE messages SET orphaned_at = NULL WHERE id = ?');

/** A message that was made on this computer: shown like any other from the first second (SYNC-286). */
export interface LocalMessage {
  readonly observed: Omit<ObservedMessage, 'uid' | 'modseq' | 'remoteThreadId'>;
  readonly body: BodyFacts;
  /** Contents of the attachments in their order where they are not inside the source; null = not here. */
  readonly blobs: readonly (string | null)[];
}

/** Puts it into a mailbox. In an account with a server it counts as ours alone until an append or a pull binds it. */
export function insertLocalMessage(
  tx: WriteTx,
  accountId: AccountId,
  mailboxId: MailboxId,
  message: LocalMessage,
): MessageId {
  const isLocal = prepared(tx.db, PROTOCOL).get(accountId)?.protocol === 'local';
  const observed = {
    ...message.observed,
    uid: isLocal ? nextLocalUid(tx, mailboxId) : 0,
    modseq: null,
    remoteThreadId: null,
  };
  const id = insertMessage(
    tx,
    prepareInsert(tx),
    accountId,
    mailboxId,
    packMessage(observed),
    isLocal ? 'server' : 'here',
  ) as MessageId;
  storeContent(tx, id, message);
  return id;
}

/** It was written on; where it lies and its conversation stay. */
export function updateLocalMessage(tx: WriteTx, messageId: MessageId, message: LocalMessage): void {
  const { observed } = message;
  const { headers } = observed;
  const thread = prepared(tx.db, THREAD).get(messageId);
  if (!thread) return;
  const { base } = baseSubject(headers.subject);
  prepared(tx.db, UPDATE).run(
    headers.subject,
    base,
    idHash(base),
    headers.from[0]?.name ?? '',
    headers.from[0]?.address ?? '',
    JSON.stringify(headers),
    observed.size,
    observed.hasAttachment ? 1 : 0,
    JSON.stringify(observed.parts),
    messageId,
  );
  tx.dirty.threads.set(thread.thread_id, null);
  for (const { mailbox_id } of prepared(tx.db, MEMBERSHIPS).all(messageId))
    tx.log(mailbox_id, messageId, 'change');
  storeContent(tx, messageId, message);
}

function storeContent(tx: WriteTx, messageId: MessageId, { body, blobs }: LocalMessage): void {
  storeBodies(tx, [{ messageId, body }]);
  blobs.forEach((hash, at) => {
    if (hash !== null) prepared(tx.db, SET_BLOB).run(hash, messageId, at);
  });
}

/** How the copy that is about to go upstream will be known again (SYNC-100). */
export function setLocalIdentity(
  tx: WriteTx,
  messageId: MessageId,
  {
    identity,
    size,
    date,
  }: { readonly identity: string | null; readonly size: number; readonly date: number },
): void {
  prepared(tx.db, SET_IDENTITY).run(identity, size, date, messageId);
  const thread = prepared(tx.db, THREAD).get(messageId);
  if (thread) tx.dirty.threads.set(thread.thread_id, null);
}

/** The server has lost a message whose text we still want: it stays here as ours alone. */
export function keepOnlyHere(
  tx: WriteTx,
  messageId: MessageId,
  mailboxId: MailboxId,
  keywords: readonly string[],
): void {
  prepared(tx.db, ADD_ONLY_HERE).run(messageId, mailboxId, packKeywords(keywords));
  prepared(tx.db, ADOPT).run(messageId);
  tx.dirty.messages.add(messageId);
}

/** Takes a message off the screen and out of the store. */
export function dropLocalMessage(tx: WriteTx, messageId: MessageId): void {
  const thread = prepared(tx.db, THREAD).get(messageId);
  if (!thread) return;
  for (const { mailbox_id } of prepared(tx.db, MEMBERSHIPS).all(messageId))
    tx.log(mailbox_id, messageId, 'remove');
  for (const { id, mailbox_id, verified } of prepared(tx.db, PLACEMENTS).all(messageId))
    removePlacement(tx, id, messageId, verified === 1 ? mailbox_id : null);
  deleteMessage(tx, messageId);
  tx.dirty.threads.set(thread.thread_id, null);
}
