/** What scripts rely on beyond the happy path: whole lists, wrong ids, bytes as they are, counts that add up. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
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

const ROW = [
  ...['id', 'threadId', 'mailboxes', 'subject', 'from', 'to', 'cc', 'date', 'keywords', 'size'],
  ...['hasAttachment', 'messageId', 'pending'],
];

/** Thirty messages of the same second, one with 8-bit bytes and two attachments. */
async function fullProfile() {
  const user = await server.addUser();
  const date = Date.UTC(2026, 10, 20, 12);
  server.fill(
    user,
    'INBOX',
    Array.from({ length: 30 }, (_, at) => ({ raw: Buffer.from(mail(`tie${at}`)), flags: [], date })),
  );
  await server.append(user, RAW, { date: new Date(date + 60_000) });
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  return { user, profile, accountId };
}

const RAW = Buffer.concat([
  Buffer.from(
    [
      'From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>',
      'To: anna@example.org',
      'Subject: Eight bits',
      'Date: Fri, 20 Nov 2026 12:01:00 +0000',
      'Message-ID: <eight@example.org>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Gr',
    ].join('\r\n'),
    'latin1',
  ),
  Buffer.from([0xfc, 0xdf, 0x65]),
  Buffer.from(
    [
      '',
      '--b',
      'Content-Type: application/octet-stream; name=x.bin',
      'Content-Disposition: attachment; filename=x.bin',
      'Content-Transfer-Encoding: base64',
      '',
      'AAECAwT/',
      '--b--',
      '',
    ].join('\r\n'),
  ),
]);

test('CLI-030 every way to list pages through all rows once, also over messages of the same second', async () => {
  const { profile, accountId } = await fullProfile();
  await serveHere(profile);
  const all = async (...args: string[]) => {
    const rows: Row[] = [];
    let next: string | undefined;
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await homeportJson<Rows>(profile, ['list', ...args, ...(next ? ['--before', next] : [])]);
      rows.push(...page.rows);
      next = page.next;
      if (next === undefined) return rows;
    }
    throw new Error('the list does not end');
  };
  for (const where of [[], ['--mailbox', 'inbox'], ['--mailbox', 'role:inbox', '--account', accountId]]) {
    for (const form of [[], ['--threads']]) {
      const rows = await all(...where, ...form, '--limit', '11');
      expect(new Set(rows.map(({ id }) => id)).size, [...where, ...form].join(' ')).toBe(31);
      expect(rows).toHaveLength(31);
      for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(ROW));
      expect(rows[0]).toMatchObject({ subject: 'Eight bits', date: '2026-11-20T12:01:00.000Z' });
      expect((await all(...where, ...form, '--limit', '2000')).map(({ id }) => id)).toEqual(
        rows.map(({ id }) => id),
      );
    }
  }
  for (const args of [
    ['--before', 'nowhere'],
    ['--threads', '--before', 'nowhere'],
    ['--limit', '0'],
  ])
    expect((await homeport(profile, ['list', ...args, '--json'])).code).toBe(2);
}, 120_000);

test('CLI-031 the source and every attachment come as the server has them; what is not there is not found', async () => {
  const { profile } = await fullProfile();
  const { rows } = await homeportJson<Rows>(profile, ['list', '--limit', '1']);
  const id = rows[0]?.id ?? '';
  const bytes = async (...args: string[]) => {
    const { data } = await homeportJson<{ data: string }>(profile, ['show', id, ...args]);
    return Buffer.from(data, 'base64');
  };
  expect((await bytes('--source')).equals(RAW)).toBe(true);
  expect([...(await bytes('--attachment', '0'))]).toEqual([0, 1, 2, 3, 4, 255]);
  expect((await homeport(profile, ['show', id, '--text'])).stdout).toBe('Grüße\n');
  const none = await homeport(profile, ['show', id, '--attachment', '1', '--json']);
  expect([none.code, none.json()]).toMatchObject([
    3,
    { error: { hint: expect.stringContaining('It has 1') } },
  ]);
  expect((await homeport(profile, ['show', id, '--html', '--json'])).code).toBe(3);
});

