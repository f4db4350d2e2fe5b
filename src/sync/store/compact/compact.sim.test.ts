import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { ChangeId, GestureId } from '../../../shared/domain';
import { listBackups } from '../backup';
import { COLLECTIONS } from '../collections';
import { openStore, type Store } from '../open-store';
import { getAccount } from '../read/accounts';
import { listRemoteSenders, readPreferences } from '../read/settings';
import { recount } from '../recount';
import { checkIntegrity, finishRescue, needsRescue, rescueDatabase } from '../repair';
import { insertGesture } from '../write/gestures';
import { insertChange } from '../write/insert-change';
import { allowRemoteSender } from '../write/remote-senders';
import { writePreferences } from '../write/settings';
import { OWN_TABLES, TABLES_THAT_COME_AGAIN } from './own-tables';
import { compactFolder, readCompactMeta, writeCompact } from './write-compact';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function compact(nowMs: number, path = opened.store.path): string | null {
  const steps = writeCompact(path, nowMs);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function dailyBackup(): void {
  const folder = join(opened.profileDir, 'backups');
  mkdirSync(folder, { recursive: true });
  opened.store.write.pragma('wal_checkpoint(FULL)');
  copyFileSync(opened.store.path, join(folder, '1-daily.sqlite'));
}

/** A wish about messages that still waits. */
function want(store: Store, gesture: string, messageIds: readonly number[]): ChangeId {
  const gestureId = gesture as GestureId;
  return store.writeTx('user', (tx) => {
    insertGesture(tx, gestureId, { kind: 'archive' });
    for (const id of messageIds) tx.dirty.messages.add(id);
    const [id] = insertChange(tx, {
      accountId: account.accountId,
      gestureId,
      args: { kind: 'move', toMailboxId: account.archive, aim: 'role' },
      source: account.inbox,
      messageIds,
      token: () => `token-${gesture}`,
    });
    return id as ChangeId;
  });
}

/** What a person would miss: every wish by the subject it is about, the settings, the senders, the accounts. */
function ownData(store: Store) {
  const rows = (sql: string): unknown[] => store.read.prepare(sql).raw().all();
  return {
    wishes: rows(
      `SELECT c.id, c.kind, c.args_json, c.token, c.state, m.subject, t.mailbox_id FROM pending_changes c
       JOIN pending_targets t ON t.change_id = c.id JOIN messages m ON m.id = t.message_id ORDER BY c.id, m.subject`,
    ),
    preferences: readPreferences(store.read),
    senders: listRemoteSenders(store.read),
    snoozes: rows(
      'SELECT m.subject, s.mailbox_id, s.until, s.state FROM snoozes s JOIN messages m ON m.id = s.message_id ORDER BY 1',
    ),
    accounts: rows('SELECT id, name, email, protocol, secret_ref FROM accounts ORDER BY id'),
    mailboxes: rows('SELECT id, path, remote_key, policy, role_override FROM mailboxes ORDER BY id'),
    inArchive: rows(
      `SELECT m.subject FROM memberships s JOIN messages m ON m.id = s.message_id
       WHERE s.mailbox_id = ${account.archive} ORDER BY 1`,
    ),
  };
}

/** Overwrites the pages of a table of the closed database file with garbage. */
function destroyTable(path: string, table: string): void {
  const db = new Database(path, { readonly: true });
  const size = db.pragma('page_size', { simple: true }) as number;
  const pages = db.prepare('SELECT pageno FROM dbstat WHERE name = ?').pluck().all(table) as number[];
  db.close();
  const bytes = readFileSync(path);
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) bytes.fill(0xa5, (page - 1) * size, page * size);
  writeFileSync(path, bytes);
}

function rescue(nowMs: number): { store: Store; salvaged: boolean } {
  const { path } = opened.store;
  const { salvaged } = rescueDatabase(path, nowMs);
  const store = openStore(path, { clock: opened.clock, logger: quiet });
  expect(finishRescue(store)).not.toBeNull();
  return { store, salvaged };
}

test('SYNC-393 of every table it is said whether a server can give it back', () => {
  const tables = opened.store.read
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'search_words*' AND name NOT GLOB 'search_parts*' AND name <> 'schema_migrations'",
    )
    .pluck()
    .all();
  expect([...OWN_TABLES.map(({ name }) => name), ...TABLES_THAT_COME_AGAIN].sort()).toEqual(tables.sort());
});

