/** What `doctor` says of faults that were planted, and backups that come back. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { maintenanceMethods } from '../../src/sync/api/maintenance-methods';
import type { Ports } from '../../src/sync/ports/ports';
import { openTestStore } from '../fakes/open-test-store';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { mail } from './imap-support';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

const database = (profile: string) => join(profile, 'homeport.sqlite');

async function profileWithMail() {
  const user = await server.addUser();
  for (const at of [1, 2, 3]) await server.append(user, mail(`m${at}`));
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  return { profile, user, accountId };
}

/** A copy of a profile that nobody uses. */
function copyOf(profile: string): string {
  const copy = newProfile();
  mkdirSync(copy, { mode: 0o700 });
  cpSync(profile, copy, { recursive: true, filter: (path) => !/\.(sock|lock)$/.test(path) });
  return copy;
}

async function doctor(profile: string, ...args: string[]) {
  const { code, json } = await homeport(profile, ['doctor', ...args, '--json']);
  const { rows } = json<{ rows: Check[] }>();
  for (const row of rows) expect(Object.keys(row).sort()).toEqual(['detail', 'hint', 'name', 'ok']);
  return { code, broken: rows.filter(({ ok }) => !ok) };
}

/** Every fault is named alone, with what to do, and exit code 1. */
function names(name: string | RegExp, words: RegExp) {
  const hint = expect.stringMatching(/\w{3}/);
  return {
    code: 1,
    broken: [{ name: expect.stringMatching(name), ok: false, detail: expect.stringMatching(words), hint }],
  };
}

test('APP-417 doctor names a wrong password, an expired certificate, a full disk, a damaged index, a wrong clock and a taken port', async () => {
  const { profile, user } = await profileWithMail();
  expect(await doctor(profile)).toEqual({ code: 0, broken: [] });

  server.setPassword(user, 'another');
  // The server looks at its list of users once a second.
  await expect
    .poll(() => doctor(profile), { timeout: 15_000, interval: 500 })
    .toEqual(names(/^account \d+$/, /user name or password/));
  server.setPassword(user, user.password);

  const secure = newProfile();
  await homeportJson(
    secure,
    [
      ...['account', 'add', 'imap', '--email', 'a@example.org', '--user', user.name, '--ca', server.caPath],
      ...['--imap-host', 'localhost', '--imap-port', String(server.imapsPort), '--imap-security', 'tls'],
      ...['--password-env', 'TEST_PASSWORD'],
    ],
    { env: { TEST_PASSWORD: user.password } },
  );
  await server.renewCertificate(-1);
  try {
    expect(await doctor(secure)).toEqual(names(/^account \d+$/, /certificate.*out of date/));
  } finally {
    await server.renewCertificate(3650);
  }

  const damaged = copyOf(profile);
  loseIndexEntries(database(damaged), 'messages_thread');
  expect(await doctor(damaged)).toEqual(names('indexes', /messages_thread/));
  expect(await doctor(damaged, '--repair')).toEqual({ code: 0, broken: [] });
  expect((await homeportJson<{ rows: unknown[] }>(damaged, ['list'])).rows).toHaveLength(3);

  const late = copyOf(profile);
  const db = new Database(database(late));
  db.prepare('UPDATE sync_log SET started_at = started_at + ?').run(3 * 24 * 3_600_000);
  db.close();
  expect(await doctor(late)).toEqual(names('clock', /clock of this computer says .* at work on/));

  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  expect(await doctor(profile, '--ui-port', String(port))).toEqual(names('ui-port', /taken/));
  await new Promise((resolve) => taken.close(resolve));
  // The port it was told to use is looked at without being named again.
  await (await serveHere(profile, ['--ui-port', String(port)])).stop();
  expect(await doctor(profile)).toEqual({ code: 0, broken: [] });
  const inItsPlace = createServer();
  await new Promise<void>((resolve) => inItsPlace.listen(port, '127.0.0.1', resolve));
  expect(await doctor(profile)).toEqual(names('ui-port', /taken/));
  await new Promise((resolve) => inItsPlace.close(resolve));
  const host = await serveHere(profile);
  const ours = new URL(host.ready.ui).port;
  expect(await doctor(profile, '--ui-port', ours)).toEqual({ code: 0, broken: [] });

  // A file system without a free byte: every Unix has one.
  const full = process.platform === 'darwin' ? '/dev' : '/proc';
  const { store, clock, remove } = openTestStore();
  const ports = { clock, profileDir: full } as unknown as Ports;
  const checked = await maintenanceMethods({ store, ports, probe: () => Promise.reject() })['doctor.run']({
    repair: false,
  });
  expect(checked.ok && checked.value.filter(({ ok }) => !ok)).toEqual([
    { name: 'disk-space', ok: false, detail: '0 MB free.', hint: expect.stringContaining('Free some') },
  ]);
  remove();
}, 120_000);

