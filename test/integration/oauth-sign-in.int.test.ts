import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OAuthClient } from '../../src/shared/contract/oauth-settings';
import { checkClient } from '../../src/sync/oauth/check-client';
import { createSignIns, type SignInPorts, type SignIns } from '../../src/sync/oauth/sign-ins';
import { openTokens } from '../../src/sync/oauth/token-set';
import { createSystemHttp } from '../../src/sync/ports/system-http';
import { createSystemRandom } from '../../src/sync/ports/system-random';
import { createSystemRedirectListener } from '../../src/sync/ports/system-redirect-listener';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock';
import { freePort } from '../servers/free-port';
import { type AuthorizationServer, startAuthorization } from '../servers/start-authorization';

let server: AuthorizationServer;
let clock: FakeClock;
let secrets: Map<string, string>;
let ports: SignInPorts;
let signIns: SignIns;

beforeEach(async () => {
  server = await startAuthorization();
  clock = createFakeClock();
  secrets = new Map();
  ports = {
    clock,
    http: createSystemHttp(),
    random: createSystemRandom(),
    redirects: createSystemRedirectListener(),
    vault: {
      get: async (ref) => secrets.get(ref) ?? null,
      put: async (secret) => {
        const ref = `secret-${secrets.size + 1}`;
        secrets.set(ref, secret);
        return ref;
      },
      delete: async (ref) => void secrets.delete(ref),
    },
  };
  signIns = createSignIns(ports);
});
afterEach(async () => {
  signIns.stop();
  await server.close();
});

async function begin(client: OAuthClient = server.client) {
  const begun = await signIns.begin(client, 'anna@example.org');
  if (!begun.ok) throw new Error(begun.failure.message);
  return begun.value;
}

const isClosed = (address: string) =>
  fetch(address).then(
    () => false,
    () => true,
  );

test('SYNC-013 a sign-in proves itself by S256, listens on 127.0.0.1 at a random port and path, and takes exactly one answer that carries its state and its issuer, within five minutes', async () => {
  const first = await begin();
  const asked = new URL(first.url).searchParams;
  expect(first.url.startsWith(`${server.origin}/authorize?`)).toBe(true);
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    client_id: 'homeport-test',
    scope: 'mail openid',
    code_challenge_method: 'S256',
    login_hint: 'anna@example.org',
  });
  expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  const redirect = new URL(asked.get('redirect_uri') ?? '');
  expect(redirect.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(redirect.pathname).toMatch(/^\/[0-9a-f]{64}$/);

  // What is not the answer is refused and changes nothing: another path, state, method, host, or none of them.
  const right = await server.signIn(first.url, 'anna');
  const wrong = (change: (url: URL) => void) => {
    const url = new URL(right);
    change(url);
    return url;
  };
  for (const url of [
    wrong((at) => (at.pathname = '/')),
    wrong((at) => at.searchParams.set('state', 'other')),
    wrong((at) => at.searchParams.delete('state')),
    wrong((at) => at.searchParams.append('state', 'twice')),
  ])
    expect((await fetch(url)).status).toBe(404);
  expect((await fetch(right, { method: 'POST' })).status).toBe(404);
  expect(await statusWithHost(right, 'evil.example')).toBe(404);
  expect(server.tokenRequests).toEqual([]);

  // The right one is taken, and nothing is listened to any more.
  const done = signIns.finish(first.signInId);
  const page = await fetch(right);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const granted = await done;
  expect(granted).toMatchObject({ ok: true, value: { grantedAs: 'anna@example.org' } });
  expect(await isClosed(right.href)).toBe(true);
  const [form] = server.tokenRequests;
  expect(form).toMatchObject({ grant_type: 'authorization_code', redirect_uri: redirect.href });
  expect(form).not.toHaveProperty('client_secret');
  if (!granted.ok) return;
  const tokens = openTokens(secrets.get(granted.value.secretRef) ?? '');
  expect(server.accessTokens.get(tokens?.accessToken ?? '')).toBe('anna');
  expect(tokens?.refreshToken).toMatch(/^rt-/);

  // Another sign-in has nothing in common with it.
  const second = new URL((await begin()).url).searchParams;
  for (const name of ['state', 'code_challenge', 'redirect_uri'])
    expect(second.get(name)).not.toBe(asked.get(name));

  // RFC 9207: an answer in another issuer's name, or in nobody's, gives no code away.
  for (const issuer of ['https://evil.example', null]) {
    server.mood = { issuer };
    const mixed = await begin();
    const before = server.tokenRequests.length;
    await server.signInAndReturn(mixed.url, 'anna');
    expect(await signIns.finish(mixed.signInId)).toMatchObject({ ok: false, failure: { kind: 'protocol' } });
    expect(server.tokenRequests).toHaveLength(before);
  }

  // Five minutes, and the door is shut.
  server.mood = {};
  const late = await begin();
  const waiting = signIns.finish(late.signInId);
  clock.advance(5 * 60_000 - 1);
  const back = await server.signIn(late.url, 'anna');
  expect(await isClosed(new URL('/', back).href)).toBe(false);
  clock.advance(1);
  expect(await waiting).toMatchObject({
    ok: false,
    failure: { kind: 'cancelled', message: expect.stringContaining('five minutes') },
  });
  await expect.poll(() => isClosed(back.href)).toBe(true);
});

