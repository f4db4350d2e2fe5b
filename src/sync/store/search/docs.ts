import type { ReadableDb } from '../handles';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

/** Seconds of a rowid's time and messages of one second (SYNC-363): together 52 bits, exact as a JS number. */
const TIES = 2 ** 20;
const LATEST_SECOND = 2 ** 32 - 1;

/** The least rowid a message received at that instant (milliseconds UTC) can have; ascending with time. */
export function firstRowid(receivedAt: number): number {
  const second = Math.floor(receivedAt / 1000);
  return Math.min(LATEST_SECOND, Math.max(0, Number.isFinite(second) ? second : LATEST_SECOND)) * TIES;
}

/** The second a rowid stands for, in milliseconds UTC. */
export function instantOf(rowid: number): number {
  return Math.floor(rowid / TIES) * 1000;
}

/** What the index has of a message: 0 = its headers, its text is not here yet; 1 = all there is. */
export type DocState = 0 | 1;
export interface Doc {
  readonly rowid: number;
  readonly state: DocState;
}

/** Columns of the index of words. */
export interface DocText {
  readonly subject: string;
  readonly author: string;
  readonly addressee: string;
  readonly copied: string;
  readonly blind: string;
  readonly body: string;
  readonly files: string;
  readonly list: string;
}
/** Columns of the index of parts of words. */
export type DocParts = Omit<DocText, 'body' | 'list'>;

const DOC = readSql<Doc>('SELECT rowid, state FROM search_docs WHERE message_id = ?');
const TAKEN = readSql<{ rowid: number }>('SELECT rowid FROM search_docs WHERE rowid = ?');
const INSERT_DOC = writeSql(
  'INSERT INTO search_docs (rowid, message_id, account_id, state) VALUES (?, ?, ?, ?)',
);
const SET_STATE = writeSql('UPDATE search_docs SET state = ? WHERE rowid = ?');
const DELETE_DOC = writeSql('DELETE FROM search_docs WHERE rowid = ?');
const INSERT_WORDS = writeSql(
  `INSERT INTO search_words (rowid, subject, author, addressee, copied, blind, body, files, list)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const DELETE_WORDS = writeSql('DELETE FROM search_words WHERE rowid = ?');
const INSERT_PARTS = writeSql(
  `INSERT INTO search_parts (rowid, subject, author, addressee, copied, blind, files)
   VALUES (?, ?, ?, ?, ?, ?, ?)`,
);
const DELETE_PARTS = writeSql('DELETE FROM search_parts WHERE rowid = ?');

/** Null while no search finds the message. */
export function readDoc(db: ReadableDb, messageId: number): Doc | null {
  return prepared(db, DOC).get(messageId) ?? null;
}

export interface NewDoc {
  readonly messageId: number;
  readonly accountId: number;
  readonly receivedAt: number;
  readonly state: DocState;
  readonly words: DocText;
  readonly parts: DocParts;
}

/** Puts a message into both indexes; `before` is what it had there. Answers its rowid. */
export function writeDoc(tx: WriteTx, doc: NewDoc, before: Doc | null): number {
  const { db } = tx;
  const { words, parts } = doc;
  const rowid = before?.rowid ?? freeRowid(db, doc.receivedAt, doc.messageId);
  if (before) {
    prepared(db, DELETE_WORDS).run(rowid);
    prepared(db, DELETE_PARTS).run(rowid);
    prepared(db, SET_STATE).run(doc.state, rowid);
  } else prepared(db, INSERT_DOC).run(rowid, doc.messageId, doc.accountId, doc.state);
  prepared(db, INSERT_WORDS).run(
    rowid,
    words.subject,
    words.author,
    words.addressee,
    words.copied,
    words.blind,
    words.body,
    words.files,
    words.list,
  );
  prepared(db, INSERT_PARTS).run(
    rowid,
    parts.subject,
    parts.author,
    parts.addressee,
    parts.copied,
    parts.blind,
    parts.files,
  );
  return rowid;
}

/** A message that goes is found no more from this instant on. */
export function deleteDoc(tx: WriteTx, messageId: number): void {
  const doc = readDoc(tx.db, messageId);
  if (!doc) return;
  prepared(tx.db, DELETE_WORDS).run(doc.rowid);
  prepared(tx.db, DELETE_PARTS).run(doc.rowid);
  prepared(tx.db, DELETE_DOC).run(doc.rowid);
}

/** Messages of one second stand in the order of their ids, as long as these differ in their last 20 bits. */
function freeRowid(db: ReadableDb, receivedAt: number, messageId: number): number {
  const first = firstRowid(receivedAt);
  const taken = prepared(db, TAKEN);
  for (let step = 0; step < TIES; step++) {
    const rowid = first + ((messageId + step) % TIES);
    if (!taken.get(rowid)) return rowid;
  }
  throw new Error('A second has more messages than ids');
}
