import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/main/cli/commands-table';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, homeport, homeportJson, imapArguments } from './homeport-process';
import { mail } from './imap-support';

interface Row {
  readonly id: string;
  readonly [name: string]: unknown;
}
interface Rows {
  readonly rows: readonly Row[];
  readonly next?: string;
}

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

const raw = mail('first', { subject: 'Grüße aus Köln', body: 'Hello\r\nworld.' });

const RICH = [
  'From: Zoe <zoe@example.org>',
  'To: bob@example.org',
  'Subject: With a file',
  'Date: Fri, 20 Nov 2026 11:00:00 +0100',
  'Message-ID: <rich@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b\r\nContent-Type: text/html\r\n\r\n<p>Rich</p>',
  '--b\r\nContent-Type: text/plain; name=f.txt\r\nContent-Disposition: attachment; filename=f.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIGZpbGUuCg==',
  '--b--',
  '',
].join('\r\n');

async function accountWithMail(): Promise<{ profile: string; user: TestUser; accountId: string }> {
  const user = await server.addUser();
  await server.append(user, raw, { flags: ['\\Seen', 'project'], date: new Date(Date.UTC(2026, 10, 20)) });
  for (const at of [2, 3, 4]) await server.append(user, mail(`m${at}`));
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, server.imapPort);
  return { profile, user, accountId };
}

