import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, type TestEngine, until } from './engine-support';

let server: DovecotServer;
let disk: string | null = null;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await stopEngines();
  if (disk !== null) execFileSync('umount', [disk]);
  if (disk !== null) rmSync(disk, { recursive: true });
  disk = null;
});

/** A file system of its own with so many megabytes; null where only root may make one. */
function smallDisk(megabytes: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'homeport-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return folder;
}

const LARGE = 40;

/** A message with an attachment that nothing can compress. */
function largeMail(at: number): Buffer {
  const content = randomBytes(1_000_000).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      'From: ann@example.org',
      `Subject: Large ${at}`,
      `Message-ID: <large${at}@example.org>`,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      `Text ${at}.`,
      '--b',
      'Content-Type: application/octet-stream; name=data.bin',
      'Content-Disposition: attachment; filename=data.bin',
      'Content-Transfer-Encoding: base64',
      '',
      content,
      '--b--',
      '',
    ].join('\r\n'),
  );
}

test('SYNC-348 on a full disk mail stops with words and numbers, reading and deleting go on, nothing is half written, and it goes on by itself', async (context) => {
  disk = smallDisk(48);
  if (disk === null) return context.skip('only root may mount a small file system');
  const user = await server.addUser();
  server.fill(
    user,
    'INBOX',
    Array.from({ length: LARGE }, (_, at) => ({
      raw: largeMail(at),
      flags: [],
      date: Date.UTC(2026, 1, 1) + at * 60_000,
    })),
  );
  const engine = await startEngine({ profileDir: disk, vault: new Map() } as unknown as TestEngine);
  await engine.addImap(user, server.imapPort);
  const status = () => engine.call('status.get', {});
  await until('the disk is full', async () => (await status()).diskNeededBytes !== null, 60_000);
  const needed = (await status()).diskNeededBytes ?? 0;
  // What is missing at the server is of that order.
  expect(needed).toBeGreaterThan(1_000_000);
  await until('the account says so', async () => (await engine.account()).failure?.kind === 'limit');
  expect((await engine.account()).failure?.message).toContain('no room');
  await until('the windows are told', async () =>
    engine.events.some((event) => event.kind === 'status' && event.status.diskNeededBytes !== null),
  );
  const check = (await engine.call('doctor.run', { repair: false })).find(
    ({ name }) => name === 'disk-space',
  );
  expect(check).toMatchObject({ ok: false, hint: expect.stringMatching(/Free about \d+ MB/) });

  // Reading: every header, and the bodies that came.
  const messages = await engine.messages();
  expect(messages).toHaveLength(LARGE);
  const stored = (await engine.mailbox('INBOX')).bodies;
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(LARGE);
  const newest = messages[0] as (typeof messages)[number];
  const body = await engine.call('messages.body', { messageId: newest.id, charset: null });
  expect(body?.segments.map(({ text }) => text).join('')).toContain('Text 39.');
  const missing = messages.at(-1) as (typeof messages)[number];
  expect(await engine.attempt('bodies.request', { messageId: missing.id })).toMatchObject({
    ok: false,
    failure: { kind: 'limit', bound: 'disk' },
  });

  // Deleting: here at once, and at the server.
  for (const { id } of messages.slice(0, 5))
    await engine.call('mutations.apply', {
      target: { kind: 'messages', messageIds: [id] },
      mutation: { kind: 'trash' },
    });
  expect((await engine.mailbox('INBOX')).total).toBe(LARGE - 5);
  await until('the server knows', async () => (await server.list(user, 'Trash')).length === 5, 20_000);

  // Whole or not at all.
  const blobs = join(disk, 'blobs');
  const files = readdirSync(blobs).flatMap((prefix) => readdirSync(join(blobs, prefix)));
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const checks = await engine.call('doctor.run', { repair: false });
  expect(checks.filter(({ ok, name }) => !ok && name !== 'disk-space')).toEqual([]);

  execFileSync('mount', ['-o', 'remount,size=300m', disk]);
  await engine.sync();
  await until('everything is here', async () => (await status()).diskNeededBytes === null, 20_000);
  await until(
    'every body',
    async () => {
      const boxes = await engine.call('mailboxes.list', {});
      return boxes.reduce((sum, { bodies }) => sum + bodies, 0) === LARGE;
    },
    40_000,
  );
  expect((await engine.account()).failure).toBeNull();
}, 180_000);
