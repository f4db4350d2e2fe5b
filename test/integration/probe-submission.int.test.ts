import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SubmissionSettings } from '../../src/shared/contract/submission-settings';
import { probeSmtpServer } from '../../src/sync/connectors/smtp/probe-smtp';
import type { SmtpAccountSettings } from '../../src/sync/connectors/smtp/settings';
import { freePort } from '../servers/free-port';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { type SubmissionServer, startSubmission } from '../servers/start-submission';
import { cleanUp, newProfile } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { smtpPorts } from './smtp-support';

let dovecot: DovecotServer;
const running: SubmissionServer[] = [];
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());
afterEach(async () => {
  cleanUp();
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(security: 'tls' | 'starttls' | 'none', mechanisms?: string): Promise<SubmissionServer> {
  const keyPath = join(dirname(dovecot.caPath), 'key.pem');
  const server = await startSubmission({
    security,
    certPath: dovecot.caPath,
    keyPath,
    ...(mechanisms === undefined ? {} : { mechanisms }),
  });
  running.push(server);
  server.logins.set('anna', 'a secret');
  return server;
}

interface SubmissionLogin extends Pick<SmtpAccountSettings, 'auth' | 'caPem' | 'pinned'> {
  readonly submission: SubmissionSettings;
  readonly user: string;
  readonly secret: string;
}
/** The connection test as the runtime starts it. */
const probeSubmission = ({ submission, user, secret, ...rest }: SubmissionLogin, signal: AbortSignal) =>
  probeSmtpServer(
    { server: { ...submission, user: submission.user ?? user }, ...rest },
    secret,
    smtpPorts,
  )(signal);

const login = (port: number, security: 'tls' | 'starttls' | 'none', over: Partial<SubmissionLogin> = {}) => ({
  submission: { host: 'localhost', port, security, user: null },
  user: 'anna',
  secret: 'a secret',
  auth: 'password' as const,
  caPem: readFileSync(dovecot.caPath, 'utf8'),
  pinned: [],
  ...over,
});

const never = new AbortController().signal;
const names = (report: Awaited<ReturnType<typeof probeSubmission>>) =>
  report.steps.map(({ step, ok }) => `${ok ? '' : 'not '}${step}`);

test('the sending line is tested by itself with TLS, STARTTLS and, on this computer, without', async () => {
  for (const [security, mechanisms, order] of [
    ['tls', 'PLAIN', ['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities']],
    ['tls', 'LOGIN', ['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities']],
    ['starttls', 'PLAIN', ['dns', 'connect', 'greeting', 'tls', 'login', 'capabilities']],
    ['none', 'PLAIN', ['dns', 'connect', 'greeting', 'login', 'capabilities']],
  ] as const) {
    const server = await start(security, mechanisms);
    const report = await probeSubmission(login(server.port, security), never);
    expect(report.verdict).toBe('ok');
    expect(names(report)).toEqual(order);
    // Before the encryption nothing is said that names anybody.
    const clear = server.lines.filter(({ encrypted }) => !encrypted).map(({ text }) => text);
    if (security === 'starttls') expect(clear).toEqual(['EHLO [127.0.0.1]', 'STARTTLS']);
  }
  const server = await start('tls');
  server.logins.set('sender', 'a token');
  const other = { ...login(server.port, 'tls').submission, user: 'sender' };
  const oauth = { submission: other, auth: 'oauth' as const, secret: 'a token' };
  expect((await probeSubmission(login(server.port, 'tls', oauth), never)).verdict).toBe('ok');
  expect(
    await probeSubmission(login(server.port, 'tls', { auth: 'oauth', secret: 'stale' }), never),
  ).toMatchObject({
    verdict: 'needs-oauth',
  });
});

test('what is wrong with the sending line is said in its words', async () => {
  const server = await start('tls');
  const wrong = await probeSubmission(login(server.port, 'tls', { secret: 'no' }), never);
  expect(wrong).toMatchObject({ verdict: 'wrong-password' });
  expect(names(wrong).at(-1)).toBe('not login');
  for (const [reply, verdict] of [
    ['534 5.7.9 Application-specific password required', 'needs-app-password'],
    ['535 5.7.139 SmtpClientAuthentication is disabled for the Tenant.', 'blocked-by-admin'],
    ['535 5.7.3 Basic authentication is disabled.', 'needs-oauth'],
    ['454 4.7.0 Temporary authentication failure', 'unreachable'],
  ] as const) {
    server.answerLogins(reply);
    expect((await probeSubmission(login(server.port, 'tls'), never)).verdict, reply).toBe(verdict);
  }
  const untrusted = await probeSubmission(login(server.port, 'tls', { caPem: null }), never);
  expect(untrusted).toMatchObject({ verdict: 'tls-failed' });
  const certificate = untrusted.steps.at(-1)?.failure?.certificate;
  expect(certificate).toMatchObject({ host: 'localhost', port: server.port, subject: 'localhost' });
  server.answerLogins(null);
  const pinned = [{ host: 'localhost', port: server.port, fingerprint: certificate?.fingerprint ?? '' }];
  expect((await probeSubmission(login(server.port, 'tls', { caPem: null, pinned }), never)).verdict).toBe(
    'ok',
  );

  expect((await probeSubmission(login(dovecot.imapPort, 'none'), never)).verdict).toBe('not-a-mail-server');
  expect((await probeSubmission(login(await freePort(), 'tls'), never)).verdict).toBe('unreachable');
  const plain = await start('none');
  expect((await probeSubmission(login(plain.port, 'starttls'), never)).verdict).toBe('tls-failed');
  expect((await probeSubmission(login(plain.port, 'tls'), never)).verdict).toBe('tls-failed');
  const away = { ...login(plain.port, 'none').submission, host: '0.0.0.0' };
  expect((await probeSubmission(login(plain.port, 'none', { submission: away }), never)).verdict).toBe(
    'tls-failed',
  );
  expect(plain.lines.some(({ text }) => text.startsWith('AUTH'))).toBe(false);
});

test('CLI-020 an account is added with its sending line, which is tested before and told by account test', async () => {
  const user = await dovecot.addUser();
  const server = await start('none');
  const profile = newProfile();
  const add = (smtp: readonly string[]) => [
    ...[
      'account',
      'add',
      'imap',
      '--email',
      `${user.name}@example.org`,
      '--user',
      user.name,
      '--name',
      'Mine',
    ],
    ...['--imap-host', '127.0.0.1', '--imap-port', String(dovecot.imapPort), '--imap-security', 'none'],
    ...smtp,
    ...['--password-env', 'SECRET'],
  ];
  const smtp = ['--smtp-host', '127.0.0.1', '--smtp-port', String(server.port), '--smtp-security', 'none'];
  const env = { SECRET: user.password };
  const refused = await homeport(profile, [...add(smtp), '--json'], { env });
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: { kind: 'auth', message: expect.stringMatching(/^The server for sending: /) },
  });
  expect(await homeportJson(profile, ['account', 'list'])).toEqual({ rows: [] });

  const half = await homeport(profile, [...add(['--smtp-port', '465']), '--json'], { env });
  expect(half.code).toBe(2);
  const open = ['--smtp-host', 'smtp.example.org', '--smtp-port', '25', '--smtp-security', 'none'];
  expect((await homeport(profile, [...add(open), '--json'], { env })).code).toBe(2);

  server.logins.set('sender', user.password);
  const { accountId } = await homeportJson<{ accountId: string }>(
    profile,
    add([...smtp, '--smtp-user', 'sender']),
    {
      env,
    },
  );
  const tested = await homeportJson<{ ok: boolean; submission: { ok: boolean; steps: { name: string }[] } }>(
    profile,
    ['account', 'test', accountId],
  );
  expect(tested.submission).toMatchObject({ ok: true });
  expect(tested.submission.steps.map(({ name }) => name)).toEqual([
    'dns',
    'connect',
    'greeting',
    'login',
    'capabilities',
  ]);
});