describe.each([
  ['without a running host', false],
  ['with a running host', true],
])('%s', (_name, running) => {
  test('CLI-020 CLI-024 CLI-025 CLI-026 CLI-030 CLI-031 CLI-032 CLI-034 accounts, sync, status, list, show, mutate, undo, pending and log in the shapes of the contract', async () => {
    const user = await server.addUser();
    await server.append(user, raw, { flags: ['\\Seen', 'project'], date: new Date(Date.UTC(2026, 10, 20)) });
    const received = { date: new Date(Date.UTC(2026, 10, 20, 9)) };
    for (const at of [2, 3, 4]) await server.append(user, mail(`m${at}`), received);
    await server.append(user, RICH, { date: new Date(Date.UTC(2026, 10, 20, 10)) });
    const profile = newProfile();
    if (running) await serveHere(profile);
    const json = <T>(...args: string[]) => homeportJson<T>(profile, args);
    const added = await homeport(
      profile,
      ['account', 'add', 'imap', ...imapArguments(user, server.imapPort), '--json'],
      {
        env: { TEST_PASSWORD: user.password },
      },
    );
    expect(added.code).toBe(0);
    expect(added.json()).toEqual({ accountId: expect.stringMatching(/^\d+$/) });
    const { accountId } = added.json<{ accountId: string }>();

    const synced = await json<Rows>('sync', '--account', accountId, '--wait', '--timeout', '20');
    expect(synced.rows).toEqual([
      {
        accountId,
        result: 'ok',
        durationMs: expect.any(Number),
        fetched: expect.any(Number),
        changed: expect.any(Number),
        removed: expect.any(Number),
        pushed: 0,
        parked: 0,
      },
    ]);

    const accounts = await json<Rows>('account', 'list');
    expect(accounts.rows).toMatchObject([
      { id: accountId, state: expect.stringMatching(/^(ok|syncing|offline)$/) },
    ]);
    const probe = await json('account', 'test', accountId);
    expect(probe).toMatchObject({ ok: true, verdict: 'ok' });
    expect((probe as unknown as { steps: { name: string }[] }).steps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dns', 'connect', 'login', 'capabilities']),
    );

    const status = await json<{ accounts: { mailboxes: Row[] }[] }>('status');
    expect(status).toMatchObject({ pending: 0, parked: 0, databaseBytes: expect.any(Number) });
    const inbox = status.accounts[0]?.mailboxes.find(({ role }) => role === 'inbox');
    expect(inbox).toEqual({
      id: expect.stringMatching(/^\d+$/),
      path: 'INBOX',
      role: 'inbox',
      total: 5,
      unread: 4,
      threads: 5,
      unreadThreads: 4,
      stored: 5,
      bodies: expect.any(Number),
      indexed: expect.any(Number),
    });

    const page = await json<Rows>('list', '--mailbox', 'role:inbox', '--limit', '3');
    expect(page.rows).toHaveLength(3);
    const rest = await json<Rows>('list', '--mailbox', 'INBOX', '--limit', '3', '--before', page.next ?? '');
    expect(rest.rows).toHaveLength(2);
    expect(rest.next).toBeUndefined();
    const all = [...page.rows, ...rest.rows];
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    const dates = all.map(({ date }) => date as string);
    expect(dates).toEqual(dates.toSorted().reverse());
    const first = all.find(({ subject }) => subject === 'Grüße aus Köln');
    expect(first).toEqual({
      id: expect.stringMatching(/^\d+$/),
      threadId: expect.stringMatching(/^\d+$/),
      accountId,
      mailboxes: [{ id: inbox?.id, path: 'INBOX', role: 'inbox' }],
      subject: 'Grüße aus Köln',
      from: [{ name: 'Ann first', address: 'ann@example.org' }],
      to: [{ name: '', address: 'bob@example.org' }],
      cc: [],
      date: '2026-11-20T09:00:00.000Z',
      keywords: expect.arrayContaining(['$seen', 'project']),
      size: Buffer.byteLength(raw),
      hasAttachment: false,
      messageId: 'first@example.org',
      pending: null,
    });
    const threads = await json<Rows>('list', '--mailbox', 'INBOX', '--threads');
    expect(threads.rows).toHaveLength(5);

    const id = first?.id ?? '';
    const source = await homeport(profile, ['show', id, '--source']);
    expect(source.stdout).toBe(raw);
    expect((await homeport(profile, ['show', id, '--text'])).stdout).toContain('Hello\nworld.');

    const rich = all.find(({ subject }) => subject === 'With a file')?.id ?? '';
    expect((await homeport(profile, ['show', rich, '--html'])).stdout.trimEnd()).toBe('<p>Rich</p>');
    expect((await homeport(profile, ['show', rich, '--attachment', '0'])).stdout).toBe('The file.\n');

    const mutated = await json<{ changeIds: string[] }>(
      'mutate',
      'keyword',
      '--add',
      '$flagged',
      '--remove',
      '$seen',
      id,
    );
    expect(mutated.changeIds).toEqual([expect.stringMatching(/^\d+$/)]);
    const archived = await json<{ changeIds: string[] }>('mutate', 'archive', id);
    const changed = await json<Rows>('list', '--mailbox', 'role:archive');
    expect(changed.rows).toMatchObject([{ id, keywords: expect.arrayContaining(['$flagged']) }]);
    await json('undo', archived.changeIds[0] ?? '');
    expect((await json<Rows>('list', '--mailbox', 'INBOX')).rows.some((row) => row.id === id)).toBe(true);
    await json('sync', '--wait');
    expect((await json<Rows>('pending', 'list')).rows).toEqual([]);
    const onServer = (await server.list(user, 'INBOX')).find(
      ({ messageId }) => messageId === '<first@example.org>',
    );
    expect(onServer?.flags).toEqual(['\\Flagged', 'project']);

    const log = await json<Rows>('log', '--limit', '5');
    expect(log.rows.length).toBeGreaterThan(0);
    expect(log.rows[0]).toMatchObject({
      accountId,
      kind: expect.any(String),
      startedAt: expect.stringMatching(/Z$/),
    });

    await json('mutate', 'trash', id);
    await json('mutate', 'junk', rich);
    const other = all.find(({ subject }) => subject === 'About m4')?.id ?? '';
    await json('mutate', 'move', '--to', 'Archive', other);
    await json('sync', '--wait');
    const sizes = async () =>
      Promise.all(
        ['INBOX', 'Archive', 'Junk', 'Trash'].map(async (path) => (await server.list(user, path)).length),
      );
    expect(await sizes()).toEqual([2, 1, 1, 1]);
    await json('mutate', 'delete', id);
    await json('sync', '--wait');
    expect(await sizes()).toEqual([2, 1, 1, 0]);

    await json('account', 'remove', accountId, '--keep-data');
    expect((await json<Rows>('account', 'list')).rows).toMatchObject([{ id: accountId, state: 'paused' }]);
    expect((await json<Rows>('list')).rows.length).toBeGreaterThan(0);
    await json('account', 'remove', accountId);
    expect((await json<Rows>('account', 'list')).rows).toEqual([]);
    expect((await json<Rows>('list')).rows).toEqual([]);
  }, 90_000);
});

