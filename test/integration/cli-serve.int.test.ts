import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { fetchedUids, until } from './engine-support';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { mails } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

interface Status {
  readonly accounts: readonly {
    readonly mailboxes: readonly { path: string; total: number; stored: number }[];
  }[];
}
const stored = async (profile: string, path = 'INBOX') => {
  const status = await homeportJson<Status>(profile, ['status']);
  return status.accounts[0]?.mailboxes.find((mailbox) => mailbox.path === path)?.stored ?? 0;
};

test('APP-390 serve prints exactly one ready line, logs elsewhere, and SIGTERM ends it within 3 s', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(50));
  const profile = newProfile();
  const host = await serveHere(profile, ['--ui-port', '0'], { HOMEPORT_LOG: 'debug' });
  expect(host.ready).toEqual({
    ready: true,
    ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=\S{20,}$/),
    bridge: null,
    pid: expect.any(Number),
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const { code, ms } = await host.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(3_000);
  expect(host.stdout().trimEnd().split('\n')).toHaveLength(1);
});

test('APP-391 another address than this computer needs TLS and a password, and the refusal says why', async () => {
  const profile = newProfile();
  const open = await homeport(profile, ['serve', '--ui-host', '0.0.0.0', '--json']);
  expect(open.code).toBe(2);
  expect(open.json<{ error: { message: string } }>().error.message).toMatch(/TLS|password/i);
  const onlyPassword = await homeport(
    profile,
    ['serve', '--ui-host', '0.0.0.0', '--ui-password-env', 'P', '--json'],
    {
      env: { P: 'secret words' },
    },
  );
  expect(onlyPassword.code).toBe(2);
  const certificate = ['--tls-cert', server.caPath, '--tls-key', join(dirname(server.caPath), 'key.pem')];
  const onlyTls = await homeport(profile, ['serve', '--ui-host', '0.0.0.0', ...certificate, '--json']);
  expect([onlyTls.code, onlyTls.stdout]).toEqual([2, expect.stringMatching(/password/i)]);
  const host = await serveHere(profile);
  expect(host.ready.ui).toContain('http://127.0.0.1:');
});

test('CLI-011 phones without encryption are refused on any address but loopback', async () => {
  const refused = await homeport(newProfile(), [
    'serve',
    '--insecure-http',
    '--bridge-host',
    '0.0.0.0',
    '--json',
  ]);
  expect([refused.code, refused.json<{ error: { kind: string } }>().error.kind]).toEqual([2, 'usage']);
});

test('CLI-001 CLI-004 two processes on one profile: the second talks to the first, and two hosts are refused', async () => {
  const profile = newProfile();
  const local = ['account', 'add', 'local', '--name', 'Here', '--sample', '10'];
  await homeportJson(profile, local);
  const host = await serveHere(profile);
  const second = await homeport(profile, ['serve', '--json']);
  expect(second.code).toBe(1);
  expect(second.json<{ error: { kind: string; message: string } }>().error).toMatchObject({
    kind: 'conflict',
    message: expect.stringContaining(String(host.ready.pid)),
  });
  const results = await Promise.all(
    [1, 2, 3, 4].map(() => homeport(profile, ['list', '--json', '--limit', '1'])),
  );
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const elsewhere = newProfile();
  expect(
    (await homeport(elsewhere, ['list', '--json', '--profile', profile])).json<{ rows: unknown[] }>().rows,
  ).toHaveLength(10);
  await host.stop();
  expect((await homeport(profile, ['list', '--json'])).code).toBe(0);
});

test('APP-411 killed -9 during a sync and started again it continues: nothing is lost, nothing stored is fetched again', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(3000));
  const cable = await startFlakyProxy(server.imapPort);
  cable.delayMs = 25;
  const profile = newProfile();
  const host = await serveHere(profile);
  await addImapAccount(profile, user, cable.port);
  await until('old mail comes', async () => (await stored(profile)) >= 300, 15_000);
  await host.kill();
  cable.delayMs = 0;
  const mark = cable.lines.length;

  const again = await serveHere(profile);
  await until('everything is here', async () => (await stored(profile)) === 3000, 20_000);
  const fetched = fetchedUids(cable, 'headers', mark);
  expect(new Set(fetched).size).toBeLessThanOrEqual(2700);
  expect(Math.max(...fetched)).toBeLessThanOrEqual(2700);
  const doctor = await homeport(profile, ['doctor', '--json']);
  expect(doctor.json<{ rows: { name: string; ok: boolean }[] }>().rows.filter(({ ok }) => !ok)).toEqual([]);
  await again.stop();
  await cable.close();
});
