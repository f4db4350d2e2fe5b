import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { addAccount, headers, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Person } from '../../shared/domain';
import { MIGRATIONS, migrate } from './migrate';
import { openStore } from './open-store';
import { namesakeOf } from './read/known-people';
import { pruneKnownPeople } from './write/learn-people';
import { removeAccountChunk } from './write/remove-account';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const me = { name: 'My Name', address: 'me@example.org' };
const anna = { name: 'Anna Maier', address: 'Anna@Example.net' };
const mallory = { name: 'Anna Maier', address: 'anna@evil.example' };
const known = (person: Person, throughList = false) =>
  namesakeOf(opened.store.read, person, throughList)?.addresses ?? null;
const rows = () => opened.store.read.prepare('SELECT count(*) FROM known_people').pluck().get() as number;

test('whom one wrote to is known: the same name with another address has a namesake', () => {
  expect(known(mallory)).toBeNull();
  observe(opened.store, account.sent, { insert: [observed(1, { headers: { from: [me], to: [anna] } })] });
  expect(namesakeOf(opened.store.read, mallory, false)).toEqual({
    name: 'Anna Maier',
    addresses: ['anna@example.net'],
  });
  expect(known({ name: 'MAIER, Аnna', address: 'x@evil.example' })).toEqual(['anna@example.net']);
  expect(known(anna)).toBeNull();
  expect(known({ ...anna, address: 'anna+lists@example.net' })).toBeNull();
  expect(known({ name: 'Anna Meier', address: 'x@evil.example' })).toBeNull();
});

test('a star and an answer make the sender known, from the server or by the user', () => {
  const from = (name: string) => ({ from: [{ name, address: `${name.toLowerCase()}@example.net` }] });
  observe(opened.store, account.inbox, {
    insert: [
      observed(1, { headers: from('Starred'), keywords: ['$flagged'] }),
      observed(2, { headers: from('Answered') }),
      observed(3, { headers: from('Plain'), keywords: ['$seen'] }),
    ],
  });
  const stranger = (name: string) => known({ name, address: 'x@evil.example' });
  expect(stranger('Starred')).toEqual(['starred@example.net']);
  expect(stranger('Answered')).toBeNull();
  observe(opened.store, account.inbox, {
    flags: [{ uid: 2, keywords: ['$answered', '$seen'], modseq: null }],
  });
  expect(stranger('Answered')).toEqual(['answered@example.net']);
  expect(stranger('Plain')).toBeNull();
});

test('of several messages of one sender that are starred at once the newest says when one was last in touch', () => {
  const day = 24 * 60 * 60_000;
  const by = (uid: number, at: number) => observed(uid, { headers: { from: [anna] }, receivedAt: at });
  observe(opened.store, account.inbox, { insert: [by(1, 20 * day), by(2, 40 * day), by(3, day)] });
  const flags = [1, 2, 3].map((uid) => ({ uid, keywords: ['$flagged'], modseq: null }));
  observe(opened.store, account.inbox, { flags });
  expect(opened.store.read.prepare('SELECT address, last_at FROM known_people').all()).toEqual([
    { address: 'anna@example.net', last_at: 40 * day },
  ]);
});

test('a forged message in the user’s own name teaches nothing; a copy of one’s own in a folder does', () => {
  const forged = { from: [me], to: [mallory] };
  observe(opened.store, account.inbox, { insert: [observed(1, { headers: forged })] });
  observe(opened.store, account.junk, { insert: [observed(1, { headers: forged })] });
  observe(opened.store, account.work, {
    insert: [observed(1, { headers: { ...forged, authenticationResults: ['mx.example.org; spf=fail'] } })],
  });
  expect(rows()).toBe(0);
  observe(opened.store, account.work, { insert: [observed(2, { headers: { from: [me], cc: [anna] } })] });
  expect(known(mallory)).toEqual(['anna@example.net']);
});

test('own addresses, names of functions and names of many tell nobody apart', () => {
  const to = (...people: Person[]) => ({ headers: { from: [me], to: people } });
  const many = Array.from({ length: 9 }, (_, at) => ({
    name: 'John Smith',
    address: `john${at}@example.net`,
  }));
  observe(opened.store, account.sent, {
    insert: [
      observed(
        1,
        to(me, { name: 'Support', address: 's@example.net' }, { name: '', address: 'b@example.net' }),
      ),
      observed(2, to(...many)),
      observed(3, to({ name: 'My Name', address: 'old-me@example.net' })),
    ],
  });
  expect(known({ name: 'Support', address: 'x@evil.example' })).toBeNull();
  expect(known({ name: 'John Smith', address: 'x@evil.example' })).toBeNull();
  // Mail from oneself is judged by the chip (APP-086).
  expect(known(me)).toBeNull();
});

