import type { Mutation } from '../../../shared/contract/mutation';
import type { GestureId, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { packKeywords, unpackKeywords } from '../keywords';
import { SNOOZE_STATES, type Snooze } from '../snooze';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import type { MailboxGesture } from './mailbox-steps';

const INSERT = writeSql(
  "INSERT INTO gestures (id, origin, mutation_json, state, created_at) VALUES (?, ?, ?, 'done', ?)",
);
const INSERT_ITEM = writeSql(
  `INSERT INTO gesture_items (gesture_seq, message_id, from_mailbox, to_mailbox, added, removed)
   VALUES (?, ?, ?, ?, ?, ?)`,
);
const OVERDUE = readSql<{ seq: number }>(
  'SELECT seq FROM gestures WHERE seq <= ? OR created_at < ? ORDER BY seq LIMIT 1',
);
const NEWEST = readSql<{ seq: number | null }>('SELECT max(seq) AS seq FROM gestures');
const FORGET_ITEMS = writeSql(
  `DELETE FROM gesture_items WHERE (gesture_seq, message_id, from_mailbox) IN
     (SELECT gesture_seq, message_id, from_mailbox FROM gesture_items WHERE gesture_seq = ? LIMIT ?)`,
);
const FORGET = writeSql('DELETE FROM gestures WHERE seq = ?');
const GESTURE = readSql<{ seq: number; state: GestureState; mutation_json: string }>(
  'SELECT seq, state, mutation_json FROM gestures WHERE id = ? AND seq > ?',
);
const TARGETS = readSql<{ message_id: MessageId }>(
  'SELECT DISTINCT message_id FROM gesture_items WHERE gesture_seq = ?',
);
const STEPS = readSql<{ from_mailbox: number; to_mailbox: number; added: string; removed: string }>(
  `SELECT from_mailbox, to_mailbox, added, removed FROM gesture_items WHERE gesture_seq = ? AND message_id = ?`,
);
const SET_STATE = writeSql('UPDATE gestures SET state = ? WHERE seq = ?');

/** The undo stack holds so many gestures for so long, over restarts (SYNC-246). */
const KEPT_GESTURES = 100;
const KEPT_MS = 7 * 86_400_000;
/** Messages of old gestures that are forgotten with a new one; the daily round takes the rest. */
const FORGOTTEN_WITH_NEW = 250;

/** What a server, or the facts of a local account, must follow. */
export type ServerStep =
  | {
      readonly kind: 'keywords';
      readonly messageId: MessageId;
      /** Keywords that were not there before. */
      readonly add: readonly string[];
      /** Keywords that were there before. */
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'move';
      readonly messageId: MessageId;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'delete'; readonly messageId: MessageId; readonly from: number };

/** What only this computer knows of a message: it is put off, or back (APP-163). */
export interface SnoozeStep {
  readonly kind: 'snooze';
  readonly messageId: MessageId;
  readonly from: Snooze | null;
  readonly to: Snooze | null;
}

/** What one gesture does to one message, told apart by what it touches. */
export type GestureStep = ServerStep | SnoozeStep;

/** Stands in from_mailbox of a snooze step: no mailbox has this number, nor a keywords step (0). */
const SNOOZE_ITEM = -1;

/**
 * 'partly': its undo or redo did not get through all messages, because it was stopped or the process ended; both may
 * go on from there.
 */
export type GestureState = 'done' | 'undone' | 'partly';

export interface StoredGesture {
  readonly seq: number;
  readonly state: GestureState;
  readonly mutation: Mutation | MailboxGesture;
  readonly messageIds: readonly MessageId[];
}

/** Begins the memory of a gesture; answers its place in the history. The id must be new. */
export function insertGesture(tx: WriteTx, id: GestureId, mutation: Mutation | MailboxGesture): number {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(id, tx.origin, JSON.stringify(mutation), tx.nowMs);
  const seq = Number(lastInsertRowid);
  tx.log(COLLECTIONS.gestures, seq, 'add');
  forgetGestures(tx, FORGOTTEN_WITH_NEW);
  return seq;
}

/**
 * Forgets gestures that are too old or too many, oldest first and at most `limit` of their messages: one of a hundred
 * thousand takes many turns. Answers whether nothing is left to forget.
 */
export function forgetGestures(tx: WriteTx, limit: number): boolean {
  let left = limit;
  for (;;) {
    const overdue = prepared(tx.db, OVERDUE).get(oldestKept(tx.db) - 1, tx.nowMs - KEPT_MS);
    if (!overdue) return true;
    tx.log(COLLECTIONS.gestures, overdue.seq, 'remove');
    const { changes } = prepared(tx.db, FORGET_ITEMS).run(overdue.seq, left);
    left -= changes;
    if (left <= 0) return false;
    prepared(tx.db, FORGET).run(overdue.seq);
    // Also a gesture without messages costs something.
    left--;
  }
}

/** The first place in the history that still counts. */
export function oldestKept(db: ReadableDb): number {
  return (prepared(db, NEWEST).get()?.seq ?? 0) - KEPT_GESTURES + 1;
}

/** Remembers what a gesture changed, message by message: undo restores exactly that (SYNC-235, 245). */
export function recordSteps(tx: WriteTx, seq: number, steps: readonly GestureStep[]): void {
  const insertItem = prepared(tx.db, INSERT_ITEM);
  for (const step of steps) {
    if (step.kind === 'keywords')
      insertItem.run(seq, step.messageId, 0, 0, packKeywords(step.add), packKeywords(step.remove));
    else if (step.kind === 'snooze')
      insertItem.run(seq, step.messageId, SNOOZE_ITEM, 0, packSnooze(step.to), packSnooze(step.from));
    else insertItem.run(seq, step.messageId, step.from, step.kind === 'move' ? step.to : 0, '', '');
  }
  tx.log(COLLECTIONS.gestures, seq, 'change');
}

/** Null when it is unknown or no longer remembered. */
export function readGesture(db: ReadableDb, id: GestureId): StoredGesture | null {
  const row = prepared(db, GESTURE).get(id, oldestKept(db) - 1);
  if (!row) return null;
  const messageIds = prepared(db, TARGETS)
    .all(row.seq)
    .map(({ message_id }) => message_id);
  const mutation = JSON.parse(row.mutation_json) as StoredGesture['mutation'];
  return { seq: row.seq, state: row.state, mutation, messageIds };
}

/** What a gesture did to one message. */
export function gestureSteps(db: ReadableDb, seq: number, messageId: MessageId): GestureStep[] {
  return prepared(db, STEPS)
    .all(seq, messageId)
    .map((item): GestureStep => {
      if (item.from_mailbox === 0) {
        const add = unpackKeywords(item.added);
        return { kind: 'keywords', messageId, add, remove: unpackKeywords(item.removed) };
      }
      if (item.from_mailbox === SNOOZE_ITEM) {
        const from = unpackSnooze(item.removed);
        return { kind: 'snooze', messageId, from, to: unpackSnooze(item.added) };
      }
      if (item.to_mailbox === 0) return { kind: 'delete', messageId, from: item.from_mailbox };
      return { kind: 'move', messageId, from: item.from_mailbox, to: item.to_mailbox };
    });
}

/** '' = not put off. */
function packSnooze(snooze: Snooze | null): string {
  return snooze === null ? '' : `${snooze.mailboxId} ${snooze.until} ${snooze.state}`;
}

function unpackSnooze(packed: string): Snooze | null {
  const [mailboxId, until, word] = packed.split(' ');
  const state = SNOOZE_STATES.find((known) => known === word);
  return state === undefined ? null : { mailboxId: Number(mailboxId), until: Number(until), state };
}

export function setGestureState(tx: WriteTx, seq: number, state: GestureState): void {
  prepared(tx.db, SET_STATE).run(state, seq);
  tx.log(COLLECTIONS.gestures, seq, 'change');
}
