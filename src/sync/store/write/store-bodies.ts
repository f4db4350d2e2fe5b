import type { MailboxId, MessageId } from '../../../shared/domain';
import type { BodyFacts, PackedBlob, PackedBody } from '../../../shared/observation';
import { putBlob } from '../blobs';
import { COLLECTIONS } from '../collections';
import { packBody } from '../pack-body';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import { applyReport } from './apply-report';

const MESSAGE = readSql<{ body_state: string; thread_id: number; has_attachment: number }>(
  'SELECT body_state, thread_id, has_attachment FROM messages WHERE id = ?',
);
const SAVE_BODY = writeSql(
  `INSERT INTO bodies (message_id, text_encoding, text, html_encoding, html, truncated, protection, charset, source_hash)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (message_id) DO UPDATE SET text_encoding = excluded.text_encoding, text = excluded.text,
     html_encoding = excluded.html_encoding, html = excluded.html, truncated = excluded.truncated,
     protection = excluded.protection, charset = excluded.charset,
     source_hash = coalesce(excluded.source_hash, bodies.source_hash)`,
);
const SAVE_ATTACHMENT = writeSql(
  `INSERT INTO attachments (message_id, idx, section, filename, media_type, size, content_id, inline, blob_hash)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (message_id, idx) DO UPDATE SET section = excluded.section, filename = excluded.filename,
     media_type = excluded.media_type, size = excluded.size, content_id = excluded.content_id,
     inline = excluded.inline, blob_hash = coalesce(excluded.blob_hash, attachments.blob_hash)`,
);
const DROP_ATTACHMENTS = writeSql('DELETE FROM attachments WHERE message_id = ? AND idx >= ?');
const SET_HERE = writeSql(
  "UPDATE messages SET body_state = 'here', snippet = ?, has_attachment = ? WHERE id = ?",
);
const SET_STATE = writeSql('UPDATE messages SET body_state = ? WHERE id = ?');
const QUEUE = writeSql("UPDATE messages SET body_state = 'queued' WHERE id = ? AND body_state = 'none'");
const COUNTED_IN = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM placements WHERE message_id = ? AND verified = 1',
);
const SHOWN_ROWS = readSql<{ list_id: number }>('SELECT list_id FROM list_rows WHERE thread_id = ?');
const SET_CONTENT = writeSql(
  'UPDATE attachments SET blob_hash = ?, size = ? WHERE message_id = ? AND idx = ?',
);
const SET_SOURCE = writeSql('UPDATE bodies SET source_hash = ? WHERE message_id = ?');

export interface StoredBody {
  readonly messageId: MessageId;
  readonly body: BodyFacts;
}

/** Stores parsed bodies with their attachments (SYNC-342). Never a placeholder: what is here is complete (SYNC-059). */
export function storeBodies(tx: WriteTx, items: readonly StoredBody[]): void {
  for (const { messageId, body } of items) storePackedBody(tx, messageId, packBody(body));
}

/** The same for a body that was packed elsewhere: nothing is left but to write it. */
export function storePackedBody(tx: WriteTx, messageId: MessageId, body: PackedBody): void {
  const { db } = tx;
  const message = prepared(db, MESSAGE).get(messageId);
  // Removed while its body was on the way.
  if (!message) return;
  prepared(db, SAVE_BODY).run(
    messageId,
    body.text?.encoding ?? null,
    body.text?.data ?? null,
    body.html?.encoding ?? null,
    body.html?.data ?? null,
    body.truncated ? 1 : 0,
    body.protection,
    body.charset,
    body.source === null ? null : putBlob(tx, body.source),
  );
  body.attachments.forEach((part, index) => {
    prepared(db, SAVE_ATTACHMENT).run(
      messageId,
      index,
      part.section,
      part.filename,
      part.mediaType,
      part.content?.size ?? part.size,
      part.contentId,
      part.inline ? 1 : 0,
      part.content === null ? null : putBlob(tx, part.content),
    );
  });
  prepared(db, DROP_ATTACHMENTS).run(messageId, body.attachments.length);
  const hasAttachment = body.attachments.some(({ inline }) => !inline) ? 1 : 0;
  prepared(db, SET_HERE).run(body.snippet, hasAttachment, messageId);
  if (message.body_state !== 'here') countBody(tx, messageId, 1);
  if (hasAttachment !== message.has_attachment) tx.dirty.threads.set(message.thread_id, null);
  announce(tx, messageId, message.thread_id);
  if (body.report) applyReport(tx, messageId, body.report);
}

/** The server no longer has it (SYNC-347). */
export function markBodyGone(tx: WriteTx, messageId: MessageId): void {
  setBodyState(tx, messageId, 'gone');
}

/** It came and could not be read; the raw source stays available. */
export function markBodyUnreadable(tx: WriteTx, messageId: MessageId): void {
  setBodyState(tx, messageId, 'unreadable');
}

/** Someone opened it: fetched first when online (SYNC-345). */
export function queueBody(tx: WriteTx, messageId: MessageId): void {
  prepared(tx.db, QUEUE).run(messageId);
  tx.log(COLLECTIONS.bodies, messageId, 'change');
  tx.touch(`body:${messageId}`);
}

/** Content of one attachment that was fetched on demand. */
export function storeAttachment(tx: WriteTx, messageId: MessageId, index: number, content: PackedBlob): void {
  prepared(tx.db, SET_CONTENT).run(putBlob(tx, content), content.size, messageId, index);
  tx.log(COLLECTIONS.bodies, messageId, 'change');
  tx.touch(`body:${messageId}`);
}

/** The whole source that was fetched on demand; the body row exists already. */
export function storeSource(tx: WriteTx, messageId: MessageId, source: PackedBlob): void {
  prepared(tx.db, SET_SOURCE).run(putBlob(tx, source), messageId);
  tx.log(COLLECTIONS.bodies, messageId, 'change');
  tx.touch(`body:${messageId}`);
}

function setBodyState(tx: WriteTx, messageId: MessageId, state: 'gone' | 'unreadable'): void {
  const message = prepared(tx.db, MESSAGE).get(messageId);
  if (!message || message.body_state === 'here') return;
  prepared(tx.db, SET_STATE).run(state, messageId);
  announce(tx, messageId, message.thread_id);
}

function countBody(tx: WriteTx, messageId: number, sign: 1 | -1): void {
  for (const { mailbox_id } of prepared(tx.db, COUNTED_IN).all(messageId))
    countCoverage(tx, mailbox_id as MailboxId, 0, sign);
}

/** The snippet shows in every list the conversation is in. */
function announce(tx: WriteTx, messageId: MessageId, threadId: number): void {
  tx.log(COLLECTIONS.bodies, messageId, 'change');
  tx.touch(`body:${messageId}`);
  tx.touch(`thread:${threadId}`);
  for (const { list_id } of prepared(tx.db, SHOWN_ROWS).all(threadId)) tx.touch(`list:${list_id}`);
}
