import type { Statement } from 'better-sqlite3';
import { DELETED } from '../../../shared/domain';
import type { ObservedMessage } from '../../../shared/observation';
import { hasKeyword, packKeywords } from '../keywords';
import { prepared, writeSql } from '../sql';
import { baseSubject } from '../threads/base-subject';
import { idHash } from '../threads/id-hash';
import { isLooseReply, linkThread } from '../threads/link-thread';
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
  observed: ObservedMessage,
  place: 'server' | 'here' = 'server',
): number {
  const { headers, receivedAt } = observed;
  const subject = baseSubject(headers.subject);
  const { threadId, created } = linkThread(tx, {
    accountId,
    headers,
    remoteThreadId: observed.remoteThreadId,
    subject,
    receivedAt,
  });
  const facts = packKeywords(observed.keywords);
  const hidden = hasKeyword(facts, DELETED);
  const keywords = hidden ? packKeywords(observed.keywords.filter((keyword) => keyword !== DELETED)) : facts;
  const from = headers.from[0] ?? headers.sender[0];
  const fromName = from?.name ?? '';
  const fromAddress = from?.address ?? '';
  const { lastInsertRowid } = statements.message.run(
    accountId,
    threadId,
    observed.identity,
    headers.subject,
    subject.base,
    idHash(subject.base),
    isLooseReply(headers, subject) ? 1 : 0,
    fromName,
    fromAddress,
    JSON.stringify(headers),
    receivedAt,
    headers.date ?? receivedAt,
    observed.size,
    keywords,
    observed.hasAttachment ? 1 : 0,
    JSON.stringify(observed.parts),
    'none',
  );
  const id = Number(lastInsertRowid);
  const verified = place === 'server' ? 1 : ONLY_HERE;
  statements.placement.run(id, mailboxId, observed.uid, facts, observed.modseq, verified);
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
    size: observed.size,
    keywords,
    hasAttachment: observed.hasAttachment,
    fromName,
    fromAddress,
    baseSubject: subject.base,
    mailboxIds: [mailboxId],
    snooze: null,
  });
  tx.dirty.threads.set(threadId, fresh);
  return id;
}
