import { COLLECTIONS } from '../collections';
import type { Store } from '../open-store';
import { prepared, readSql } from '../sql';
import { readDoc } from './docs';
import { indexMessage, lacks } from './feed';
import type { ReadableText } from './message-text';
import { queryTermsOf } from './words';

/** Every night one of so many parts (SYNC-372): each message is looked at once a month. */
const SLICES = 30;
/** Messages looked at in one turn. */
const CHUNK = 100;
const DAY_MS = 24 * 60 * 60_000;

const SLICE = readSql<{ id: number; subject: string; from_address: string }>(
  `SELECT id, subject, from_address FROM messages WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
);
const LARGEST = readSql<{ id: number }>('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
const FINDS = readSql<{ rowid: number }>(
  'SELECT rowid FROM search_words WHERE search_words MATCH ? AND rowid = ?',
);

export interface Checked {
  readonly looked: number;
  /** Messages that were not found by their own words, or not at all, and are written again. */
  readonly mended: number;
}

/**
 * Looks every message of today's slice up by its own subject and sender, and writes again what is not found: a part per
 * turn. Messages of neighbouring ids are one slice, so that it is read in a row.
 */
export function* checkSlice(store: Store, nowMs: number, readable: ReadableText): Generator<Checked> {
  const largest = prepared(store.read, LARGEST).get()?.id ?? 0;
  const slice = Math.floor(nowMs / DAY_MS) % SLICES;
  const size = Math.ceil(largest / SLICES);
  const end = Math.min(largest, (slice + 1) * size);
  for (let at = slice * size; at < end; ) {
    const messages = prepared(store.read, SLICE).all(at, end, CHUNK);
    if (messages.length === 0) return;
    const wrong = messages.filter((message) => !isFound(store, message)).map(({ id }) => id);
    if (wrong.length > 0)
      store.writeTx('server', (tx) => {
        for (const id of wrong) indexMessage(tx, id, readable, true);
        tx.log(COLLECTIONS.search, 0, 'change');
      });
    yield { looked: messages.length, mended: wrong.length };
    at = messages.at(-1)?.id ?? end;
  }
}

function isFound(
  { read }: Store,
  { id, subject, from_address }: { id: number; subject: string; from_address: string },
): boolean {
  const doc = readDoc(read, id);
  // What is new is none of its business: the feed has not come to it yet.
  if (doc === null || lacks(read, id)) return doc !== null;
  return [
    ['subject', subject],
    ['author', from_address],
  ].every(([column, text]) => {
    const terms = queryTermsOf((text ?? '').slice(0, 200)).slice(0, 8);
    return (
      terms.length === 0 ||
      prepared(read, FINDS).get(`{${column}} : "${terms.join(' ')}"`, doc.rowid) !== undefined
    );
  });
}
