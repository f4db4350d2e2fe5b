import type { HeaderFacts, PackedMessage } from '../../../shared/observation';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { idHash } from './id-hash';
import { nameKey } from './thread-keys';

const FIND_ID = readSql<{ thread_id: number; owners: number; merged_into: number | null }>(
  `SELECT i.thread_id, i.owners, t.merged_into FROM thread_ids i JOIN threads t ON t.id = i.thread_id
   WHERE i.account_id = ? AND i.id_hash = ?`,
);
const MERGED_INTO = readSql<{ merged_into: number | null }>('SELECT merged_into FROM threads WHERE id = ?');
const ADD_ID = writeSql(
  'INSERT INTO thread_ids (account_id, id_hash, thread_id, owners) VALUES (?, ?, ?, ?)',
);
const POINT_ID = writeSql(
  'UPDATE thread_ids SET thread_id = ?, owners = owners + ? WHERE account_id = ? AND id_hash = ?',
);
const ADD_THREAD = writeSql('INSERT INTO threads (account_id) VALUES (?)');
const MERGE_THREAD = writeSql('UPDATE threads SET merged_into = ? WHERE id = ?');
const MOVE_MESSAGES = writeSql('UPDATE messages SET thread_id = ? WHERE thread_id = ?');
const COUNT_MESSAGES = readSql<{ n: number }>('SELECT count(*) AS n FROM messages WHERE thread_id = ?');
const SHOWN_MESSAGES = readSql<{ id: number; mailbox_id: number }>(
  'SELECT m.id, s.mailbox_id FROM messages m JOIN memberships s ON s.message_id = m.id WHERE m.thread_id = ?',
);
const SAME_SUBJECT = readSql<{ thread_id: number; headers_json: string }>(
  `SELECT thread_id, headers_json FROM messages
   WHERE account_id = ? AND subject_hash = ? AND received_at BETWEEN ? AND ? LIMIT 200`,
);
const LOOSE_SAME_SUBJECT = readSql<{ thread_id: number; headers_json: string }>(
  `SELECT thread_id, headers_json FROM messages INDEXED BY messages_loose
   WHERE account_id = ? AND subject_hash = ? AND received_at BETWEEN ? AND ? AND loose_reply = 1 LIMIT 200`,
);

/** A thread holds at most this many messages, then a continuation begins (SYNC-328). */
const THREAD_LIMIT = 2_000;
/** From so many messages with one Message-ID on it is a robot's and links nothing (SYNC-328). */
const COPIES_LIMIT = 3;
/** How far apart two messages may be that only their subject connects (SYNC-325). */
const SUBJECT_WINDOW_MS = 14 * 86_400_000;

interface Key {
  readonly hash: number;
  /** Of the message's own id. */
  readonly own: boolean;
  readonly bridge: boolean;
}

/**
 * Finds or makes the thread of a message that is about to be stored, and merges threads it turns out to connect
 * (SYNC-322..328). Every message contributes fixed edges between ids, so the order of arrival does not matter.
 */
export function linkThread(
  tx: WriteTx,
  accountId: number,
  message: PackedMessage,
): { threadId: number; created: boolean } {
  const { db } = tx;
  const find = prepared(db, FIND_ID);
  const found = new Set<number>();
  const missing: { hash: number; owners: number }[] = [];
  const pointing: { hash: number; owners: number }[] = [];
  for (const key of keysOf(message)) {
    const { hash } = key;
    const hit = find.get(accountId, hash);
    const owners = key.own ? 1 : 0;
    if (!hit) {
      if (!missing.some((other) => other.hash === hash)) missing.push({ hash, owners });
      continue;
    }
    if (key.own && hit.owners >= COPIES_LIMIT) continue;
    // The bridge joins answers without a subject of their own; a second message with this id does not take it over.
    if (key.bridge && hit.owners > 0) continue;
    found.add(hit.merged_into === null ? hit.thread_id : rootOf(tx, hit.merged_into));
    pointing.push({ hash, owners });
  }
  if (!message.remoteThread)
    for (const threadId of threadsBySubject(tx, accountId, message)) found.add(threadId);

  const { threadId, created } = chooseThread(tx, accountId, [...found]);
  const add = prepared(db, ADD_ID);
  for (const { hash, owners } of missing) add.run(accountId, hash, threadId, owners);
  for (const { hash, owners } of pointing) {
    if (owners > 0 || created) prepared(db, POINT_ID).run(threadId, owners, accountId, hash);
  }
  return { threadId, created };
}

