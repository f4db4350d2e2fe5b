import type { Topic } from '../../shared/contract/events';
import type { Origin } from '../../shared/domain';
import type { BlobFiles } from './blob-files';
import type { ChangeOp } from './collections';
import type { WritableDb } from './handles';
import type { ThreadMessage } from './screen/thread-message';

/** What a transaction has changed below the screen; the screen is brought up to date once, before the commit. */
export interface DirtyScreen {
  /** Messages whose memberships and keywords must be replayed from facts and intents. */
  readonly messages: Set<number>;
  /**
   * Threads whose list rows must be recomputed. The value holds all messages of a thread that was created in this
   * transaction and so has no rows yet; null = read them from the database.
   */
  readonly threads: Map<number, ThreadMessage[] | null>;
  /** Differences of what a mailbox counts: messages stored and with a body, and of these what a search finds. */
  readonly coverage: Map<number, { stored: number; bodies: number; indexed: number; indexedBodies: number }>;
}

/** The only way to write: rows, their change-log entries and the screen commit together (style.md 10). */
export interface WriteTx {
  readonly db: WritableDb;
  readonly origin: Origin;
  /** Wall clock at the start of the transaction, milliseconds UTC. */
  readonly nowMs: number;
  readonly blobFiles: BlobFiles;
  readonly dirty: DirtyScreen;
  /** States a change of one item of a collection (a mailbox id, or one of COLLECTIONS). At least one per transaction. */
  log(collection: number, item: number, op: ChangeOp): void;
  /** Names something a window may be showing and should read again after the commit. */
  touch(topic: Topic): void;
}

const NOT_INDEXED = { messages: 0, bodies: 0 };

export function countCoverage(
  tx: WriteTx,
  mailboxId: number,
  stored: number,
  bodies: number,
  indexed: { readonly messages: number; readonly bodies: number } = NOT_INDEXED,
): void {
  const sum = tx.dirty.coverage.get(mailboxId);
  if (sum) {
    sum.stored += stored;
    sum.bodies += bodies;
    sum.indexed += indexed.messages;
    sum.indexedBodies += indexed.bodies;
  } else
    tx.dirty.coverage.set(mailboxId, {
      stored,
      bodies,
      indexed: indexed.messages,
      indexedBodies: indexed.bodies,
    });
}
