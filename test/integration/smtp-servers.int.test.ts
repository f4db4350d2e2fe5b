/** Sending through the real transport agent, certificates, and the connection test. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeSmtpServer } from '../../src/sync/connectors/smtp/probe-smtp';
import { createSmtpSubmitter } from '../../src/sync/connectors/smtp/smtp-submitter';
import { composeMessage } from '../../src/sync/mime/compose-message';
import { parseMessage } from '../../src/sync/mime/parse-message';
import { startScriptedSmtp } from '../fakes/scripted-smtp-server';
import { HARD_MESSAGES } from '../fixtures/outgoing';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { EXIM_DOMAIN, type EximServer, startExim } from '../servers/start-exim';
import { never, send, smtpAccount, smtpPorts, submissionOf } from './smtp-support';

let dovecot: DovecotServer;
let exim: EximServer;
let user: TestUser;
beforeAll(async () => {
  dovecot = await startDovecot();
  exim = await startExim(dovecot.lmtpPort);
  user = await dovecot.addUser();
  exim.addUser(user.name, user.password);
});
afterAll(async () => {
  await exim.stop();
  await dovecot.stop();
});

const me = () => `${user.name}@${EXIM_DOMAIN}`;
const account = (overrides: Parameters<typeof smtpAccount>[1] = {}) =>
  smtpAccount(exim, { user: user.name, password: user.password, ...overrides });

test('what was composed arrives, whatever is in it', async () => {
  const composed = await Promise.all(HARD_MESSAGES.map(([, input]) => composeMessage(input)));
  for (const { transmitted, needsUtf8 } of composed) {
    const { outcome } = await send(
      account({ security: 'tls' }),
      submissionOf({ from: me(), to: [me()], bytes: transmitted, needsUtf8 }),
    );
    expect(outcome).toMatchObject({ ok: true, value: { result: 'accepted' } });
  }
  await expect
    .poll(async () => (await dovecot.list(user, 'INBOX')).length, { timeout: 25_000 })
    .toBe(composed.length);
  const client = await dovecot.session(user);
  await client.mailboxOpen('INBOX');
  const arrived = await client.fetchAll('1:*', { source: true });
  await client.logout();
  const bodyOf = (raw: Uint8Array) => {
    const { text, html, attachments } = parseMessage(raw);
    return JSON.stringify({
      text,
      html,
      files: attachments.map(({ filename, content }) => [filename, Buffer.from(content).toString('base64')]),
    });
  };
  expect(new Set(arrived.map(({ source }) => bodyOf(source ?? Buffer.alloc(0))))).toEqual(
    new Set(composed.map(({ transmitted }) => bodyOf(transmitted))),
  );
});

test('the rules of a real agent: unknown people, foreign domains, size', async () => {
  const wrong = await send(
    account(),
    submissionOf({ from: me(), to: [me(), `nobody@${EXIM_DOMAIN}`, 'x@far.example'] }),
  );
  expect(wrong.outcome).toMatchObject({ ok: true, value: { result: 'refused' } });
  expect(
    wrong.outcome.ok && wrong.outcome.value.recipients.map(({ failure }) => failure?.kind ?? null),
  ).toEqual([null, 'rejected', 'rejected']);
  const big = await send(
    account(),
    submissionOf({ from: me(), to: [me()], bytes: Buffer.alloc(2_000_000, 'x\r\n') }),
  );
  expect(big.outcome).toMatchObject({ ok: true, value: { failure: { code: 'SIZE' } } });
  const submitter = createSmtpSubmitter(account(), smtpPorts);
  expect(await submitter.limits(never)).toMatchObject({ ok: true, value: { dsn: true } });
  await submitter.close();
  const refused = await send(account({ password: 'wrong' }), submissionOf({ from: me(), to: [me()] }));
  expect(refused.outcome).toMatchObject({ failure: { kind: 'auth', reason: 'wrong-password' } });
});

describe.each(['tls', 'starttls'] as const)('the certificate over %s', (security) => {
  test('of nobody we know ends it before the login, unless it is pinned', async () => {
    const strange = await send(account({ security, caPem: null }), submissionOf({ from: me(), to: [me()] }));
    expect(strange.outcome).toMatchObject({ ok: false, failure: { kind: 'tls' } });
    const failure = strange.outcome.ok ? null : strange.outcome.failure;
    const facts = failure?.kind === 'tls' ? failure.certificate : undefined;
    expect(facts?.fingerprint).toBe(new X509Certificate(readFileSync(exim.caPath)).fingerprint256);
    const { host = '', port = 0, fingerprint = '' } = facts ?? {};
    const pinned = await send(
      account({ security, caPem: null, pinned: [{ host, port, fingerprint }] }),
      submissionOf({ from: me(), to: [me()] }),
    );
    expect(pinned.outcome.ok).toBe(true);
    const other = {
      host,
      port,
      fingerprint: fingerprint.replace(/^../, (pair) => (pair === '00' ? '11' : '00')),
    };
    const changed = await send(account({ security, caPem: null, pinned: [other] }));
    expect(changed.outcome).toMatchObject({ failure: { kind: 'tls' } });
  });
});

describe('the connection test', () => {
  const probe = (settings: ReturnType<typeof smtpAccount>, secret = user.password) =>
    probeSmtpServer(settings, secret, smtpPorts)(never);

  test.each([
    ['tls', ['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities']],
    ['starttls', ['dns', 'connect', 'greeting', 'tls', 'login', 'capabilities']],
  ] as const)('over %s names every step', async (security, steps) => {
    const view = await probe(account({ security }));
    expect(view.verdict).toBe('ok');
    expect(view.steps.map(({ step, ok }) => [step, ok])).toEqual(steps.map((step) => [step, true]));
    expect(view.steps.at(-1)?.detail).toContain('messages up to 1 MB');
  });

  test('names the step that fails', async () => {
    expect(await probe(account(), 'wrong')).toMatchObject({
      verdict: 'wrong-password',
      steps: { length: 5 },
    });
    expect(await probe(account({ caPem: null }))).toMatchObject({
      verdict: 'tls-failed',
      steps: { length: 4 },
    });
    const imap = smtpAccount({ port: dovecot.imapPort }, { security: 'none' });
    expect(await probe(imap)).toMatchObject({
      verdict: 'not-a-mail-server',
      steps: { 2: { step: 'greeting' } },
    });
    const nowhere = { ...account(), server: { ...account().server, host: 'no-such-host.invalid' } };
    expect(await probe(nowhere)).toMatchObject({
      verdict: 'unreachable',
      steps: [{ step: 'dns', ok: false }],
    });
    const scripted = await startScriptedSmtp(() => undefined);
    const { port } = scripted;
    scripted.close();
    expect(await probe(smtpAccount({ port }, { security: 'none' }))).toMatchObject({
      verdict: 'unreachable',
      steps: { 1: { step: 'connect', ok: false } },
    });
  });
});
