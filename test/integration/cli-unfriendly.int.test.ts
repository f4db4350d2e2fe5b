/** What goes wrong outside of Homeport: it is named, with an exit code that scripts can rely on, and nothing waits for ever. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, HEADLESS, homeport, homeportJson, imapArguments } from './homeport-process';
import { mail } from './imap-support';

interface Failed {
  readonly error: { readonly kind: string; readonly message: string; readonly hint: string };
}
interface Rows {
  readonly rows: readonly { readonly id: string; readonly [name: string]: unknown }[];
  readonly next?: string;
}

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

/** A file that takes what is left of its file system. */
function fillUp(path: string): void {
  const page = Buffer.alloc(4096);
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, page);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

async function failed(profile: string, args: readonly string[], env: Record<string, string> = {}) {
  const result = await homeport(profile, [...args, '--json'], { env });
  return { code: result.code, stderr: result.stderr, ...result.json<Failed>().error };
}

test('sync --wait ends at once where the password is refused, and skips who is paused', async () => {
  const [user, other] = [await server.addUser(), await server.addUser()];
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, server.imapPort);
  const otherId = await addImapAccount(profile, other, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  server.setPassword(user, 'another');
  const wrong = async () => (await homeport(profile, ['account', 'test', accountId])).code;
  await expect.poll(wrong, { timeout: 15_000, interval: 500 }).toBe(1);
  const startedAt = performance.now();
  const refused = await homeport(profile, ['sync', '--wait', '--json']);
  expect(refused.json<Rows>().rows).toMatchObject([
    { accountId, result: 'error', error: { kind: 'auth' } },
    { accountId: otherId, result: 'ok' },
  ]);
  expect([refused.code, performance.now() - startedAt < 20_000]).toEqual([1, true]);

  await homeportJson(profile, ['account', 'pause', accountId]);
  const rest = await homeport(profile, ['sync', '--wait', '--json']);
  expect([rest.code, rest.json<Rows>().rows]).toMatchObject([0, [{ accountId: otherId, result: 'ok' }]]);
  const named = await homeport(profile, ['sync', '--wait', '--account', accountId, '--json']);
  expect([named.code, named.json<Rows>().rows]).toMatchObject([1, [{ accountId, result: 'error' }]]);
}, 90_000);

test('sync --wait --timeout that did not catch up says partial and not 0, and a server that stays silent is given up on', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  try {
    const profile = newProfile();
    const accountId = await addImapAccount(profile, user, proxy.port);
    proxy.pause();
    const late = await homeport(profile, ['sync', '--wait', '--timeout', '1', '--json']);
    expect([late.code, late.json<Rows>().rows]).toMatchObject([1, [{ accountId, result: 'partial' }]]);
    expect(await failed(profile, ['sync', '--wait', '--timeout', '0'])).toMatchObject({ kind: 'usage' });
    // A server that never says a word is given up on, and it is no fault of ours.
    const silent = await homeport(profile, ['sync', '--wait', '--json']);
    expect([silent.code, silent.json<Rows>().rows]).toMatchObject([
      4,
      [{ accountId, result: 'error', error: { kind: 'offline' } }],
    ]);
  } finally {
    await proxy.close();
  }
}, 90_000);

test('what cannot be an account is refused before anything is asked, with the flag that is wrong', async () => {
  const user = await server.addUser();
  const profile = newProfile();
  const add = (...over: string[]) =>
    failed(profile, ['account', 'add', 'imap', ...imapArguments(user, server.imapPort), ...over], {
      TEST_PASSWORD: user.password,
    });
  const noCertificate = join(dirname(profile), 'no-certificate.pem');
  writeFileSync(noCertificate, 'nothing\n');
  for (const [flag, value] of [
    ['--email', 'not an address'],
    ['--email', ''],
    ['--email', `${'e'.repeat(500)}@example.org`],
    ['--name', 'n'.repeat(500)],
    ['--imap-host', 'h'.repeat(500)],
    ['--imap-port', '0'],
    ['--imap-port', '99999'],
    ['--ca', noCertificate],
  ] as const) {
    expect([flag, value, await add(flag, value)]).toMatchObject([
      flag,
      value,
      { code: 2, kind: 'usage', message: expect.stringContaining(flag), hint: expect.stringMatching(/\w/) },
    ]);
  }
  for (const name of ['', 'n'.repeat(500)])
    expect(await failed(profile, ['account', 'add', 'local', '--name', name])).toMatchObject({ code: 2 });
  expect((await homeportJson<Rows>(profile, ['account', 'list'])).rows).toEqual([]);

  await addImapAccount(profile, user, server.imapPort);
  expect(await add()).toMatchObject({
    code: 1,
    kind: 'conflict',
    hint: expect.stringContaining('account list'),
  });
  const self = [
    '--imap-host',
    'localhost',
    '--imap-port',
    String(server.imapsPort),
    '--imap-security',
    'tls',
  ];
  expect(await add(...self)).toMatchObject({
    kind: 'tls',
    hint: expect.stringMatching(/([0-9A-F]{2}:){31}[0-9A-F]{2}.*--ca/),
  });
}, 60_000);

