/** What adding an account finds out, and how soon. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { MethodOutput } from '../../src/shared/contract/methods';
import { startScriptedImap } from '../fakes/scripted-imap-server';
import { freePort } from '../servers/free-port';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines } from './engine-support';
import { mails } from './imap-support';

/** SYNC-002: on a local network somebody waits no longer than this. */
const LONGEST_MS = 5_000;

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterEach(stopEngines);
afterAll(() => server.stop());

interface Where {
  readonly host?: string;
  readonly port: number;
  readonly security?: 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly caPem?: string | null;
}

/** Tests the connection as the set-up does; answers the result and how long it took. */
async function probe(where: Where): Promise<{ probed: MethodOutput<'accounts.probe'>; ms: number }> {
  const {
    host = '127.0.0.1',
    port,
    security = 'none',
    user = 'ann',
    password = 'secret',
    caPem = null,
  } = where;
  const engine = await startEngine();
  engine.vault.set('secret-1', password);
  const from = performance.now();
  const probed = await engine.call('accounts.probe', {
    ...{ email: 'ann@example.org', name: 'Ann', auth: 'password', secretRef: 'secret-1', pinned: [] },
    imap: { host, port, security, user },
    caPem,
  });
  const ms = performance.now() - from;
  expect((await engine.call('accounts.list', {})).length).toBe(0);
  return { probed, ms };
}

test('SYNC-002 adding an account signs in, asks what the server can do and lists the mailboxes within 5 s', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(500));
  const { probed, ms } = await probe({
    ...{ host: 'localhost', port: server.imapsPort, security: 'tls' },
    ...{ user: user.name, password: user.password, caPem: readFileSync(server.caPath, 'utf8') },
  });
  expect(probed).toMatchObject({ verdict: 'ok' });
  expect(probed.steps.map(({ step, ok }) => [step, ok])).toEqual(
    ['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities', 'mailboxes'].map((step) => [step, true]),
  );
  expect(ms).toBeLessThan(LONGEST_MS);
});

/** A server that refuses the login in these words. */
const refusing = async (answer: string): Promise<Where> => {
  const scripted = await startScriptedImap((command) =>
    /^(LOGIN|AUTHENTICATE)/.test(command) ? `%T NO ${answer}\r\n` : undefined,
  );
  ended.push(scripted.close);
  return { port: scripted.port };
};
const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

const CASES: readonly (readonly [string, MethodOutput<'accounts.probe'>['verdict'], () => Promise<Where>])[] =
  [
    [
      'a wrong password',
      'wrong-password',
      async () => ({ port: server.imapPort, user: (await server.addUser()).name, password: 'wrong' }),
    ],
    [
      'a server that wants the browser',
      'needs-oauth',
      () => refusing('[AUTHENTICATIONFAILED] BasicAuthBlocked: use OAuth'),
    ],
    [
      'a server that wants an app password',
      'needs-app-password',
      () => refusing('[ALERT] Application-specific password required'),
    ],
    ['an administrator’s wall', 'blocked-by-admin', () => refusing('[CONTACTADMIN] not for you')],
    ['a protocol that is switched off', 'blocked-by-admin', () => refusing('IMAP access is disabled')],
    [
      'a certificate nobody vouches for',
      'tls-failed',
      async () => ({ host: 'localhost', port: server.imapsPort, security: 'tls' }),
    ],
    [
      'a port without encryption',
      'tls-failed',
      async () => ({ host: 'localhost', port: server.imapPort, security: 'tls' }),
    ],
    ['a closed port', 'unreachable', async () => ({ port: await freePort() })],
    [
      'a name that is nobody’s',
      'unreachable',
      async () => ({ host: 'nobody.invalid', port: 993, security: 'tls' }),
    ],
    [
      'a server for something else',
      'not-a-mail-server',
      async () => {
        const other = await startScriptedImap(() => null, { greeting: '220 smtp.example.org ESMTP\r\n' });
        ended.push(other.close);
        return { port: other.port };
      },
    ],
  ];

test.each(CASES)('SYNC-002 %s is told as %s within 5 s', async (_name, verdict, where) => {
  const { probed, ms } = await probe(await where());
  expect(probed).toMatchObject({ verdict });
  expect(probed.steps.at(-1)).toMatchObject({ ok: false, failure: { message: expect.any(String) } });
  expect(ms).toBeLessThan(LONGEST_MS);
});

test('SYNC-002 every verdict there is was seen', () => {
  const verdicts: Readonly<Record<MethodOutput<'accounts.probe'>['verdict'], true>> = {
    ...{ ok: true, 'wrong-password': true, 'needs-oauth': true, 'needs-app-password': true },
    ...{ 'tls-failed': true, unreachable: true, 'blocked-by-admin': true, 'not-a-mail-server': true },
  };
  expect(new Set(['ok', ...CASES.map(([, verdict]) => verdict)])).toEqual(new Set(Object.keys(verdicts)));
});
