import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

test('APP-376 whatever is done, the host reaches for the user’s own mail server and for nobody else', async () => {
  const user = await server.addUser();
  const page = '<img src="https://tracker.example/a.png"><a href="https://shop.example/">shop</a>';
  const lures = [
    'List-Unsubscribe: <https://lists.example/leave>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Disposition-Notification-To: spy@example.com',
    'Content-Type: text/html; charset=utf-8',
  ].join('\r\n');
  const lure = mail('lure', { body: page }).replace('Content-Type: text/plain; charset=utf-8', lures);
  await server.append(user, lure);
  for (const at of [1, 2, 3]) await server.append(user, mail(`m${at}`));
  const profile = newProfile();
  const record = join(dirname(profile), 'network.txt');
  mkdirSync(dirname(record), { recursive: true });
  const recorder = join(import.meta.dirname, 'record-network.cjs');
  const env = { NODE_OPTIONS: `--require ${recorder}`, HOMEPORT_TEST_RECORD: record };
  const host = await serveHere(profile, [], env);
  const accountId = await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const { rows } = await homeportJson<{ rows: { id: string }[] }>(profile, ['list']);
  expect(rows).toHaveLength(4);
  for (const { id } of rows)
    expect((await homeport(profile, ['show', id, '--html', '--json'])).stdout).not.toBe('');
  const ids = rows.map(({ id }) => id);
  await homeportJson(profile, ['mutate', 'keyword', '--add', '$flagged', '--add', '$seen', ...ids]);
  await homeportJson(profile, ['mutate', 'archive', ids[0] ?? '']);
  await homeportJson(profile, ['account', 'test', accountId]);
  await homeport(profile, ['doctor', '--json']);
  await homeportJson(profile, ['sync', '--wait']);
  const html = await fetch(host.ready.ui.replace(/#.*/, ''));
  expect(html.status).toBe(200);
  await host.stop();
  // Commands with an engine of their own, too.
  await homeportJson(profile, ['sync', '--wait'], { env });

  const lines = readFileSync(record, 'utf8').trim().split('\n');
  const wanted = [...new Set(lines.filter((line) => !line.startsWith('loaded')))].sort();
  // Main thread, engine and reader of the host and of the last command.
  expect(lines.filter((line) => line.startsWith('loaded')).length).toBeGreaterThanOrEqual(5);
  const own = [`connect 127.0.0.1:${server.imapPort}`, 'name 127.0.0.1'];
  expect(wanted.filter((line) => !own.includes(line))).toEqual([]);
  expect(wanted).toContain(own[0]);
});
