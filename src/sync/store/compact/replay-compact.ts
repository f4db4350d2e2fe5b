import Database from 'better-sqlite3';
import type { MailboxId } from '../../../shared/domain';
import type { HeaderFacts, ObservedMessage, PartFacts } from '../../../shared/observation';
import { COLLECTIONS } from '../collections';
import { unpackKeywords } from '../keywords';
import type { Store } from '../open-store';
import { packMessage } from '../pack-message';
import { applyObservations } from '../write/apply-observations';
import { finishChange } from '../write/finish-change';
import type { WriteTx } from '../write-tx';
import { OWN_TABLES } from './own-tables';
import { columnsOf, readCompactMeta } from './write-compact';

/** Above what an hour of work can have used of ids or change-log positions after the compact backup was written. */
const FAR_AHEAD = 1_000_000_000;
const TOPICS = [
  'accounts',
  'mailboxes',
  'lists',
  'pending',
  'settings',
  'snoozes',
  'drafts',
  'outbox',
  'identities',
] as const;
/** These columns tell of facts, which are as old as the restored store until the server is asked again. */
const OF_FACTS = new Set([
  'stored_count',
  'body_count',
  'indexed_count',
  'indexed_bodies',
  'server_total',
  'server_unseen',
  'status_json',
  'last_synced_at',
  'verified_at',
]);

export interface Replayed {
  readonly changes: number;
  /** Messages of changes that the server had not any more when the backup was written. */
  readonly lostTargets: number;
}

/**
 * Lays our own data over a store that was restored from an older backup: accounts, settings and the whole queue are as
 * in `file`, and every message the queue names is there again with its place on the server. One transaction. Null when
 * the store is as new as the file.
 */
export function replayCompact(store: Store, file: string): Replayed | null {
  const meta = readCompactMeta(file);
  const last = store.read.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM change_log').get();
  if (!meta || meta.seq <= (last?.seq ?? 0)) return null;
  const kept = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return store.writeTx('server', (tx) => {
      tx.db.pragma('defer_foreign_keys = ON');
      skipUsedIds(tx, kept);
      restoreAccounts(tx, kept);
      restoreMailboxes(tx, kept);
      const ids = restoreMessages(tx, kept);
      restoreModes(tx, kept);
      restoreSettings(tx, kept);
      const lostTargets = restoreOwnRows(tx, kept, ids);
      beginNewLog(tx, meta.seq);
      for (const topic of TOPICS) tx.touch(topic);
      const changes = kept.prepare<[], { n: number }>('SELECT count(*) AS n FROM pending_changes').get();
      return { changes: changes?.n ?? 0, lostTargets };
    });
  } finally {
    kept.close();
  }
}

/**
 * A restored database has forgotten its last positions, and readers hold some of them. The log begins anew far above
 * all that may have been given out, so that every older position is behind its horizon (SYNC-314).
 */
export function beginNewLog(tx: WriteTx, atLeast: number): void {
  const last = tx.db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM change_log').get();
  tx.db.exec('DELETE FROM change_log');
  tx.db
    .prepare('INSERT INTO change_log (seq, collection, item, op, origin, at) VALUES (?, ?, 0, ?, ?, ?)')
    .run(Math.max(last?.seq ?? 0, atLeast) + FAR_AHEAD, COLLECTIONS.accounts, 'change', tx.origin, tx.nowMs);
  tx.log(COLLECTIONS.settings, 0, 'change');
}

/** Windows and phones remember ids: none of those given out before the damage may mean something else now. */
function skipUsedIds(tx: WriteTx, kept: Database.Database): void {
  const raise = tx.db.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) + ? WHERE name = ?');
  const add = tx.db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  const sequences = kept.prepare<[], { name: string; seq: number }>('SELECT name, seq FROM sequences');
  for (const { name, seq } of sequences.all()) {
    if (name === 'messages' || name === 'threads') {
      if (raise.run(seq, FAR_AHEAD / 1_000, name).changes === 0) add.run(name, seq);
    } else if (raise.run(seq, 0, name).changes === 0) add.run(name, seq);
  }
}

/** An account that was removed meanwhile goes again, in chunks like any other (SYNC-003). */
function restoreAccounts(tx: WriteTx, kept: Database.Database): void {
  const ids = upsert(tx, kept, 'accounts');
  const remove = tx.db.prepare("UPDATE accounts SET state = 'removing' WHERE id = ?");
  const here = tx.db.prepare<[], { id: number }>('SELECT id FROM accounts').all();
  for (const { id } of here) if (!ids.has(id)) remove.run(id);
}

