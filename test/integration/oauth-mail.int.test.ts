/** Access tokens at a real mail server, which asks the authorization server about each (RFC 7662). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AccountId } from '../../src/shared/domain';
import { openTokens, sealTokens } from '../../src/sync/oauth/token-set';
import { type AuthorizationServer, startAuthorization } from '../servers/start-authorization';
import type { DovecotServer, TestUser } from '../servers/start-dovecot';
import { startTokenMail } from '../servers/start-token-mail';
import { cleanUp, newProfile } from './cli-profile';
import { startEngine, stopEngines, type TestEngine } from './engine-support';
import { homeport, homeportJson } from './homeport-process';

let authorization: AuthorizationServer;
let server: DovecotServer;

beforeAll(async () => {
  authorization = await startAuthorization();
  server = await startTokenMail(authorization);
});
afterAll(async () => {
  await server.stop();
  await authorization.close();
});
afterEach(async () => {
  authorization.mood = {};
  authorization.tokenRequests.length = 0;
  await stopEngines();
  cleanUp();
});

/** An account that was signed in with the browser. */
async function signedIn(): Promise<{
  engine: TestEngine;
  user: TestUser;
  accountId: AccountId;
  secretRef: string;
}> {
  const user = await server.addUser();
  const engine = await startEngine();
  const { client } = authorization;
  const { signInId, url } = await engine.call('oauth.begin', { client, email: `${user.name}@example.org` });
  await authorization.signInAndReturn(url, user.name);
  const { secretRef, grantedAs } = await engine.call('oauth.finish', { signInId });
  expect(grantedAs).toBe(`${user.name}@example.org`);
  const input = {
    name: 'Anna',
    caPem: null,
    pinned: [],
    email: `${user.name}@example.org`,
    imap: { host: '127.0.0.1', port: server.imapPort, security: 'none' as const, user: user.name },
    auth: 'oauth' as const,
    oauth: client,
    secretRef,
  };
  expect(await engine.call('accounts.probe', input)).toMatchObject({ verdict: 'ok' });
  const { accountId } = await engine.call('accounts.addImap', input);
  return { engine, user, accountId, secretRef };
}

const secretRefOf = (engine: TestEngine) => [...engine.vault.keys()];
const tokensOf = (engine: TestEngine) => openTokens([...engine.vault.values()][0] ?? '');
const refreshes = () =>
  authorization.tokenRequests.filter(({ grant_type }) => grant_type === 'refresh_token').length;

test('an account signs in with its token at a real server, and its mail arrives', async () => {
  const { engine, user, accountId } = await signedIn();
  await server.append(user, 'From: a@example.org\r\nSubject: by token\r\n\r\nText\r\n');
  await engine.sync();
  expect((await engine.messages()).map(({ subject }) => subject)).toEqual(['by token']);
  expect(await engine.call('accounts.test', { accountId })).toMatchObject({ verdict: 'ok' });
  expect(refreshes()).toBe(0);
});

test('SYNC-016 a token is renewed once however many ask, 5 minutes before it ends or when it is refused, and the new refresh token is kept before the new access token is used', async () => {
  const { engine, user, accountId } = await signedIn();
  await engine.sync();
  const before = tokensOf(engine);
  const [firstRef] = secretRefOf(engine);

  // Refused before its time: one renewal and the login goes on, for all who ask together.
  authorization.accessTokens.delete(before?.accessToken ?? '');
  const tests = [1, 2, 3].map(() => engine.call('accounts.test', { accountId }));
  for (const probed of await Promise.all(tests)) expect(probed.verdict).toBe('ok');
  expect(refreshes()).toBe(1);
  const renewed = tokensOf(engine);
  expect(renewed?.accessToken).not.toBe(before?.accessToken);
  expect(authorization.refreshTokens.has(before?.refreshToken ?? '')).toBe(false);
  expect(authorization.refreshTokens.get(renewed?.refreshToken ?? '')).toBe(user.name);
  // One secret under a new handle, which the account carries; after a start it is still good.
  expect(secretRefOf(engine)).toHaveLength(1);
  expect(secretRefOf(engine)).not.toEqual([firstRef]);
  await engine.stop();
  const again = await startEngine(engine);
  expect(await again.call('accounts.test', { accountId })).toMatchObject({ verdict: 'ok' });
  expect(refreshes()).toBe(1);

  // Near its end it is renewed before it is refused; without a minute to spare, not earlier.
  const [ref] = secretRefOf(again);
  const near = (leftMs: number) => {
    const tokens = openTokens(again.vault.get(ref ?? '') ?? '');
    if (!tokens || ref === undefined) throw new Error('no tokens');
    again.vault.set(ref, sealTokens({ ...tokens, expiresAt: Date.now() + leftMs }));
  };
  near(6 * 60_000);
  expect((await again.call('accounts.test', { accountId })).verdict).toBe('ok');
  expect(refreshes()).toBe(1);
  near(4 * 60_000);
  expect((await again.call('accounts.test', { accountId })).verdict).toBe('ok');
  expect(refreshes()).toBe(2);

  // A vault that cannot keep the new refresh token: the new access token is not used either.
  const { accessTokens } = authorization;
  accessTokens.delete(tokensOf(again)?.accessToken ?? '');
  const set = again.vault.set.bind(again.vault);
  again.vault.set = () => {
    throw new Error('the vault is closed');
  };
  const known = new Set(accessTokens.keys());
  await again.call('accounts.test', { accountId }).catch(() => undefined);
  again.vault.set = set;
  const fresh = [...accessTokens.keys()].filter((token) => !known.has(token));
  expect(fresh).toHaveLength(1);
  expect(authorization.introspected).not.toContain(fresh[0]);
});