test('commands that are yet to come say so, with --help too; an unknown one is no help page', async () => {
  const profile = newProfile();
  for (const words of [
    ['device', 'list'],
    ['device', 'add', 'Phone', '--approve-all'],
    ['trace', '1', '--follow'],
    ['calendar', 'list'],
    ['addressbook', 'list'],
    ['collection', 'show', 'x'],
    ['import', 'mbox', '/x', '--account', '1', '--mailbox', 'INBOX'],
    ['export', 'mbox', '/x', '--account', '1'],
    ['account', 'add', 'caldav', '--url', 'https://example.org'],
    ['device', '--help'],
    ['help', 'device'],
  ]) {
    const said = await failed(profile, words);
    expect([words, said.code, said.kind, said.message]).toEqual([
      words,
      2,
      'usage',
      expect.stringContaining('This version has no homeport'),
    ]);
  }
  expect(await failed(profile, ['nonsense', '--help'])).toMatchObject({ code: 2, kind: 'usage' });
  expect(existsSync(profile)).toBe(false);
});

test('a folder that cannot be a profile is named and left as it is', async () => {
  const folder = dirname(newProfile());
  const file = join(folder, 'file');
  writeFileSync(file, 'x');
  for (const [profile, words] of [
    [file, /is a file/],
    [join(file, 'below'), /is a file/],
    ['/', /more than a profile/],
    [tmpdir(), /more than a profile/],
  ] as const) {
    const mode = existsSync(profile) ? statSync(profile).mode : null;
    const said = await failed(profile, ['list']);
    expect([profile, said]).toMatchObject([
      profile,
      { code: 1, kind: 'invalid', message: expect.stringMatching(words), stderr: '' },
    ]);
    if (mode !== null) expect(statSync(profile).mode).toBe(mode);
  }
  // What an unset variable of a script leaves: never the folder that happens to be the current one.
  const here = join(folder, 'here');
  mkdirSync(here, { mode: 0o755 });
  const run = (args: readonly string[], env: Record<string, string>) =>
    spawnSync(process.execPath, [HEADLESS, ...args], {
      cwd: here,
      env: { ...process.env, XDG_DATA_HOME: join(folder, 'data'), HOME: folder, ...env },
      encoding: 'utf8',
    });
  expect(run(['list', '--profile', ''], {}).status).toBe(2);
  expect(run(['list'], { HOMEPORT_PROFILE: '' }).status).toBe(0);
  expect([statSync(here).mode & 0o777, existsSync(join(here, 'homeport.sqlite'))]).toEqual([0o755, false]);
});