function keysOf({ ownKey, bridgeKey, namedKeys }: PackedMessage): Key[] {
  const keys: Key[] = [];
  if (ownKey !== null) keys.push({ hash: ownKey, own: true, bridge: false });
  if (bridgeKey !== null) keys.push({ hash: bridgeKey, own: true, bridge: true });
  for (const hash of namedKeys) keys.push({ hash, own: false, bridge: false });
  return keys;
}

/** Joins a thread with that of the message of this id, which was found out later than it was stored; if there is one. */
export function joinThread(tx: WriteTx, accountId: number, threadId: number, messageId: string): void {
  const other = prepared(tx.db, FIND_ID).get(accountId, idHash(nameKey(messageId)));
  if (!other) return;
  const roots = [threadId, other.merged_into ?? other.thread_id].map((id) => rootOf(tx, id));
  if (roots[0] !== roots[1]) chooseThread(tx, accountId, roots);
}

/** The oldest of the threads found survives and takes the others in, as far as the limit allows. */
function chooseThread(
  tx: WriteTx,
  accountId: number,
  found: number[],
): { threadId: number; created: boolean } {
  const count = prepared(tx.db, COUNT_MESSAGES);
  const survivor = found.length === 0 ? undefined : Math.min(...found);
  let size = survivor === undefined ? 0 : (count.get(survivor)?.n ?? 0);
  if (survivor === undefined || size >= THREAD_LIMIT) {
    const { lastInsertRowid } = prepared(tx.db, ADD_THREAD).run(accountId);
    return { threadId: Number(lastInsertRowid), created: true };
  }
  for (const other of found) {
    if (other === survivor) continue;
    const otherSize = count.get(other)?.n ?? 0;
    if (size + otherSize > THREAD_LIMIT) continue;
    size += otherSize;
    mergeThread(tx, other, survivor);
  }
  return { threadId: survivor, created: false };
}

/** Devices see a new conversation id on each message, never a removal (SYNC-327). */
function mergeThread(tx: WriteTx, from: number, into: number): void {
  for (const { id, mailbox_id } of prepared(tx.db, SHOWN_MESSAGES).all(from))
    tx.log(mailbox_id, id, 'change');
  prepared(tx.db, MOVE_MESSAGES).run(into, from);
  prepared(tx.db, MERGE_THREAD).run(into, from);
  tx.dirty.threads.set(from, null);
  tx.dirty.threads.set(into, null);
}

function rootOf(tx: WriteTx, threadId: number): number {
  let root = threadId;
  for (;;) {
    const next = prepared(tx.db, MERGED_INTO).get(root)?.merged_into;
    if (next === null || next === undefined) return root;
    root = next;
  }
}

/**
 * Without any reference only an answer joins by subject, and only people it shares (SYNC-325). The tie is the same
 * whichever of the two arrives first, so a message with references also looks for such answers to it.
 */
function threadsBySubject(tx: WriteTx, accountId: number, message: PackedMessage): number[] {
  const { receivedAt } = message;
  if (message.baseSubject === '') return [];
  const statement = message.looseReply ? SAME_SUBJECT : LOOSE_SAME_SUBJECT;
  const near = prepared(tx.db, statement).all(
    accountId,
    message.subjectHash,
    receivedAt - SUBJECT_WINDOW_MS,
    receivedAt + SUBJECT_WINDOW_MS,
  );
  if (near.length === 0) return [];
  const people = new Set(peopleOf(message.headersJson));
  return near
    .filter((other) => peopleOf(other.headers_json).some((address) => people.has(address)))
    .map((other) => other.thread_id);
}

function peopleOf(headersJson: string): string[] {
  const headers = JSON.parse(headersJson) as HeaderFacts;
  return [...headers.from, ...headers.to, ...headers.cc].map(({ address }) => address.toLowerCase());
}