test('what a list adds to the author’s name is taken off only where no list says that it added it', () => {
  observe(opened.store, account.sent, { insert: [observed(1, { headers: { from: [me], to: [anna] } })] });
  const rewritten = { name: 'Anna Maier via Dev', address: 'dev@lists.example' };
  expect(known(rewritten, true)).toBeNull();
  expect(known(rewritten, false)).toEqual(['anna@example.net']);
});

test('an account takes what it taught along', () => {
  observe(opened.store, account.sent, { insert: [observed(1, { headers: { from: [me], to: [anna] } })] });
  expect(rows()).toBe(1);
  while (!opened.store.writeTx('user', (tx) => removeAccountChunk(tx, account.accountId, 1_000)));
  expect(rows()).toBe(0);
});

test('of more than 20,000 people those are forgotten who were not written to for longest', () => {
  opened.store.write.exec(
    `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20010)
     INSERT INTO known_people SELECT 'k' || i, i || '@example.net', ${account.accountId}, 'n', i FROM n`,
  );
  opened.store.writeTx('server', pruneKnownPeople);
  expect(rows()).toBe(20_000);
  expect(opened.store.read.prepare('SELECT min(last_at) FROM known_people').pluck().get()).toBe(11);
  opened.store.writeTx('server', pruneKnownPeople);
  expect(rows()).toBe(20_000);
});

test('known people are found by the index of their name', () => {
  const plan = opened.store.read
    .prepare<unknown[], { detail: string }>(
      'EXPLAIN QUERY PLAN SELECT address, name FROM known_people WHERE name_key = ? ORDER BY address LIMIT 7',
    )
    .all('x');
  expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH known_people USING PRIMARY KEY (name_key=?)']);
});

test('0002-known-people learns from the mail that is already here', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-known-'));
  const path = join(folder, 'homeport.sqlite');
  const before = new Database(path);
  migrate(before, 1, () => {}, MIGRATIONS.slice(0, 1));
  before.exec(
    `INSERT INTO accounts (id, protocol, name, email, hue, position, state, created_at) VALUES (1, 'imap', 'A', 'Me@Example.org', 0, 0, 'ok', 0);
     INSERT INTO mailboxes (id, account_id, path, name, role, role_override, selectable, subscribed, namespace)
       VALUES (1, 1, 'INBOX', 'INBOX', 'inbox', NULL, 1, 1, 'personal'), (2, 1, 'Out', 'Out', NULL, 'sent', 1, 1, 'personal');`,
  );
  const message = before.prepare(
    `INSERT INTO messages (id, account_id, thread_id, subject, base_subject, subject_hash, loose_reply, from_name, from_address,
       headers_json, received_at, date, size, snippet, keywords, has_attachment, parts_json, body_state)
     VALUES (?, 1, 1, '', '', 0, 0, ?, ?, ?, ?, 0, 0, '', ?, 0, '[]', 'none')`,
  );
  const place = before.prepare(
    'INSERT INTO memberships (mailbox_id, received_at, message_id) VALUES (?, ?, ?)',
  );
  const add = (id: number, mailboxId: number, from: Person, to: Person[], keywords: string) => {
    message.run(
      id,
      from.name,
      from.address,
      JSON.stringify(headers({ from: [from], to })),
      id * 1000,
      keywords,
    );
    place.run(mailboxId, id * 1000, id);
  };
  const bob = { name: 'Bob Builder', address: 'bob@example.net' };
  const carl = { name: 'Carl Case', address: 'carl@example.net' };
  add(1, 2, me, [anna, me], '$seen');
  add(2, 2, me, [anna], '');
  add(3, 1, bob, [me], '$flagged $seen');
  add(4, 1, carl, [me], '$seen');
  add(5, 1, me, [mallory], '');
  before.close();

  const store = openStore(path, {
    clock: createFakeClock(),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  expect(
    store.read.prepare('SELECT name, address, last_at FROM known_people ORDER BY address').raw().all(),
  ).toEqual([
    ['Anna Maier', 'anna@example.net', 2000],
    ['Bob Builder', 'bob@example.net', 3000],
  ]);
  store.close();
  rmSync(folder, { recursive: true, force: true });
});
