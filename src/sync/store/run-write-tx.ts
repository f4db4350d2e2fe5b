import type { Topic } from '../../shared/contract/events';
import { type Origin, Seq } from '../../shared/domain';
import type { Clock } from '../ports/clock';
import { assert } from './assert';
import type { BlobFiles } from './blob-files';
import type { Notice } from './change-feed';
import { type ChangeOp, COLLECTIONS, mergeOps } from './collections';
import type { WritableDb } from './handles';
import { flushScreen } from './screen/flush-screen';
import { prepared, readSql, writeSql } from './sql';
import type { WriteTx } from './write-tx';

const INSERT_LOG = writeSql(
  'INSERT INTO change_log (collection, item, op, origin, at) VALUES (?, ?, ?, ?, ?)',
);
const LAST_SEQ = readSql<{ seq: number | null }>('SELECT max(seq) AS seq FROM change_log');
const TOTAL_CHANGES = readSql<{ n: number }>('SELECT total_changes() AS n');

export interface WriteCore {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly blobFiles: BlobFiles;
  emit(notice: Notice): void;
}

/**
 * Runs `work` in one immediate transaction: screen, change log and rows commit together, then the feed is told.
 * Throws (and rolls back) when rows were changed and no change-log entry was stated.
 */
export function runWriteTx<T>(core: WriteCore, origin: Origin, work: (tx: WriteTx) => T): T {
  const { db } = core;
  assert(!db.inTransaction, 'writeTx is not nested');
  const entries = new Map<number, Map<number, ChangeOp>>();
  const topics = new Set<Topic>();
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

  db.exec('BEGIN IMMEDIATE');
  let seq: number;
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
    seq = prepared(db, LAST_SEQ).get()?.seq ?? 0;
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
  if (stated > 0 || topics.size > 0) core.emit({ seq: Seq.parse(seq), topics: [...topics] });
  return result;
}

function totalChanges(db: WritableDb): number {
  return prepared(db, TOTAL_CHANGES).get()?.n ?? 0;
}

function topicOf(collection: number): Topic | null {
  switch (collection) {
    case COLLECTIONS.accounts:
      return 'accounts';
    case COLLECTIONS.mailboxes:
      return 'mailboxes';
    case COLLECTIONS.pending:
      return 'pending';
    case COLLECTIONS.settings:
      return 'settings';
    case COLLECTIONS.syncLog:
      return 'syncLog';
    case COLLECTIONS.lists:
      return 'lists';
    // Bodies name their own topic; of mailboxes the screen knows which lists show them.
    default:
      return null;
  }
}
