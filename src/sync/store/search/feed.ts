import type { MessageId } from '../../../shared/domain';
import type { HeaderFacts, PartFacts } from '../../../shared/observation';
import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { getBody, listAttachments } from '../read/bodies';
import { type BodyState, bodyState } from '../read/messages';
import { currentSeq } from '../read/panels';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { countIndexed } from './coverage';
import { type DocState, readDoc, writeDoc } from './docs';
import { MAX_INDEXED, type ReadableText, textsOf } from './message-text';

const STATE = readSql<FeedState>('SELECT seq, fill_below AS fillBelow FROM search_state WHERE id = 1');
const SAVE_STATE = writeSql(
  `INSERT INTO search_state (id, seq, fill_below) VALUES (1, ?, ?)
   ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, fill_below = excluded.fill_below`,
);
const OLDEST = readSql<{ seq: number }>('SELECT seq FROM change_log ORDER BY seq LIMIT 1');
const CHANGES = readSql<{ seq: number; collection: number; item: number; op: string }>(
  'SELECT seq, collection, item, op FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?',
);
const FILL = readSql<{ id: number }>('SELECT id FROM messages WHERE id < ? ORDER BY id DESC LIMIT ?');
const LARGEST = readSql<{ id: number }>('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
const MESSAGE = readSql<MessageFactsRecord>(
  `SELECT id, account_id, subject, headers_json, parts_json, received_at, body_state FROM messages WHERE id = ?`,
);

/** Entries of the log looked at in one step; most concern marks, which the index does not hold. */
const LOG_PAGE = 500;
/** Messages of the filling read in one step. */
const FILL_PAGE = 100;

interface MessageFactsRecord {
  readonly id: MessageId;
  readonly account_id: number;
  readonly subject: string;
  readonly headers_json: string;
  readonly parts_json: string;
  readonly received_at: number;
  readonly body_state: BodyState;
}

/** How far the index is (SYNC-371): behind at most, never wrong. */
export interface FeedState {
  /** Everything up to this position of the change log is in it. */
  readonly seq: number;
  /** What was there before the log is filled in from the newest message down; 0 = all of it is. */
  readonly fillBelow: number;
}

/** One step's work: messages that may lack something in the index, and where the index is when they are done. */
export interface FeedStep {
  readonly items: readonly FeedItem[];
}
interface FeedItem {
  readonly messageId: number;
  readonly after: FeedState;
}

/** Null before the first step. */
export function feedState(db: ReadableDb): FeedState | null {
  return prepared(db, STATE).get() ?? null;
}

/**
 * What comes next for the index: first what has changed, then the filling. `seen` is a position of the log up to which
 * nothing concerned the index, from the step before. Looks at one page of the log, some 4 ms (SYNC-395): no items only
 * mean that there is nothing to do when `end` says so.
 */
export function nextStep(
  db: ReadableDb,
  seen: number,
): FeedStep & { readonly seen: number; readonly end: boolean } {
  const last = currentSeq(db);
  const stored = feedState(db);
  const oldest = prepared(db, OLDEST).get()?.seq ?? 1;
  // Nothing yet, or the log has forgotten what happened meanwhile, or it is another life of the database.
  const state =
    stored === null || stored.seq < oldest - 1 || stored.seq > last
      ? { seq: last, fillBelow: (prepared(db, LARGEST).get()?.id ?? 0) + 1 }
      : stored;
  const from = Math.max(state.seq, seen <= last ? seen : 0);
  const changes = prepared(db, CHANGES).all(from, LOG_PAGE);
  const changed = changes.flatMap(({ seq, collection, item, op }): FeedItem[] => {
    const concerns = op !== 'remove' && (collection > 0 || collection === COLLECTIONS.bodies);
    return concerns && lacks(db, item) ? [{ messageId: item, after: { ...state, seq } }] : [];
  });
  if (changed.length > 0) return { items: changed, seen: from, end: false };
  const looked = changes.at(-1)?.seq ?? from;
  if (changes.length === LOG_PAGE) return { items: [], seen: looked, end: false };
  const items: FeedItem[] = [];
  if (state.fillBelow > 0) {
    const ids = prepared(db, FILL).all(state.fillBelow, FILL_PAGE);
    for (const { id } of ids) items.push({ messageId: id, after: { ...state, fillBelow: id } });
    // An item without a message: it only says that the filling is over.
    if (ids.length < FILL_PAGE) items.push({ messageId: 0, after: { ...state, fillBelow: 0 } });
  }
  return { items, seen: looked, end: items.length === 0 };
}

/**
 * Puts messages into the index until `enough` says so, at least one, and moves its position with them: one transaction.
 * Answers how many items are done.
 */
export function feedSome(
  tx: WriteTx,
  step: FeedStep,
  from: number,
  readable: ReadableText,
  enough: () => boolean,
): number {
  let at = from;
  while (at < step.items.length) {
    const { messageId } = step.items[at] as FeedItem;
    indexMessage(tx, messageId, readable);
    at++;
    if (enough()) break;
  }
  const done = step.items[at - 1];
  if (done) prepared(tx.db, SAVE_STATE).run(done.after.seq, done.after.fillBelow);
  // The coverage of mailboxes is shown: once per step is often enough.
  if (at === step.items.length) tx.touch('mailboxes');
  tx.log(COLLECTIONS.search, 0, 'change');
  return at - from;
}

/** Begins anew: what the index has stays usable and is looked through from the newest message down. */
export function refill(tx: WriteTx): void {
  const state = feedState(tx.db);
  const above = (prepared(tx.db, LARGEST).get()?.id ?? 0) + 1;
  prepared(tx.db, SAVE_STATE).run(state?.seq ?? currentSeq(tx.db), above);
  tx.log(COLLECTIONS.search, 0, 'change');
}

/** Whether a message that is here is not in the index, or has got its text since. */
export function lacks(db: ReadableDb, messageId: number): boolean {
  const body = bodyState(db, messageId as MessageId);
  if (body === null) return false;
  const doc = readDoc(db, messageId);
  return doc === null || doc.state < stateOf(body);
}

/** Puts one message into the index if it lacks something; `again`: whatever is there is written anew. */
export function indexMessage(tx: WriteTx, messageId: number, readable: ReadableText, again = false): void {
  const { db } = tx;
  const message = prepared(db, MESSAGE).get(messageId);
  if (!message) return;
  const before = readDoc(db, messageId);
  const state = stateOf(message.body_state);
  if (before && before.state >= state && !again) return;
  const { words, parts } = textsOf({
    subject: message.subject,
    headers: JSON.parse(message.headers_json) as HeaderFacts,
    files: filesOf(db, message),
    body: message.body_state === 'here' ? bodyText(db, message.id, readable) : null,
  });
  const { account_id: accountId, received_at: receivedAt } = message;
  writeDoc(tx, { messageId, accountId, receivedAt, state, words, parts }, before);
  countIndexed(tx, messageId, before ? 0 : 1, state - (before?.state ?? 0));
}

/** What is gone or unreadable at the server has no text to wait for. */
function stateOf(body: BodyState): DocState {
  return body === 'none' || body === 'queued' ? 0 : 1;
}

function filesOf(db: ReadableDb, message: MessageFactsRecord): string[] {
  if (message.body_state === 'here') return listAttachments(db, message.id).map(({ filename }) => filename);
  return (JSON.parse(message.parts_json) as PartFacts[]).map(({ filename }) => filename);
}

function bodyText(db: ReadableDb, messageId: MessageId, readable: ReadableText): string {
  const body = getBody(db, messageId);
  return body ? readable(body, MAX_INDEXED) : '';
}
