import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { fetchedUids, startEngine, stopEngines, until } from './engine-support';
import { mails } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy | null = null;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await stopEngines();
  await proxy?.close();
  proxy = null;
});

const place = (user: TestUser, port: number) => ({
  imap: { host: '127.0.0.1', port, security: 'none' as const, user: user.name },
  caPem: null,
  discardPending: false,
});

async function expunge(user: TestUser, set: string): Promise<void> {
  const other = await server.session(user);
  const lock = await other.getMailboxLock('INBOX');
  await other.messageDelete(set, { uid: true });
  lock.release();
  await other.logout();
}

test('SYNC-007 another server keeps local data only if it proves to be the same; otherwise the user chooses', async () => {
  const [mine, theirs] = [await server.addUser(), await server.addUser()];
  server.fill(mine, 'INBOX', mails(25));
  server.fill(theirs, 'INBOX', mails(12, 500));
  const engine = await startEngine();
  const accountId = await engine.addImap(mine, server.imapPort);
  await engine.sync();
  const before = (await engine.messages()).map(({ id }) => id);
  expect(before).toHaveLength(25);

  // The same mailbox through another door: nothing is loaded again, ids stay.
  proxy = await startFlakyProxy(server.imapPort);
  const moved = await engine.call('accounts.changeServer', {
    accountId,
    ...place(mine, proxy.port),
    ifDifferent: 'cancel',
  });
  expect(moved).toMatchObject({ result: 'kept', accountId });
  await engine.sync();
  expect((await engine.account()).server?.port).toBe(proxy.port);
  expect((await engine.messages()).map(({ id }) => id)).toEqual(before);
  expect(fetchedUids(proxy, 'headers')).toEqual([]);

  // Five of 25 may be gone meanwhile, six are too many.
  await engine.call('accounts.update', { accountId, paused: true });
  await expunge(mine, '1:5');
  const back = { accountId, ...place(mine, server.imapPort) };
  expect(await engine.call('accounts.changeServer', { ...back, ifDifferent: 'cancel' })).toMatchObject({
    result: 'kept',
  });
  await expunge(mine, '6');
  expect(
    await engine.call('accounts.changeServer', {
      accountId,
      ...place(mine, proxy.port),
      ifDifferent: 'cancel',
    }),
  ).toMatchObject({ result: 'different' });
  expect((await engine.account()).server?.port).toBe(server.imapPort);
  await engine.call('accounts.update', { accountId, paused: false });
  await engine.sync();

  // A new numbering is not the same (a copy of a mailbox has one).
  server.changeUidValidity(mine, 'INBOX');
  await engine.call('accounts.update', { accountId, paused: true });
  const renumbered = await engine.call('accounts.changeServer', {
    accountId,
    ...place(mine, proxy.port),
    ifDifferent: 'cancel',
  });
  expect(renumbered.result).toBe('different');

  // Somebody else's mailbox: refused without its password, nothing changes on cancel, all is new on resync.
  const other = { accountId, ...place(theirs, server.imapPort) };
  expect(await engine.call('accounts.changeServer', { ...other, ifDifferent: 'cancel' })).toMatchObject({
    result: 'refused',
    probe: { verdict: 'wrong-password' },
  });
  engine.vault.set('their-secret', theirs.password);
  const secretRef = 'their-secret';
  expect(
    await engine.call('accounts.changeServer', { ...other, secretRef, ifDifferent: 'cancel' }),
  ).toMatchObject({
    result: 'different',
    accountId,
  });
  expect((await engine.account()).server?.user).toBe(mine.name);
  expect(await engine.messages()).toHaveLength(19);
  const fresh = await engine.call('accounts.changeServer', { ...other, secretRef, ifDifferent: 'resync' });
  expect(fresh.result).toBe('resync');
  expect(await engine.call('accounts.list', {})).toMatchObject([{ id: fresh.accountId, name: mine.name }]);
  await until('the other mail', async () => (await engine.messages()).length === 12);
  expect((await engine.messages()).every(({ subject }) => /About m5\d\d/.test(subject))).toBe(true);
  expect(engine.vault.has('secret-1')).toBe(false);
}, 60_000);