test('SYNC-017 only a refused refresh token asks for a new sign-in; whatever else happens is offline', async () => {
  const { engine, user, accountId } = await signedIn();
  await engine.sync();
  const end = () => authorization.accessTokens.delete(tokensOf(engine)?.accessToken ?? '');
  const failing = async () => {
    const { steps } = await engine.call('accounts.test', { accountId });
    return steps.find(({ ok }) => !ok)?.failure;
  };
  end();
  authorization.mood = { tokenStatus: 503 };
  expect(await failing()).toMatchObject({ kind: 'offline' });
  authorization.mood = { tokenStatus: 429 };
  expect(await failing()).toMatchObject({ kind: 'offline' });
  authorization.mood = { tokenError: 'temporarily_unavailable' };
  expect(await failing()).toMatchObject({ kind: 'offline' });
  await engine.stop();

  // The engine itself, started while the authorization server has a problem: offline, and back by itself.
  authorization.mood = { tokenStatus: 500 };
  const again = await startEngine(engine);
  await again.attempt('sync.now', { accountId, mailboxId: null, wait: true, timeoutMs: 10_000 });
  await expect.poll(async () => (await again.account()).state, { timeout: 10_000 }).toBe('offline');
  authorization.mood = {};
  await again.sync();
  await expect.poll(async () => (await again.account()).state, { timeout: 10_000 }).toBe('ok');

  // The sign-in was withdrawn.
  authorization.accessTokens.clear();
  authorization.refreshTokens.clear();
  await again.stop();
  const third = await startEngine(again);
  await third.attempt('sync.now', { accountId, mailboxId: null, wait: true, timeoutMs: 10_000 });
  await expect.poll(async () => (await third.account()).state, { timeout: 10_000 }).toBe('auth');
  expect((await third.account()).failure).toMatchObject({ kind: 'auth', hint: 'Sign in again.' });

  // Signing in again goes on where it was.
  const { signInId, url } = await third.call('oauth.begin', { client: authorization.client, email: '' });
  await authorization.signInAndReturn(url, user.name);
  const { secretRef } = await third.call('oauth.finish', { signInId });
  expect(await third.call('accounts.signIn', { accountId, secretRef })).toMatchObject({ verdict: 'ok' });
  await expect.poll(async () => (await third.account()).state, { timeout: 10_000 }).toBe('ok');
});

test('an account is added by the command line with a code that is entered on any device', async () => {
  const user = await server.addUser();
  const { client } = authorization;
  const profile = newProfile();
  const place = [
    '--imap-host',
    '127.0.0.1',
    '--imap-port',
    String(server.imapPort),
    '--imap-security',
    'none',
  ];
  const adding = homeport(
    profile,
    [
      ...[
        'account',
        'add',
        'imap',
        '--json',
        '--email',
        `${user.name}@example.org`,
        '--user',
        user.name,
        ...place,
      ],
      ...['--oauth-client-id', client.clientId, '--oauth-authorization-url', client.authorizationUrl],
      ...['--oauth-exchange-url', client.tokenUrl, '--oauth-device-url', client.deviceUrl ?? ''],
      ...['--oauth-scope', 'mail', '--oauth-client-secret-env', 'CLIENT_SECRET'],
    ],
    { env: { CLIENT_SECRET: 'a client secret' } },
  );
  await expect.poll(() => authorization.tokenRequests.length, { timeout: 20_000 }).toBeGreaterThan(0);
  authorization.approveDevice(user.name);
  const added = await adding;
  expect(added.stderr).toContain(`Open ${authorization.origin}/enter and enter HOME-PORT`);
  expect(added.code).toBe(0);
  expect(authorization.tokenRequests.at(-1)).toMatchObject({ client_secret: 'a client secret' });
  const tested = await homeportJson(profile, [
    'account',
    'test',
    added.json<{ accountId: string }>().accountId,
  ]);
  expect(tested).toMatchObject({ ok: true });
  const usage = await homeport(profile, [
    'account',
    'add',
    'imap',
    '--email',
    'a@b.c',
    '--user',
    'a',
    ...place,
    '--oauth-client-id',
    'x',
  ]);
  expect(usage.code).toBe(2);
});
