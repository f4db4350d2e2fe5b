import type { Mutation } from '../../../shared/contract/mutation';
import type { GestureId, MessageId, Origin } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { packKeywords, unpackKeywords } from '../keywords';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const INSERT = writeSql(
  "INSERT INTO gestures (id, origin, mutation_json, state, created_at) VALUES (?, ?, ?, 'done', ?)",
);
const INSERT_ITEM = writeSql(
  `INSERT INTO gesture_items (gesture_seq, message_id, from_mailbox, to_mailbox, added, removed)
   VALUES (?, ?, ?, ?, ?, ?)`,
);
const FORGET = writeSql('DELETE FROM gestures WHERE seq <= ? OR created_at < ?');
const GESTURE = readSql<{ seq: number; state: 'done' | 'undone'; mutation_json: string }>(
  'SELECT seq, state, mutation_json FROM gestures WHERE id = ?',
);
const ITEMS = readSql<{
  message_id: number;
  from_mailbox: number;
  to_mailbox: number;
  added: string;
  removed: string;
}>('SELECT message_id, from_mailbox, to_mailbox, added, removed FROM gesture_items WHERE gesture_seq = ?');
const SET_STATE = writeSql('UPDATE gestures SET state = ? WHERE seq = ?');

/** The undo stack holds so many gestures for so long, over restarts (SYNC-246). */
const KEPT_GESTURES = 100;
const KEPT_MS = 7 * 86_400_000;

/** What one gesture does to one message, told apart by what it touches. */
export type GestureStep =
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

export interface StoredGesture {
  readonly seq: number;
  readonly state: 'done' | 'undone';
  readonly mutation: Mutation;
  readonly steps: readonly GestureStep[];
}

/** Remembers what a gesture changed, message by message: undo restores exactly that (SYNC-235, 245). */
export function recordGesture(
  tx: WriteTx,
  id: GestureId,
  origin: Origin,
  mutation: Mutation,
  steps: readonly GestureStep[],
): void {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(id, origin, JSON.stringify(mutation), tx.nowMs);
  const seq = Number(lastInsertRowid);
  tx.log(COLLECTIONS.gestures, seq, 'add');
  const insertItem = prepared(tx.db, INSERT_ITEM);
  for (const step of steps) {
    if (step.kind === 'keywords')
      insertItem.run(seq, step.messageId, 0, 0, packKeywords(step.add), packKeywords(step.remove));
    else insertItem.run(seq, step.messageId, step.from, step.kind === 'move' ? step.to : 0, '', '');
  }
  prepared(tx.db, FORGET).run(seq - KEPT_GESTURES, tx.nowMs - KEPT_MS);
}

/** Null when it is unknown or no longer remembered. */
export function readGesture(db: ReadableDb, id: GestureId): StoredGesture | null {
  const row = prepared(db, GESTURE).get(id);
  if (!row) return null;
  const steps = prepared(db, ITEMS)
    .all(row.seq)
    .map((item): GestureStep => {
      const messageId = item.message_id as MessageId;
      if (item.from_mailbox === 0) {
        const add = unpackKeywords(item.added);
        return { kind: 'keywords', messageId, add, remove: unpackKeywords(item.removed) };
      }
      if (item.to_mailbox === 0) return { kind: 'delete', messageId, from: item.from_mailbox };
      return { kind: 'move', messageId, from: item.from_mailbox, to: item.to_mailbox };
    });
  return { seq: row.seq, state: row.state, mutation: JSON.parse(row.mutation_json) as Mutation, steps };
}

export function setGestureState(tx: WriteTx, seq: number, state: 'done' | 'undone'): void {
  prepared(tx.db, SET_STATE).run(state, seq);
  tx.log(COLLECTIONS.gestures, seq, 'change');
}