test('CLI-002 every failure is one JSON document with its kind, its words and its exit code', async () => {
  const user = await server.addUser();
  const profile = newProfile();
  const add = (over: readonly string[], password: string) =>
    homeport(
      profile,
      ['account', 'add', 'imap', ...imapArguments(user, server.imapPort), ...over, '--json'],
      {
        env: { TEST_PASSWORD: password },
      },
    );
  const kindOf = (result: Awaited<ReturnType<typeof homeport>>) => [
    result.code,
    result.json<{ error: { kind: string; message: string; hint: string } }>().error.kind,
  ];
  expect(kindOf(await add([], 'wrong'))).toEqual([1, 'auth']);
  expect(kindOf(await add(['--imap-port', '1'], 'x'))).toEqual([1, 'refused']);
  expect(
    kindOf(
      await add(
        ['--imap-port', String(server.imapsPort), '--imap-host', 'localhost', '--imap-security', 'tls'],
        user.password,
      ),
    ),
  ).toEqual([1, 'tls']);
  expect(kindOf(await homeport(profile, ['list', '--mailbox', 'Nowhere', '--json']))).toEqual([
    3,
    'not-found',
  ]);
  expect(kindOf(await homeport(profile, ['show', '4711', '--json']))).toEqual([3, 'not-found']);
  expect(kindOf(await homeport(profile, ['list', '--colour', '--json']))).toEqual([2, 'usage']);
  expect((await homeportJson<Rows>(profile, ['account', 'list'])).rows).toEqual([]);

  const done = await homeport(profile, ['status', '--json']);
  expect(done.stdout.trimEnd().split('\n')).toHaveLength(1);
  expect([done.code, done.stderr]).toEqual([0, '']);
  const human = await homeport(profile, ['show', '4711']);
  expect([human.code, human.stdout]).toEqual([3, '']);
  expect(human.stderr).toMatch(/^homeport: .+/);

  const offline = await server.addUser();
  const accountId = await addImapAccount(profile, offline, server.imapPort);
  await server.halt();
  try {
    const sync = await homeport(profile, [
      'sync',
      '--account',
      accountId,
      '--wait',
      '--timeout',
      '10',
      '--json',
    ]);
    expect(sync.code).toBe(4);
  } finally {
    await server.start();
  }
});

test('CLI-003 secrets come by variable, file or prompt and appear nowhere afterwards', async () => {
  const user = await server.addUser();
  const profile = newProfile();
  const file = join(profile, '..', 'password.txt');
  writeFileSync(file, `${user.password}\n`);
  const argv = imapArguments(user, server.imapPort).filter(
    (word) => !['--password-env', 'TEST_PASSWORD'].includes(word),
  );
  const refused = await homeport(profile, [
    'account',
    'add',
    'imap',
    ...argv,
    '--password',
    user.password,
    '--json',
  ]);
  expect(refused.code).toBe(2);
  const added = await homeport(
    profile,
    ['account', 'add', 'imap', ...argv, '--password-file', file, '--json'],
    {
      env: { HOMEPORT_LOG: 'debug' },
    },
  );
  expect([added.code, added.stdout.includes(user.password), added.stderr.includes(user.password)]).toEqual([
    0,
    false,
    false,
  ]);
  const canaries = [user.password, Buffer.from(user.password).toString('base64')];
  await homeportJson(profile, ['sync', '--wait'], { env: { HOMEPORT_LOG: 'debug' } });
  for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    for (const canary of canaries) expect(content.includes(canary), path).toBe(false);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077, path).toBe(0);
  }
});

test('CLI-005 APP-420 every command explains itself on one screen with an example, unknown flags name the nearest, and signals end it within 3 s with nothing lost', async () => {
  const profile = newProfile();
  for (const { name, example } of COMMANDS) {
    const help = await homeport(profile, [...name.split(' '), '--help']);
    expect([name, help.code]).toEqual([name, 0]);
    expect(help.stdout).toContain(example);
    expect(help.stdout.split('\n').length, name).toBeLessThanOrEqual(40);
  }
  const typo = await homeport(profile, ['status', '--jsn']);
  expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('--json')]);
  const verb = await homeport(profile, ['statuss']);
  expect([verb.code, verb.stderr]).toEqual([2, expect.stringContaining('status')]);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const host = await serveHere(profile);
    await homeportJson(profile, ['account', 'add', 'local', '--name', signal, '--sample', '5']);
    const { code, ms } = await host.stop(signal);
    expect([signal, code, ms < 3_000]).toEqual([signal, 0, true]);
  }
  expect((await homeportJson<Rows>(profile, ['list'])).rows).toHaveLength(10);
}, 60_000);

