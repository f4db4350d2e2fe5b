import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { type SmtpServer, startSmtp } from '../servers/start-smtp';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { until } from './engine-support';
import { addImapAccount, homeport, homeportJson } from './homeport-process';

let server: DovecotServer;
let smtp: SmtpServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await cleanUp();
  await smtp.stop();
});

interface Entry {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly kind: string } | null;
}

/** An account that sends; its server is known to file no copies, so that nobody waits a minute to find out. */
async function sender(): Promise<{ user: TestUser; profile: string; from: string }> {
  smtp = await startSmtp({ plain: true });
  const user = await server.addUser();
  const profile = newProfile();
  const smtpFlags = ['--smtp-host', '127.0.0.1', '--smtp-port', String(smtp.port), '--smtp-security', 'none'];
  await addImapAccount(profile, user, server.imapPort, smtpFlags);
  await homeportJson(profile, ['sync', '--wait']);
  const db = new Database(join(profile, 'homeport.sqlite'));
  db.exec(`INSERT INTO submission_facts (account_id, host, files_copies) VALUES (1, '127.0.0.1', 0)
    ON CONFLICT DO UPDATE SET files_copies = 0`);
  db.close();
  return { user, profile, from: `${user.name}@example.org` };
}

const outbox = async (profile: string) =>
  (await homeportJson<{ rows: Entry[] }>(profile, ['outbox', 'list'])).rows;

test('CLI-033 a message is sent, listed, retried, taken back and given up on the command line', async () => {
  const { user, profile, from } = await sender();
  const text = join(profile, '..', 'hello.txt');
  writeFileSync(text, 'Hello Bea\n');
  const to = ['--from', from, '--to', 'Bea <bea@example.net>', '--subject'];
  const written = [...to, 'Hello', '--text', text];
  const sent = await homeportJson(profile, [
    'send',
    ...written,
    '--bcc',
    'cid@example.net',
    '--attach',
    text,
  ]);
  expect(sent).toEqual({ submissionId: expect.stringMatching(/^\d+$/), state: expect.any(String) });
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]?.to).toEqual(['bea@example.net', 'cid@example.net']);
  expect(smtp.received[0]?.raw.toString()).toContain('filename=hello.txt');
  await homeportJson(profile, ['sync', '--wait']);
  expect(await server.list(user, 'Sent')).toHaveLength(1);

  const eml = join(profile, '..', 'ready.eml');
  writeFileSync(
    eml,
    `From: ${from}\nTo: dan@example.net\nBcc: eve@example.net\nSubject: Ready\n\nAs it is\n`,
  );
  await homeportJson(profile, ['send', '--eml', eml]);
  expect(smtp.received[1]?.to).toEqual(['dan@example.net', 'eve@example.net']);
  expect(smtp.received[1]?.raw.toString()).not.toContain('eve@');
  expect(smtp.received[1]?.raw.toString()).toMatch(/^Message-ID: </m);

  smtp.faults.data = { code: 550, text: '5.7.1 no' };
  const failed = await homeportJson<{ submissionId: string; state: string }>(profile, ['send', ...written]);
  expect(failed.state).toBe('failed');
  expect(await outbox(profile)).toMatchObject([
    { id: failed.submissionId, state: 'failed', error: { kind: 'rejected' } },
    ...Array.from({ length: 2 }, () => ({})),
  ]);
  smtp.faults.data = null;
  await homeportJson(profile, ['outbox', 'retry', failed.submissionId]);
  await homeportJson(profile, ['sync', '--wait']);
  expect(smtp.received).toHaveLength(3);

  const later = ['--at', '2099-01-01T08:00Z'];
  const held = await homeportJson<{ submissionId: string; state: string }>(profile, [
    'send',
    ...written,
    ...later,
  ]);
  expect(held.state).toBe('held');
  expect(await homeportJson(profile, ['outbox', 'cancel', held.submissionId])).toEqual({ count: 1 });
  const other = await homeportJson<{ submissionId: string }>(profile, ['send', ...written, ...later]);
  expect(await homeportJson(profile, ['outbox', 'discard', other.submissionId])).toEqual({ count: 1 });
  expect((await outbox(profile)).filter(({ state }) => state === 'held')).toEqual([]);
  expect(smtp.received).toHaveLength(3);

  const codes = await Promise.all(
    [
      ['send', '--from', from, '--subject', 'nobody'],
      ['send', '--from', 'stranger@example.org', '--to', 'a@example.net'],
      ['send', '--eml', eml, '--to', 'a@example.net'],
      ['outbox', 'retry', '999'],
    ].map(async (args) => (await homeport(profile, args)).code),
  );
  expect(codes).toEqual([2, 3, 2, 3]);
}, 300_000);

