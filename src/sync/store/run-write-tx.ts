import type { Topic } from '../../shared/contract/events';
import { type Origin, Seq } from '../../shared/domain';
import type { Clock } from '../ports/clock';
import { assert } from './assert';
import type { BlobFiles } from './blob-files';
import type { Notice } from './change-feed';
import { type ChangeOp, mergeOps, topicOf } from './collections';
import type { DiskSpace } from './disk-space';
import type { WritableDb } from './handles';
import { flushScreen } from './screen/flush-screen';
import { prepared, readSql, writeSql } from './sql';
import type { WriteTx } from './write-tx';

const INSERT_LOG = writeSql(
  'INSERT INTO change_log (collection, item, op, origin, at) VALUES (?, ?, ?, ?, ?)',
);
const LAST_SEQ = readSql<{ seq: number | null }>('SELECT max(seq) AS seq FROM change_log');
const TOTAL_CHANGES = readSql<{ n: number }>('SELECT total_changes() AS n');

/** A commit writes every page it touched, most of them index pages the next part touches again. */
const HOLD_MS = 100;

/** One part of a long write that is cut into turns. The parts of one `batch` may share a commit. */
export interface Part {
  readonly batch: object;
  /** False for the last one: everything is committed when it returns. */
  readonly more: boolean;
}

/** A transaction that waits for its next part. */
interface Held {
  readonly batch: object;
  readonly beganAt: number;
  readonly topics: ReadonlySet<Topic>;
  readonly stated: boolean;
  /** Ends the wait for a part that may never come. */
  readonly cancel: () => void;
}

export interface WriteCore {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly blobFiles: BlobFiles;
  emit(notice: Notice): void;
  /** A transaction was committed. */
  committed(): void;
  held: Held | null;
  readonly space: DiskSpace;
  /** Batches with a part that was taken for stored and could not be committed: their next part fails with the reason. */
  readonly lost: WeakMap<object, unknown>;
}

/**
 * Runs `work` in one immediate transaction: screen, change log and rows commit together, then the feed is told.
 * Throws (and rolls back) when rows were changed and no change-log entry was stated, and DiskFull (SYNC-348).
 *
 * With a `part` that has more to come the commit may wait for the next part, at most HOLD_MS; whatever else writes
 * meanwhile commits it first, so nobody waits for a batch and a rollback takes back parts of that batch only.
 */
export function runWriteTx<T>(core: WriteCore, origin: Origin, work: (tx: WriteTx) => T, part?: Part): T {
  const { db } = core;
  if (core.held && core.held.batch !== part?.batch) commitHeld(core);
  if (part && core.lost.has(part.batch)) throw core.lost.get(part.batch);
  core.space.look();
  const { held } = core;
  held?.cancel();
  assert(db.inTransaction === (held !== null), 'writeTx is not nested');
  const entries = new Map<number, Map<number, ChangeOp>>();
  const topics = new Set<Topic>(held?.topics);
  let stated = 0;
  const tx: WriteTx = {
    db,
    origin,
    nowMs: core.clock.now(),
    blobFiles: core.blobFiles,
    dirty: { messages: new Set(), threads: new Map(), coverage: new Map() },
    log: (collection, item, op) => {
      stated++;
      let items = entries.get(collection);
      if (!items) {
        items = new Map();
        entries.set(collection, items);
        const topic = topicOf(collection);
        if (topic) topics.add(topic);
      }
      const earlier = items.get(item);
      const merged = earlier ? mergeOps(earlier, op) : op;
      if (merged) items.set(item, merged);
      else items.delete(item);
    },
    touch: (topic) => topics.add(topic),
  };

  if (!held) db.exec('BEGIN IMMEDIATE');
  core.held = null;
  let result: T;
  try {
    const before = totalChanges(db);
    result = work(tx);
    flushScreen(tx);
    assert(stated > 0 || totalChanges(db) === before, 'a write states its change-log entry');
    const insert = prepared(db, INSERT_LOG);
    for (const [collection, items] of entries) {
      for (const [item, op] of items) insert.run(collection, item, op, origin, tx.nowMs);
    }
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw core.space.judge(error);
  }
  const now = core.clock.monotonic();
  const beganAt = held?.beganAt ?? now;
  const written = { topics, stated: stated > 0 || held?.stated === true };
  if (part?.more && now - beganAt < HOLD_MS) {
    const cancel = core.clock.after(HOLD_MS, () => commitHeld(core));
    core.held = { batch: part.batch, beganAt, ...written, cancel };
  } else commit(core, written);
  return result;
}

/** Commits what waits for its next part; before anything that must see, or not be inside, a finished transaction. */
export function commitHeld(core: WriteCore): void {
  const { held } = core;
  core.held = null;
  held?.cancel();
  if (!held) return;
  try {
    commit(core, held);
  } catch (error) {
    // It concerns its own batch, not whoever ends the wait.
    core.lost.set(held.batch, error);
  }
}

function commit(core: WriteCore, { topics, stated }: Pick<Held, 'topics' | 'stated'>): void {
  const { db } = core;
  let seq: number;
  try {
    seq = prepared(db, LAST_SEQ).get()?.seq ?? 0;
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw core.space.judge(error);
  }
  core.committed();
  if (stated || topics.size > 0) core.emit({ seq: Seq.parse(seq), topics: [...topics] });
}

function totalChanges(db: WritableDb): number {
  return prepared(db, TOTAL_CHANGES).get()?.n ?? 0;
}
