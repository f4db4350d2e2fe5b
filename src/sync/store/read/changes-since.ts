import { type Origin, Seq } from '../../../shared/domain';
import type { ChangeOp } from '../collections';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { currentSeq } from './panels';

const ALL = readSql<ChangeRecord>(
  'SELECT seq, collection, item, op, origin, at FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?',
);
const OF_COLLECTION = readSql<ChangeRecord>(
  `SELECT seq, collection, item, op, origin, at FROM change_log WHERE collection = ? AND seq > ?
   ORDER BY seq LIMIT ?`,
);
const OLDEST = readSql<{ seq: number }>('SELECT seq FROM change_log ORDER BY seq LIMIT 1');

interface ChangeRecord {
  readonly seq: number;
  readonly collection: number;
  readonly item: number;
  readonly op: ChangeOp;
  readonly origin: Origin;
  readonly at: number;
}

/** One entry of the change log: what happened to one item of one collection. */
export interface LoggedChange {
  readonly seq: Seq;
  /** A mailbox's id (item = message id) or one of COLLECTIONS. */
  readonly collection: number;
  readonly item: number;
  readonly op: ChangeOp;
  readonly origin: Origin;
  /** Milliseconds UTC. */
  readonly at: number;
}

export type ChangesSince =
  | {
      readonly kind: 'changes';
      /** In the order of the log; may name an item more than once. */
      readonly changes: readonly LoggedChange[];
      /** Where to go on from: everything up to it was answered. */
      readonly seq: Seq;
      readonly more: boolean;
    }
  /** What happened since then is not remembered, or never was: the reader must look at the collection as a whole. */
  | { readonly kind: 'behind'; readonly seq: Seq };

/**
 * What changed in one collection (null = in all) after a position, at most `limit` entries (SYNC-314). One mechanism
 * for windows, ActiveSync and DAV. Call it inside the read transaction that reads the collection too: then `seq` is the
 * position of both. Every change that was committed up to `seq` is answered, or the reader is told that it is behind.
 */
export function changesSince(
  db: ReadableDb,
  collection: number | null,
  since: Seq,
  limit: number,
): ChangesSince {
  const last = Seq.parse(currentSeq(db));
  const oldest = prepared(db, OLDEST).get()?.seq ?? 1;
  // Above the last one it is a position of another life of this database.
  if (since < oldest - 1 || since > last) return { kind: 'behind', seq: last };
  const records =
    collection === null
      ? prepared(db, ALL).all(since, limit)
      : prepared(db, OF_COLLECTION).all(collection, since, limit);
  const more = records.length === limit;
  const changes = records.map((record) => ({ ...record, seq: Seq.parse(record.seq) }));
  return { kind: 'changes', changes, seq: more ? (changes.at(-1)?.seq ?? last) : last, more };
}