test('a change of the command line is a change of the running host, and its log follows', async () => {
  const { profile, accountId } = await accountWithMail();
  await serveHere(profile);
  await homeportJson(profile, ['sync', '--wait']);
  const stop = new AbortController();
  const following = homeport(profile, ['log', '--follow', '--json', '--account', accountId], {
    signal: stop.signal,
  }).catch((error: Error) => error);
  const { rows } = await homeportJson<Rows>(profile, ['list', '--mailbox', 'INBOX']);
  await homeportJson(profile, ['mutate', 'trash', rows[0]?.id ?? '']);
  await homeportJson(profile, ['sync', '--wait']);
  const status = await homeportJson<{ accounts: { mailboxes: Row[] }[] }>(profile, ['status']);
  const total = (role: string) =>
    status.accounts[0]?.mailboxes.find((mailbox) => mailbox.role === role)?.total;
  expect([total('inbox'), total('trash')]).toEqual([3, 1]);
  // What was asked of the host since its start, and what the account did.
  const stats = await homeportJson<{
    commands: { method: string; count: number; p95Ms: number }[];
    accounts: { counters: { pushed: number; roundTrips: number } }[];
  }>(profile, ['stats']);
  expect(stats.commands.find(({ method }) => method === 'mutations.apply')).toMatchObject({ count: 1 });
  expect(stats.accounts[0]?.counters).toMatchObject({ pushed: 1, roundTrips: expect.any(Number) });
  expect(await homeportJson(profile, ['account', 'status', accountId])).toMatchObject({
    queue: { waiting: 0, parked: 0, oldestAt: null },
    totals: { pushed: 1, probedDone: 0 },
    loop: { busyShare: expect.any(Number), meanTurnMs: expect.any(Number) },
  });
  stop.abort();
  await following;
});

test('mail is put off, listed by the time it comes back, brought back, and comes back by itself', async () => {
  const { profile } = await accountWithMail();
  await serveHere(profile);
  await homeportJson(profile, ['sync', '--wait']);
  const list = (mailbox: string) => homeportJson<Rows>(profile, ['list', '--mailbox', mailbox]);
  const [one, two, three] = (await list('INBOX')).rows.map(({ id }) => id) as [string, string, string];
  const put = (until: string, ...ids: string[]) =>
    homeportJson<{ changeIds: string[] }>(profile, ['mutate', 'snooze', '--until', until, ...ids]);
  const late = await put('2090-05-04T08:00Z', one);
  await put('2080-01-01T08:00:00+02:00', two);
  const asleep = await list('role:snoozed');
  expect(asleep.rows.map(({ id, snoozedUntil }) => [id, snoozedUntil])).toEqual([
    [two, '2080-01-01T06:00:00.000Z'],
    [one, '2090-05-04T08:00:00.000Z'],
  ]);
  const page = await homeportJson<Rows>(profile, [...['list', '--mailbox', 'role:snoozed', '--limit', '1']]);
  expect([page.rows.length, typeof page.next]).toEqual([1, 'string']);
  expect((await list('INBOX')).rows).toHaveLength(2);
  const threads = await homeportJson<Rows>(profile, ['list', '--mailbox', 'role:snoozed', '--threads']);
  expect(threads.rows.map(({ id }) => id)).toEqual([two, one]);
  await homeportJson(profile, ['undo', late.changeIds[0] ?? '']);
  await homeportJson(profile, ['mutate', 'unsnooze', two]);
  expect((await list('role:snoozed')).rows).toEqual([]);
  expect((await list('INBOX')).rows).toHaveLength(4);
  await put(new Date(Date.now() + 1_500).toISOString(), three);
  await expect.poll(async () => (await list('INBOX')).rows.length, { timeout: 10_000 }).toBe(4);
  for (const until of ['tomorrow', '2020-01-01T00:00Z', '2090-05-04T08:00']) {
    const refused = await homeport(profile, ['mutate', 'snooze', '--until', until, one]);
    expect([until, refused.code]).toEqual([until, 2]);
  }
});