test('a compact backup is written when there is something new, is small, private in its folder, and three are kept', () => {
  observe(opened.store, account.inbox, {
    insert: Array.from({ length: 300 }, (_, at) => observed(at + 1, { headers: { subject: `Mail ${at}` } })),
  });
  expect(compact(1)).toBe(join(compactFolder(opened.store.path), '1-compact.sqlite'));
  expect(compact(2)).toBeNull();
  for (let at = 3; at < 8; at++) {
    opened.store.writeTx('user', (tx) => allowRemoteSender(tx, `${at}@example.org`));
    expect(compact(at)).not.toBeNull();
  }
  const files = readdirSync(compactFolder(opened.store.path)).sort();
  expect(files).toEqual(['5-compact.sqlite', '6-compact.sqlite', '7-compact.sqlite']);
  const db = new Database(join(compactFolder(opened.store.path), '7-compact.sqlite'));
  // Nothing waits, so no mail is in it.
  expect(db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(0);
  db.close();
});

test.each(['messages', 'placements', 'list_rows', 'pending_changes', 'settings', 'accounts', 'snoozes'])(
  'SYNC-393 with the pages of %s destroyed, every wish and setting since the last daily backup is there again',
  (table) => {
    const { store } = opened;
    const old = observe(store, account.inbox, {
      insert: [
        observed(1, { headers: { subject: 'Old' } }),
        observed(2, { headers: { subject: 'Settled' } }),
      ],
    }).added;
    want(store, 'settled-later', [old[1] as number]);
    dailyBackup();

    store.writeTx('server', (tx) => {
      tx.db.exec('DELETE FROM pending_changes');
      tx.dirty.messages.add(old[1] as number);
      tx.log(-3, 1, 'remove');
    });
    const fresh = observe(store, account.inbox, {
      insert: [
        observed(3, { headers: { subject: 'New' } }),
        observed(4, { headers: { subject: 'Untouched' } }),
      ],
    }).added;
    want(store, 'one', [old[0] as number, fresh[0] as number]);
    store.writeTx('user', (tx) => {
      tx.db
        .prepare("INSERT INTO snoozes (message_id, mailbox_id, until, state) VALUES (?, ?, 5000, 'asleep')")
        .run(fresh[1], account.inbox);
      tx.dirty.threads.set(
        tx.db.prepare('SELECT thread_id FROM messages WHERE id = ?').pluck().get(fresh[1]) as number,
        null,
      );
      tx.log(COLLECTIONS.snoozes, fresh[1] as number, 'add');
      writePreferences(tx, { ...readPreferences(tx.db), theme: 'dark', density: 'compact' });
      allowRemoteSender(tx, 'ada@example.org');
      tx.db.prepare("UPDATE mailboxes SET policy = 'headers' WHERE id = ?").run(account.work);
      tx.db
        .prepare("UPDATE accounts SET name = 'Renamed', secret_ref = 'handle' WHERE id = ?")
        .run(account.accountId);
    });
    const second = addAccount(store);
    compact(100);
    const before = ownData(store);
    expect(before.wishes).toHaveLength(2);
    expect(before.inArchive).toEqual([['New'], ['Old']]);
    const lastSeq = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as number;
    store.close();

    destroyTable(store.path, table);
    const rescued = rescue(200);
    expect(ownData(rescued.store)).toEqual(before);
    expect(getAccount(rescued.store.read, second.accountId)).toMatchObject({ name: 'Test' });
    expect(checkIntegrity(rescued.store, { full: true }).flatMap(({ problems }) => problems)).toEqual([]);
    // No position of the log and no id of a message means something else than before.
    expect(rescued.store.read.prepare('SELECT min(seq) FROM change_log').pluck().get()).toBeGreaterThan(
      lastSeq,
    );
    const [next] = observe(rescued.store, account.inbox, { insert: [observed(9)] }).added;
    expect(next).toBeGreaterThan(fresh[1] as number);
    expect(recount(rescued.store.read)).toEqual([]);
    // Undo goes on working for what waits.
    expect(rescued.store.read.prepare("SELECT id FROM gestures WHERE id = 'one'").pluck().get()).toBe('one');
    rescued.store.close();
  },
);

test.each([
  ['messages', true],
  ['placements', true],
  ['thread_ids', true],
  ['change_log', true],
  ['pending_changes', false],
  ['gestures', false],
])(
  'with the pages of %s destroyed the last minutes are taken from the damaged file: %s',
  (table, salvaged) => {
    const { store } = opened;
    const { added } = observe(store, account.inbox, { insert: [observed(1), observed(2)] });
    dailyBackup();
    want(store, 'hourly', [added[0] as number]);
    compact(100);
    const hourly = ownData(store);
    want(store, 'minutes', [added[1] as number]);
    const last = ownData(store);
    store.close();
    destroyTable(store.path, table);
    const rescued = rescue(200);
    expect(rescued.salvaged).toBe(salvaged);
    expect(ownData(rescued.store)).toEqual(salvaged ? last : hourly);
    expect(checkIntegrity(rescued.store, { full: true }).flatMap(({ problems }) => problems)).toEqual([]);
    rescued.store.close();
  },
);

test('what was done after the last hourly copy is taken from the damaged file itself, its log included', () => {
  const { store } = opened;
  dailyBackup();
  compact(100);
  const { added } = observe(store, account.inbox, {
    insert: [observed(1, { headers: { subject: 'Late' } })],
  });
  want(store, 'late', [added[0] as number]);
  const before = ownData(store);
  expect(before.wishes).toHaveLength(1);
  // As after a crash: the newest transactions are in the write-ahead log only.
  const crashed = `${store.path}-copy`;
  copyFileSync(store.path, crashed);
  copyFileSync(`${store.path}-wal`, `${crashed}-wal`);
  store.close();
  rmSync(`${store.path}-wal`, { force: true });
  copyFileSync(crashed, store.path);
  copyFileSync(`${crashed}-wal`, `${store.path}-wal`);
  const rescued = rescue(200);
  expect(rescued.salvaged).toBe(true);
  expect(ownData(rescued.store)).toEqual(before);
  rescued.store.close();
});

test('an account that was removed after the backup is removed again, one whose backup is damaged too is synced anew', () => {
  const { store } = opened;
  const second = addAccount(store);
  dailyBackup();
  store.writeTx('user', (tx) => {
    tx.db.prepare('DELETE FROM mailboxes WHERE account_id = ?').run(second.accountId);
    tx.db.prepare('DELETE FROM accounts WHERE id = ?').run(second.accountId);
    tx.log(-1, second.accountId, 'remove');
  });
  compact(100);
  store.close();
  destroyTable(store.path, 'accounts');
  const rescued = rescue(200);
  expect(getAccount(rescued.store.read, second.accountId)?.state).toBe('removing');
  rescued.store.close();

  for (const backup of listBackups(join(opened.profileDir, 'backups'))) writeFileSync(backup, 'garbage');
  destroyTable(store.path, 'accounts');
  const anew = rescue(300);
  expect(getAccount(anew.store.read, account.accountId)).toMatchObject({
    id: account.accountId,
    name: 'Test',
  });
  expect(getAccount(anew.store.read, second.accountId)).toBeNull();
  expect(checkIntegrity(anew.store, { full: true }).flatMap(({ problems }) => problems)).toEqual([]);
  anew.store.close();
});

test('a rescue that is cut short anywhere is finished at the next start, and one that is finished is not repeated', () => {
  const { store } = opened;
  const { added } = observe(store, account.inbox, { insert: [observed(1)] });
  dailyBackup();
  want(store, 'kept', [added[0] as number]);
  compact(100);
  const before = ownData(store);
  const { path } = store;
  store.close();
  destroyTable(path, 'pending_changes');
  rescueDatabase(path, 200);
  // The restored file was not in place yet.
  rmSync(path);
  expect(needsRescue(path)).toBe(true);
  rescueDatabase(path, 201);
  expect(needsRescue(path)).toBe(false);
  const again = openStore(path, { clock: opened.clock, logger: quiet });
  expect(finishRescue(again)).toMatchObject({ changes: 1, lostTargets: 0 });
  expect(finishRescue(again)).toBeNull();
  expect(ownData(again)).toEqual(before);
  again.close();
  // Only a complete file counts.
  writeFileSync(join(dirname(path), 'backups', 'compact', '999-compact.sqlite'), 'half');
  expect(readCompactMeta(join(compactFolder(path), '999-compact.sqlite'))).toBeNull();
});
