import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

interface Change {
  readonly changeIds: readonly string[];
  readonly gestureId: string;
  readonly mailboxId: string;
  readonly affected: number;
}

test('folders are created, renamed, subscribed, given a role and deleted on the command line, and the server follows', async () => {
  const user = await server.addUser();
  const profile = newProfile();
  const account = await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const change = (...args: string[]) => homeportJson<Change>(profile, ['mailbox', ...args]);
  const made = await change('create', 'Travel', '--account', account);
  expect(made).toEqual({
    changeIds: [expect.any(String)],
    gestureId: expect.any(String),
    mailboxId: expect.any(String),
    affected: 0,
  });
  await change('create', 'Rome', '--in', 'Travel');
  await change('rename', 'Travel', '--name', 'Trips');
  await change('subscribe', 'Archive');
  await change('unsubscribe', 'Trips/Rome');
  await change('role', 'Trips', '--as', 'archive');
  await homeportJson(profile, ['sync', '--wait']);
  const session = await server.session(user);
  const listed = (await session.list()).map(({ path, subscribed }) => `${path}${subscribed ? '+' : ''}`);
  expect(listed).toEqual(expect.arrayContaining(['Archive+', 'Trips+', 'Trips/Rome']));
  const status = await homeportJson<{ accounts: { mailboxes: { path: string; role: string | null }[] }[] }>(
    profile,
    ['status'],
  );
  const roles = status.accounts[0]?.mailboxes.filter(({ role }) => role === 'archive');
  expect(roles?.map(({ path }) => path)).toEqual(['Trips']);
  await session.logout();

  const gone = await change('delete', 'Trips/Rome');
  await homeportJson(profile, ['undo', gone.changeIds[0] ?? '']);
  await change('rename', 'Trips/Rome', '--top');

  for (const [args, code] of [
    [['delete', 'Nowhere'], 3],
    [['delete', 'INBOX'], 1],
    [['rename', 'Trips'], 2],
    [['rename', 'Trips', '--name', 'a/b'], 1],
    [['role', 'Trips', '--as', 'boss'], 2],
  ] as const) {
    const failed = await homeport(profile, ['mailbox', ...args, '--json']);
    expect([args, failed.code]).toEqual([args, code]);
  }
  const help = await homeport(profile, ['--help']);
  for (const verb of ['create', 'rename', 'delete', 'subscribe', 'unsubscribe', 'role'])
    expect(help.stdout).toContain(`mailbox ${verb}`);
}, 120_000);