test('account server changes where an account sends, without its IMAP flags, and takes it away again', async () => {
  const user = await dovecot.addUser();
  const server = await start('none');
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, dovecot.imapPort);
  /** Whether the line for sending works; null = there is none. */
  const sends = async (): Promise<boolean | null> => {
    const { stdout } = await homeport(profile, ['account', 'test', accountId, '--json']);
    return (JSON.parse(stdout) as { submission: { ok: boolean } | null }).submission?.ok ?? null;
  };
  const change = (...flags: string[]) =>
    homeport(profile, ['account', 'server', accountId, ...flags, '--json']);
  const smtp = ['--smtp-host', '127.0.0.1', '--smtp-port', String(server.port), '--smtp-security', 'none'];
  const refused = await change(...smtp);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: { kind: 'auth', message: expect.stringMatching(/^The server for sending: /) },
  });
  expect(await sends()).toBeNull();
  server.logins.set('sender', user.password);
  const changed = await change(...smtp, '--smtp-user', 'sender');
  expect(JSON.parse(changed.stdout)).toEqual({ accountId, result: 'kept' });
  expect(await sends()).toBe(true);
  expect((await change('--no-smtp')).code).toBe(0);
  expect(await sends()).toBeNull();
  expect((await change(...smtp, '--untested')).code).toBe(0);
  expect(await sends()).toBe(false);
  for (const flags of [[], [...smtp, '--no-smtp'], ['--imap-host', '127.0.0.1'], ['--smtp-port', '465']])
    expect((await change(...flags)).code, flags.join(' ')).toBe(2);
});