function restoreMailboxes(tx: WriteTx, kept: Database.Database): void {
  const roles = effectiveRoles(tx);
  // Two may have exchanged their names; one that is not in the backup was removed, and the next listing says so.
  tx.db.exec('UPDATE mailboxes SET remote_key = NULL');
  upsert(tx, kept, 'mailboxes');
  const threadsIn = tx.db.prepare<[number], { thread_id: number }>(
    'SELECT m.thread_id FROM memberships s JOIN messages m ON m.id = s.message_id WHERE s.mailbox_id = ?',
  );
  for (const [id, role] of effectiveRoles(tx)) {
    if (roles.get(id) === role) continue;
    for (const { thread_id } of threadsIn.all(id)) tx.dirty.threads.set(thread_id, null);
  }
}

function effectiveRoles(tx: WriteTx): Map<number, string | null> {
  const rows = tx.db.prepare<[], { id: number; role: string | null }>(
    'SELECT id, coalesce(role_override, role) AS role FROM mailboxes',
  );
  return new Map(rows.all().map(({ id, role }) => [id, role]));
}

/** Inserts rows or brings them up to date, all but what tells of facts; answers their ids. */
function upsert(tx: WriteTx, kept: Database.Database, table: string): Set<number> {
  const columns = sharedColumns(tx, kept, table).filter((column) => !OF_FACTS.has(column));
  const updates = columns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`);
  const write = tx.db.prepare(
    `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})
     ON CONFLICT (id) DO UPDATE SET ${updates.join()}`,
  );
  const ids = new Set<number>();
  for (const row of readRows(kept, table, columns)) {
    write.run(...columns.map((column) => row[column]));
    ids.add(Number(row.id));
  }
  return ids;
}

interface KeptCopy {
  readonly message_id: number;
  readonly mailbox_id: number;
  readonly uid: number;
  readonly keywords: string;
  readonly modseq: string | null;
  readonly uid_validity: string;
}

interface KeptMessage {
  readonly received_at: number;
  readonly size: number;
  readonly identity: string | null;
  readonly headers_json: string;
  readonly has_attachment: number;
  readonly parts_json: string;
}

/**
 * The messages the backup names are facts the server told us: they are observed once more, so that they are found where
 * they are known and added where they are not. Answers what their ids are now.
 */
function restoreMessages(tx: WriteTx, kept: Database.Database): Map<number, number> {
  const ids = new Map<number, number>();
  const copies = kept
    .prepare<[], KeptCopy>(
      `SELECT p.message_id, p.mailbox_id, p.uid, p.keywords, p.modseq, s.uid_validity
       FROM placements p JOIN sync_state s ON s.mailbox_id = p.mailbox_id WHERE p.verified = 1`,
    )
    .all();
  const messageOf = kept.prepare<[number], KeptMessage>('SELECT * FROM messages WHERE id = ?');
  const placed = tx.db.prepare<[number, number], { message_id: number }>(
    'SELECT message_id FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
  );
  for (const [mailboxId, inMailbox] of Map.groupBy(copies, (copy) => copy.mailbox_id)) {
    const insert = inMailbox.flatMap((copy) => {
      const message = messageOf.get(copy.message_id);
      return message ? packMessage(toObserved(copy, message)) : [];
    });
    const uidValidity = inMailbox[0]?.uid_validity ?? '';
    const plan = {
      newValidity: null,
      insert,
      flags: [],
      remove: [],
      dropUnverified: false,
      checkpoint: null,
    };
    applyObservations(tx, mailboxId as MailboxId, { ...plan, uidValidity }, tx.nowMs);
    for (const { message_id, uid } of inMailbox) {
      const now = placed.get(mailboxId, uid)?.message_id;
      if (now !== undefined && !ids.has(message_id)) ids.set(message_id, now);
    }
  }
  return ids;
}

function toObserved(copy: KeptCopy, message: KeptMessage): ObservedMessage {
  return {
    uid: copy.uid,
    keywords: unpackKeywords(copy.keywords),
    modseq: copy.modseq,
    receivedAt: message.received_at,
    size: message.size,
    identity: message.identity,
    remoteThreadId: null,
    headers: JSON.parse(message.headers_json) as HeaderFacts,
    hasAttachment: message.has_attachment === 1,
    parts: JSON.parse(message.parts_json) as PartFacts[],
  };
}

function restoreModes(tx: WriteTx, kept: Database.Database): void {
  const set = tx.db.prepare(
    `INSERT INTO lists (list_id, mode) VALUES (?, ?)
     ON CONFLICT (list_id) DO UPDATE SET mode = excluded.mode WHERE mode <> excluded.mode`,
  );
  const threads = tx.db.prepare<[number], { thread_id: number }>(
    'SELECT thread_id FROM list_rows WHERE list_id = ?',
  );
  for (const { list_id, mode } of readRows(kept, 'lists', ['list_id', 'mode'])) {
    if (set.run(list_id, mode).changes === 0) continue;
    for (const { thread_id } of threads.all(list_id as number)) tx.dirty.threads.set(thread_id, null);
  }
}

/** All but what is about this very file, and when the server was last compared with what is here. */
function restoreSettings(tx: WriteTx, kept: Database.Database): void {
  const fleeting = "key = 'store.clean' OR key LIKE 'audit.%'";
  tx.db.exec("DELETE FROM settings WHERE key <> 'store.clean'");
  const put = tx.db.prepare('INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)');
  const rows = kept.prepare<[], { key: string; value: string }>(
    `SELECT key, value FROM settings WHERE NOT (${fleeting})`,
  );
  for (const { key, value } of rows.all()) put.run(key, value);
}

/** Answers how many rows named a message that nobody has any more. */
function restoreOwnRows(tx: WriteTx, kept: Database.Database, ids: ReadonlyMap<number, number>): number {
  const stale = tx.db
    .prepare<[], { message_id: number }>(
      `SELECT message_id FROM pending_targets UNION SELECT message_id FROM snoozes
       UNION SELECT message_id FROM local_labels`,
    )
    .all();
  const threadOf = tx.db.prepare<[number], number>('SELECT thread_id FROM messages WHERE id = ?').pluck();
  // What is put off moves between lists without any change of its mailboxes, so its rows are made again by name.
  const showAgain = (messageId: number): void => {
    tx.dirty.messages.add(messageId);
    const threadId = threadOf.get(messageId);
    if (threadId !== undefined) tx.dirty.threads.set(threadId, null);
  };
  for (const { message_id } of stale) showAgain(message_id);
  for (const { name, restore } of OWN_TABLES.toReversed())
    if (restore === 'replace') tx.db.exec(`DELETE FROM ${name}`);
  // One that has no place on the server any more is still the message it was, where the restored store has it.
  const known = tx.db.prepare<[number], { id: number }>('SELECT id FROM messages WHERE id = ?');
  let lost = 0;
  const shrunk = new Set<number>();
  for (const { name, restore } of OWN_TABLES) {
    if (restore === 'known') continue;
    const columns = sharedColumns(tx, kept, name);
    const put = tx.db.prepare(
      `INSERT OR REPLACE INTO ${name} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
    );
    for (const row of readRows(kept, name, columns)) {
      if (columns.includes('message_id')) {
        const now = ids.get(Number(row.message_id)) ?? known.get(Number(row.message_id))?.id;
        if (now === undefined) {
          lost++;
          if (name === 'pending_targets') shrunk.add(Number(row.change_id));
          continue;
        }
        row.message_id = now;
        showAgain(now);
      }
      put.run(...columns.map((column) => row[column]));
    }
  }
  const left = tx.db.prepare<[number], { n: number }>(
    'SELECT count(*) AS n FROM pending_targets WHERE change_id = ?',
  );
  for (const id of shrunk) if (left.get(id)?.n === 0) finishChange(tx, id, 'replaced', null);
  return lost;
}

/** Columns of a table that the backup's program and this one both know. */
function sharedColumns(tx: WriteTx, kept: Database.Database, table: string): string[] {
  const known = columnsOf(tx.db, table);
  return columnsOf(kept, table).filter((column) => known.includes(column));
}

function readRows(
  kept: Database.Database,
  table: string,
  columns: readonly string[],
): IterableIterator<Record<string, unknown>> {
  return kept.prepare<[], Record<string, unknown>>(`SELECT ${columns.join()} FROM ${table}`).iterate();
}