test('a sign-in that is given up, or followed by another, ends at once and stops listening', async () => {
  const first = await begin();
  const waiting = signIns.finish(first.signInId);
  const second = await begin();
  expect(await waiting).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const ending = signIns.finish(second.signInId);
  signIns.cancel('another');
  signIns.cancel(second.signInId);
  expect(await ending).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const { searchParams } = new URL(second.url);
  await expect.poll(() => isClosed(searchParams.get('redirect_uri') ?? '')).toBe(true);
  expect(secrets.size).toBe(0);
});

test.each([
  ['access_denied', '', { kind: 'rejected' }],
  [
    'access_denied',
    'AADSTS65001: The user or administrator has not consented',
    { reason: 'blocked-by-admin' },
  ],
  ['consent_required', '', { reason: 'blocked-by-admin' }],
  ['admin_policy_enforced', '', { reason: 'blocked-by-admin' }],
  ['server_error', '', { kind: 'offline' }],
  ['invalid_scope', 'mail?', { kind: 'rejected', serverText: 'invalid_scope: mail?' }],
  ['something_new', 'line\u0000one', { kind: 'rejected', serverText: 'something_new: line one' }],
])('a sign-in page that answers %s %s is understood', async (error, error_description, failure) => {
  server.mood = { denies: { error, error_description } };
  const { url, signInId } = await begin();
  expect(await server.signInAndReturn(url, 'anna')).toBe(200);
  expect(await signIns.finish(signInId)).toMatchObject({ ok: false, failure });
});

test('a grant without the scope for mail is no sign-in, and nothing of it is kept', async () => {
  server.mood = { scope: 'openid' };
  const { url, signInId } = await begin();
  await server.signInAndReturn(url, 'anna');
  expect(await signIns.finish(signInId)).toMatchObject({ ok: false, failure: { code: 'scope' } });
  expect(secrets.size).toBe(0);
});

test('SYNC-014 a code is shown with its page, asked for at the server’s pace, and slowed down when it says so', async () => {
  server.mood = { deviceAnswers: ['authorization_pending', 'slow_down'] };
  const begun = await signIns.beginDevice(server.client);
  expect(begun).toMatchObject({ ok: true, value: { userCode: 'HOME-PORT', url: `${server.origin}/enter` } });
  if (!begun.ok) return;
  const finished = signIns.finish(begun.value.signInId);
  const questions = () => server.tokenRequests.length;
  /** Nothing more is asked a moment later. */
  const pass = async (ms: number, expected: number) => {
    clock.advance(ms);
    await expect.poll(questions).toBe(expected);
    // The answer has to come back before the next pause begins.
    await expect.poll(() => clock.pending()).toBe(2);
  };
  clock.advance(4_999);
  expect(questions()).toBe(0);
  await pass(1, 1);
  await pass(4_999, 1);
  await pass(1, 2);
  // From now on ten seconds.
  await pass(9_999, 2);
  server.approveDevice('anna');
  clock.advance(1);
  expect(await finished).toMatchObject({ ok: true, value: { grantedAs: 'anna@example.org' } });
  expect(server.tokenRequests.at(-1)).toMatchObject({
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'homeport-test',
  });
  for (const [error, failure] of [
    ['expired_token', { kind: 'cancelled' }],
    ['access_denied', { kind: 'rejected' }],
  ] as const) {
    server.mood = { deviceAnswers: [error] };
    const other = await signIns.beginDevice(server.client);
    if (!other.ok) throw new Error(other.failure.message);
    const ended = signIns.finish(other.value.signInId);
    clock.advance(5_000);
    expect(await ended).toMatchObject({ ok: false, failure });
  }
  const without = await signIns.beginDevice({ ...server.client, deviceUrl: null });
  expect(without).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
});

test('SYNC-015 every value of the client can be one’s own, with a secret or without, and a dry run says which one is wrong', async () => {
  secrets.set('own', 'a client secret');
  const own = { ...server.client, clientSecretRef: 'own', scopes: ['mail'] };
  const { url, signInId } = await begin(own);
  expect(new URL(url).searchParams.get('scope')).toBe('mail');
  await server.signInAndReturn(url, 'anna');
  expect((await signIns.finish(signInId)).ok).toBe(true);
  expect(server.tokenRequests.at(-1)).toMatchObject({ client_secret: 'a client secret' });

  const parts = async (client: OAuthClient) =>
    (await checkClient(client, ports)).map(({ part, ok }) => `${part} ${ok}`);
  expect(await parts(server.client)).toEqual(['authorization true', 'token true', 'client true']);
  const unknown = { ...server.client, clientId: 'nobody' };
  expect(await parts(unknown)).toEqual(['authorization true', 'token true', 'client false']);
  const nowhere = `${server.origin}/nowhere`;
  expect(await parts({ ...server.client, authorizationUrl: nowhere, tokenUrl: nowhere })).toEqual([
    'authorization false',
    'token false',
  ]);
  const closed = `http://127.0.0.1:${await freePort()}/token`;
  expect(await parts({ ...server.client, tokenUrl: closed })).toEqual(['authorization true', 'token false']);
});

function statusWithHost(url: URL, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