test('APP-414 a refused change is parked, listed like in the app, and after the repair retried and settled; another is discarded', async () => {
  const user = await server.addUser();
  for (const at of [1, 2]) await server.append(user, mail(`p${at}`));
  const admin = await server.session(user);
  await admin.mailboxCreate('Projects');
  const profile = newProfile();
  await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  await serveHere(profile);
  await admin.mailboxDelete('Projects');
  const { rows: messages } = await homeportJson<Rows>(profile, ['list', '--mailbox', 'INBOX']);
  for (const { id } of messages) await homeportJson(profile, ['mutate', 'move', '--to', 'Projects', id]);
  const parked = async () => (await homeportJson<Rows>(profile, ['pending', 'list', '--parked'])).rows;
  await expect.poll(async () => (await parked()).length, { timeout: 15_000 }).toBe(2);
  const [first, second] = await parked();
  expect(first).toMatchObject({
    state: 'parked',
    error: { message: expect.stringMatching(/./) },
    targetCount: 1,
  });
  await admin.mailboxCreate('Projects');
  await admin.logout();
  await homeportJson(profile, ['sync', '--wait']);
  expect(await homeportJson(profile, ['pending', 'retry', first?.id ?? ''])).toMatchObject({ count: 1 });
  expect(await homeportJson(profile, ['pending', 'discard', second?.id ?? ''])).toMatchObject({ count: 1 });
  await expect.poll(async () => (await server.list(user, 'Projects')).length, { timeout: 15_000 }).toBe(1);
  await expect
    .poll(async () => (await homeportJson<Rows>(profile, ['pending', 'list'])).rows, { timeout: 15_000 })
    .toEqual([]);
  expect(await server.list(user, 'INBOX')).toHaveLength(1);
});

test('doctor finds nothing wrong with a good profile, and names a folder others can read and a server that is away', async () => {
  const { profile } = await accountWithMail();
  const broken = async () => {
    const { code, json } = await homeport(profile, ['doctor', '--json']);
    return { code, checks: json<Rows>().rows.filter(({ ok }) => ok !== true) };
  };
  expect(await broken()).toEqual({ code: 0, checks: [] });
  chmodSync(profile, 0o755);
  expect(await broken()).toMatchObject({
    code: 1,
    checks: [{ name: 'profile', hint: expect.stringContaining('chmod') }],
  });
  chmodSync(profile, 0o700);
  await server.halt();
  try {
    const { code, checks } = await broken();
    expect(code).toBe(1);
    expect(checks).toMatchObject([{ hint: expect.stringMatching(/./) }]);
  } finally {
    await server.start();
  }
});

test('a backup opens as a profile of its own and holds the mail', async () => {
  const { profile, user } = await accountWithMail();
  // Large enough to live in a file of its own, also compressed.
  const large = mail('large', {
    subject: 'Large',
    body: randomBytes(90_000).toString('base64').replace(/.{76}/g, '$&\r\n'),
  });
  await server.append(user, large);
  await homeportJson(profile, ['sync', '--wait']);
  const here = await homeportJson<Rows>(profile, ['list']);
  const id = here.rows.find(({ subject }) => subject === 'Large')?.id ?? '';
  expect((await homeport(profile, ['show', id, '--source'])).stdout).toBe(large);
  const copy = newProfile();
  const { file, bytes } = await homeportJson<{ file: string; bytes: number }>(profile, ['backup', copy]);
  expect(bytes).toBe(statSync(file).size);
  expect((await homeportJson<Rows>(copy, ['list'])).rows).toHaveLength(5);
  expect((await homeport(copy, ['show', id, '--source'])).stdout === large).toBe(true);
  expect((await homeport(profile, ['backup', copy, '--json'])).code).toBe(1);
  // Seven programs are started one after the other.
}, 60_000);

test('CLI-022 a local account is filled with the same varied messages for the same seed', async () => {
  const list = async (seed: string) => {
    const profile = newProfile();
    await homeportJson(profile, [
      'account',
      'add',
      'local',
      '--name',
      'Trial',
      '--sample',
      '60',
      '--seed',
      seed,
    ]);
    const { rows } = await homeportJson<Rows>(profile, ['list', '--limit', '100']);
    return rows.map(({ subject, from, size }) => JSON.stringify([subject, from, size]));
  };
  const [one, again, other] = [await list('7'), await list('7'), await list('8')];
  expect(one).toHaveLength(60);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