test('CLI-032 ids nobody has are not found and change nothing; a word that is no keyword is refused; undo twice is harmless', async () => {
  const { profile, user } = await fullProfile();
  const [first] = (await homeportJson<Rows>(profile, ['list', '--limit', '1'])).rows;
  const id = first?.id ?? '';
  for (const args of [
    ['show', 'nothing'],
    ['undo', '4711'],
    ['mutate', 'archive', id, '4711'],
    ['mutate', 'move', '--to', 'Nowhere', id],
    ['pending', 'retry', '4711'],
    ['pending', 'discard', 'x'],
    ['account', 'status', '9'],
  ]) {
    const { code, json } = await homeport(profile, [...args, '--json']);
    expect([args.join(' '), code, json()]).toMatchObject([
      args.join(' '),
      3,
      { error: { kind: 'not-found' } },
    ]);
  }
  for (const args of [['--add', 'two words'], ['--add', ''], []])
    expect((await homeport(profile, ['mutate', 'keyword', ...args, id, '--json'])).code).toBe(2);
  expect((await homeportJson<Rows>(profile, ['pending', 'list'])).rows).toEqual([]);

  const { changeIds } = await homeportJson<{ changeIds: string[] }>(profile, ['mutate', 'archive', id]);
  const undo = () => homeportJson(profile, ['undo', changeIds[0] ?? '']);
  expect([await undo(), await undo()]).toMatchObject([{ restored: 1 }, { restored: 0, skipped: 0 }]);
  expect((await homeportJson<Rows>(profile, ['pending', 'list'])).rows).toEqual([]);
  expect(await server.list(user, 'Archive')).toEqual([]);
}, 90_000);

test('CLI-025 without a running Homeport the counts of sync are all that happened, whenever it began', async () => {
  const { profile, user, accountId } = await fullProfile();
  await server.append(user, mail('later'));
  const [first] = (await homeportJson<Rows>(profile, ['list', '--limit', '1'])).rows;
  await homeportJson(profile, ['mutate', 'archive', first?.id ?? '']);
  const { rows } = await homeportJson<{ rows: object[] }>(profile, ['sync', '--wait', '--timeout', '20']);
  expect(rows).toEqual([
    {
      accountId,
      result: 'ok',
      durationMs: expect.any(Number),
      fetched: 1,
      changed: expect.any(Number),
      removed: expect.any(Number),
      pushed: 1,
      parked: 0,
    },
  ]);
  const { rows: states } = await homeportJson<Rows>(profile, ['account', 'status']);
  expect(states).toMatchObject([{ accountId, queue: { waiting: 0, parked: 0, nextDueAt: null } }]);
});

test('CLI-002 with --json help and version are one document too', async () => {
  const profile = newProfile();
  for (const args of [['--version'], ['--help'], ['list', '--help']]) {
    const { code, json } = await homeport(profile, [...args, '--json']);
    expect([code, Object.values(json<Record<string, string>>())[0]]).toEqual([0, expect.any(String)]);
  }
});

test('CLI-032 in a local account, where nothing waits for a server, a change is undone by its id too', async () => {
  const profile = newProfile();
  await homeportJson(profile, ['account', 'add', 'local', '--name', 'Here', '--sample', '5']);
  const [first] = (await homeportJson<Rows>(profile, ['list', '--limit', '1'])).rows;
  const id = first?.id ?? '';
  const { changeIds } = await homeportJson<{ changeIds: string[] }>(profile, ['mutate', 'trash', id]);
  expect(changeIds).toEqual([expect.any(String)]);
  const where = async () => (await homeportJson(profile, ['show', id])).mailboxes;
  expect(await where()).toMatchObject([{ role: 'trash' }]);
  expect(await homeportJson(profile, ['undo', changeIds[0] ?? ''])).toMatchObject({ restored: 1 });
  expect(await where()).toEqual(first?.mailboxes);
});