test('on a disk without a free byte commands and doctor say so; with its reserve a profile still opens', async (context) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return context.skip();
  const disk = mkdtempSync(join(tmpdir(), 'homeport-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]);
  try {
    const profile = join(disk, 'profile');
    await homeportJson(profile, ['account', 'add', 'local', '--name', 'Here', '--sample', '20']);
    fillUp(join(disk, 'fill'));
    expect(existsSync(join(profile, 'reserve'))).toBe(true);
    expect((await homeportJson<Rows>(profile, ['list'])).rows).toHaveLength(20);
    const doctor = await homeport(profile, ['doctor', '--json']);
    expect([doctor.code, doctor.json<Rows>().rows.filter(({ ok }) => ok !== true)]).toMatchObject([
      1,
      [{ name: 'disk-space', hint: expect.stringMatching(/\w/) }],
    ]);

    fillUp(join(disk, 'more'));
    rmSync(join(profile, 'reserve'), { force: true });
    fillUp(join(disk, 'rest'));
    expect(await failed(profile, ['list'])).toMatchObject({ code: 1, kind: 'limit', stderr: '' });
    const full = await homeport(profile, ['doctor', '--json']);
    expect([full.code, full.json<Rows>().rows.filter(({ ok }) => ok !== true)]).toMatchObject([
      1,
      [{ name: 'disk-space', detail: expect.stringContaining('no room'), hint: expect.stringMatching(/\w/) }],
    ]);

    const other = newProfile();
    await homeportJson(other, ['account', 'add', 'local', '--name', 'There', '--sample', '500']);
    rmSync(join(disk, 'rest'), { force: true });
    const backup = join(disk, 'backup');
    expect(await failed(other, ['backup', backup])).toMatchObject({ code: 1, kind: 'limit', stderr: '' });
    expect(existsSync(join(backup, 'homeport.sqlite'))).toBe(false);
  } finally {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  }
}, 60_000);

test('an answer nobody reads ends a command cleanly; one that cannot be written is a failure', async (context) => {
  const profile = newProfile();
  await homeportJson(profile, ['account', 'add', 'local', '--name', 'Here', '--sample', '400']);
  const args = [HEADLESS, 'list', '--limit', '400', '--json', '--profile', profile];
  const early = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  early.stdout.destroy();
  let stderr = '';
  early.stderr.on('data', (data) => {
    stderr += String(data);
  });
  expect(await new Promise((resolve) => early.on('close', resolve))).toBe(0);
  expect([stderr, existsSync(join(profile, 'profile.lock'))]).toEqual(['', false]);

  if (process.platform !== 'linux') return context.skip();
  const full = spawnSync('/bin/sh', ['-c', 'exec "$@" >/dev/full', 'sh', process.execPath, ...args]);
  expect([full.status, String(full.stderr)]).toEqual([1, expect.stringContaining('could not be written')]);
}, 60_000);

test('a mailbox without an account is that of all accounts, newest first, in pages without a gap', async () => {
  const profile = newProfile();
  const subjects: string[] = [];
  for (const [of, user] of [await server.addUser(), await server.addUser()].entries()) {
    const messages = Array.from({ length: 7 }, (_, at) => {
      const id = `${at}-${of}`;
      subjects.push(id);
      return { raw: Buffer.from(mail(id, { subject: id })), flags: [], date: Date.UTC(2026, 1, 1, 0, at) };
    });
    server.fill(user, 'INBOX', messages);
    server.fill(user, 'Sent', messages.slice(0, 1));
    await addImapAccount(profile, user, server.imapPort);
  }
  await homeportJson(profile, ['sync', '--wait']);
  await serveHere(profile);
  for (const mailbox of ['role:inbox', 'INBOX']) {
    const pages: string[][] = [];
    for (let before: string[] = []; ; ) {
      const page = await homeportJson<Rows>(profile, [
        ...['list', '--mailbox', mailbox, '--limit', '4'],
        ...before,
      ]);
      pages.push(page.rows.map(({ subject }) => String(subject)));
      if (page.next === undefined) break;
      before = ['--before', page.next];
    }
    expect(pages.map(({ length }) => length)).toEqual([4, 4, 4, 2]);
    expect(pages.flat().map((id) => id[0])).toEqual([...'66554433221100']);
    expect(pages.flat().toSorted()).toEqual(subjects.toSorted());
  }
  const threads = await homeportJson<Rows>(profile, ['list', '--mailbox', 'role:inbox', '--threads']);
  expect(threads.rows).toHaveLength(14);
}, 60_000);

test('the text of a message keeps its lines where quoted words begin and end', async () => {
  const user = await server.addUser();
  const body = ['Hello,', '> you wrote', '> this', 'and I answer.', '-- ', 'Ann'];
  await server.append(user, mail('quoted', { body: body.join('\r\n') }));
  const profile = newProfile();
  await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const [row] = (await homeportJson<Rows>(profile, ['list'])).rows;
  const { text } = await homeportJson<{ text: string }>(profile, ['show', row?.id ?? '', '--text']);
  expect(text.trimEnd().split('\n')).toEqual(body);
});

test('many commands at once without a running Homeport all get their turn, also one that needs the server', async () => {
  const user = await server.addUser();
  await server.append(user, mail('one'));
  const profile = newProfile();
  await addImapAccount(profile, user, server.imapPort);
  const lists = () => Array.from({ length: 3 }, () => homeport(profile, ['list', '--json']));
  const syncs = () => [homeport(profile, ['sync', '--wait', '--json'])];
  const all = await Promise.all([...lists(), ...syncs(), ...lists(), ...syncs(), ...lists()]);
  expect(all.map(({ code, stdout, stderr }) => (code === 0 ? '' : stdout + stderr))).toEqual(
    all.map(() => ''),
  );
  expect((await homeportJson<Rows>(profile, ['list'])).rows).toHaveLength(1);
}, 120_000);

test('a Homeport that stands still is named, not waited for without end', async () => {
  const profile = newProfile();
  const host = await serveHere(profile);
  process.kill(host.ready.pid, 'SIGSTOP');
  try {
    const said = await failed(profile, ['account', 'list']);
    expect(said).toMatchObject({ code: 1, kind: 'conflict' });
    expect(said.message).toContain(`process ${host.ready.pid}`);
  } finally {
    process.kill(host.ready.pid, 'SIGCONT');
  }
}, 60_000);

test('a place in the results that is none is a mistake, not the end of them', async () => {
  const profile = newProfile();
  await homeportJson(profile, ['account', 'add', 'local', '--name', 'Here', '--sample', '3']);
  for (const command of [['search', 'a'], ['list'], ['list', '--threads']])
    expect(await failed(profile, [...command, '--before', 'zzz'])).toMatchObject({ code: 2, kind: 'usage' });
});
