import type { Statement } from 'better-sqlite3';
import { DELETED } from '../../../shared/domain';
import type { PackedMessage } from '../../../shared/observation';
import { hasKeyword, packKeywords, unpackKeywords } from '../keywords';
import { prepared, writeSql } from '../sql';
import { linkThread } from '../threads/link-thread';
import { countCoverage, type WriteTx } from '../write-tx';
import { ONLY_HERE } from './placements';

const INSERT_MESSAGE = writeSql(
  `INSERT INTO messages (account_id, thread_id, identity, subject, base_subject, subject_hash, loose_reply, from_name,
     from_address, headers_json, received_at, date, size, snippet, keywords, has_attachment, parts_json, body_state)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)`,
);
const INSERT_PLACEMENT = writeSql(
  'INSERT INTO placements (message_id, mailbox_id, uid, keywords, modseq, verified) VALUES (?, ?, ?, ?, ?, ?)',
);
const INSERT_MEMBERSHIP = writeSql(
  'INSERT INTO memberships (mailbox_id, received_at, message_id) VALUES (?, ?, ?)',
);

export interface InsertStatements {
  readonly message: Statement<unknown[], never>;
  readonly placement: Statement<unknown[], never>;
  readonly membership: Statement<unknown[], never>;
}

/** The statements of the hot loop, looked up once per batch. */
export function prepareInsert(tx: WriteTx): InsertStatements {
  return {
    message: prepared(tx.db, INSERT_MESSAGE),
    placement: prepared(tx.db, INSERT_PLACEMENT),
    membership: prepared(tx.db, INSERT_MEMBERSHIP),
  };
}

/**
 * A message nobody knew: row, first copy, thread and membership. No intent can name it yet, so its screen is its one
 * fact and no replay is needed. `place` 'here' = it was made on this computer and the server does not have it.
 */
export function insertMessage(
  tx: WriteTx,
  statements: InsertStatements,
  accountId: number,
  mailboxId: number,
  message: PackedMessage,
  place: 'server' | 'here' = 'server',
): number {
  const { receivedAt, keywords: facts, hasAttachment, fromName, fromAddress, size } = message;
  const { threadId, created } = linkThread(tx, accountId, message);
  const hidden = hasKeyword(facts, DELETED);
  const keywords = hidden
    ? packKeywords(unpackKeywords(facts).filter((keyword) => keyword !== DELETED))
    : facts;
  const { lastInsertRowid } = statements.message.run(
    accountId,
    threadId,
    message.identity,
    message.subject,
    message.baseSubject,
    message.subjectHash,
    message.looseReply ? 1 : 0,
    fromName,
    fromAddress,
    message.headersJson,
    receivedAt,
    message.date,
    size,
    keywords,
    hasAttachment ? 1 : 0,
    message.partsJson,
    'none',
  );
  const id = Number(lastInsertRowid);
  const verified = place === 'server' ? 1 : ONLY_HERE;
  statements.placement.run(id, mailboxId, message.uid, facts, message.modseq, verified);
  if (place === 'server') countCoverage(tx, mailboxId, 1, 0);
  if (hidden) {
    if (!tx.dirty.threads.has(threadId)) tx.dirty.threads.set(threadId, created ? [] : null);
    return id;
  }
  statements.membership.run(mailboxId, receivedAt, id);
  tx.log(mailboxId, id, 'add');
  const fresh = created ? [] : tx.dirty.threads.get(threadId);
  if (!fresh) {
    tx.dirty.threads.set(threadId, null);
    return id;
  }
  fresh.push({
    id,
    accountId,
    receivedAt,
    size,
    keywords,
    hasAttachment,
    fromName,
    fromAddress,
    baseSubject: message.baseSubject,
    mailboxIds: [mailboxId],
    snooze: null,
  });
  tx.dirty.threads.set(threadId, fresh);
  return id;
}