/** An index that knows less than its table: it is taken from the schema while the table changes, and put back. */
function loseIndexEntries(path: string, index: string): void {
  const schema = "FROM sqlite_schema WHERE type = 'index' AND name = ?";
  let db = new Database(path);
  db.unsafeMode(true);
  const row = db.prepare<[string], { rootpage: number; sql: string }>(`SELECT * ${schema}`).get(index);
  db.pragma('writable_schema = 1');
  db.prepare(`DELETE ${schema}`).run(index);
  db.close();
  db = new Database(path);
  db.unsafeMode(true);
  db.pragma('foreign_keys = 0');
  db.exec('CREATE TEMP TABLE moved AS SELECT * FROM messages ORDER BY id LIMIT 1');
  db.exec('DELETE FROM messages WHERE id IN (SELECT id FROM moved)');
  db.exec('UPDATE moved SET thread_id = thread_id; INSERT INTO messages SELECT * FROM moved');
  db.exec('UPDATE messages SET thread_id = thread_id + 1000 WHERE id = (SELECT id FROM moved)');
  db.pragma('writable_schema = 1');
  db.prepare("INSERT INTO sqlite_schema VALUES ('index', ?, 'messages', ?, ?)").run(
    index,
    row?.rootpage,
    row?.sql,
  );
  db.close();
  db = new Database(path);
  db.exec('UPDATE messages SET thread_id = thread_id - 1000 WHERE thread_id > 1000');
  db.close();
}

test('CLI-050 a store that cannot be read is told of; a checked backup comes back, a damaged one changes nothing', async () => {
  const { profile, accountId } = await profileWithMail();
  const backup = newProfile();
  const made = await homeportJson(profile, ['backup', backup]);
  expect(made).toMatchObject({ file: database(backup), messages: 3, verified: true });

  writeFileSync(database(profile), 'no database');
  expect(await doctor(profile)).toEqual(names('replaced-store', /was damaged on .* set aside as/));
  // The hourly copy of what no server has brings the accounts back; their mail comes again.
  expect(await homeportJson(profile, ['account', 'list'])).toMatchObject({ rows: [{ id: accountId }] });

  const rotten = copyOf(backup);
  const bytes = readFileSync(database(rotten));
  bytes.fill(0xff, 4096 * 30, 4096 * 40);
  writeFileSync(database(rotten), bytes);
  const refused = await homeport(profile, ['restore', rotten, '--json']);
  expect([refused.code, refused.json()]).toEqual([
    1,
    { error: { kind: 'invalid', message: expect.stringContaining('damaged'), hint: expect.any(String) } },
  ]);
  const missing = await homeport(profile, ['restore', join(backup, 'nowhere'), '--json']);
  expect([missing.code, missing.json()]).toMatchObject([3, { error: { kind: 'not-found' } }]);

  const host = await serveHere(profile);
  const busy = await homeport(profile, ['restore', backup, '--json']);
  expect([busy.code, busy.json()]).toMatchObject([1, { error: { kind: 'conflict' } }]);
  await host.stop();

  const restored = await homeportJson<{ previous: string }>(profile, ['restore', backup]);
  expect(restored).toMatchObject({ restored: true, accounts: 1, messages: 3 });
  expect((await homeportJson<{ rows: unknown[] }>(profile, ['list'])).rows).toHaveLength(3);
  // The password never left the vault of this profile.
  expect(await homeportJson(profile, ['sync', '--wait'])).toMatchObject({ rows: [{ result: 'ok' }] });
  // What was there before can come back the same way.
  expect(await homeportJson(profile, ['restore', restored.previous])).toMatchObject({ accounts: 1 });
}, 90_000);