test('a host that is killed while a message is held or on its way sends it once, and asks when it cannot know', async () => {
  const { profile, from } = await sender();
  const text = join(profile, '..', 'text.txt');
  writeFileSync(text, 'Text\n');
  const written = ['--from', from, '--to', 'bea@example.net', '--text', text, '--subject'];
  const first = await serveHere(profile, ['--ui-port', '0']);
  const soon = new Date(Date.now() + 4_000).toISOString();
  await homeportJson(profile, ['send', ...written, 'Held', '--at', soon]);
  await first.kill();
  const second = await serveHere(profile, ['--ui-port', '0']);
  await until('it left', () => smtp.received.length === 1, 20_000);

  smtp.faults.delayMs = 60_000;
  const onItsWay = await homeportJson<{ submissionId: string }>(profile, ['send', ...written, 'On its way']);
  const stage = (): unknown => {
    const db = new Database(join(profile, 'homeport.sqlite'), { readonly: true });
    try {
      return db.prepare('SELECT stage FROM outbox WHERE id = ?').pluck().get(Number(onItsWay.submissionId));
    } finally {
      db.close();
    }
  };
  await until('it was handed over', () => stage() === 'terminator-handed-over', 30_000);
  await second.kill();
  smtp.faults.delayMs = 0;
  await serveHere(profile, ['--ui-port', '0']);
  const isUnknown = async () =>
    (await outbox(profile)).some(({ id, state }) => id === onItsWay.submissionId && state === 'unknown');
  await until('nobody knows', isUnknown, 30_000);
  const begun = smtp.commands.filter((command) => command.startsWith('MAIL')).length;
  await homeportJson(profile, ['sync', '--wait']);
  expect(await isUnknown()).toBe(true);
  expect(smtp.commands.filter((command) => command.startsWith('MAIL'))).toHaveLength(begun);
}, 300_000);

test('a message file of megabytes is sent byte by byte; a time long past and half an address are refused with words', async () => {
  const { profile, from } = await sender();
  const eml = join(profile, '..', 'large.eml');
  const lines = Array.from({ length: 30_000 }, (_, at) => `${at} ${'x'.repeat(70)}`).join('\r\n');
  const message = `From: ${from}\r\nTo: dan@example.net\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: <large@example.org>\r\nSubject: Large\r\n\r\n${lines}\r\n`;
  writeFileSync(eml, message);
  await homeportJson(profile, ['send', '--eml', eml]);
  await until('the message is at the server', () => smtp.received.length === 1);
  expect(smtp.received[0]?.raw.toString()).toBe(message);

  const refused = async (...more: string[]) => {
    const result = await homeport(profile, ['send', '--from', from, '--subject', 'x', ...more, '--json']);
    return [result.code, result.json<{ error: { message: string; hint: string } }>().error];
  };
  expect(await refused('--to', 'dan@example.net', '--at', '2020-01-01T00:00Z')).toEqual([
    2,
    expect.objectContaining({ message: expect.stringContaining('long past') }),
  ]);
  expect(await refused('--to', 'dan')).toEqual([
    1,
    expect.objectContaining({ hint: expect.stringContaining('name@example.org') }),
  ]);
  expect(await outbox(profile)).toHaveLength(1);
}, 60_000);
