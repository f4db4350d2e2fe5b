import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SUBMIT_STAGES } from '../../src/sync/connectors/contract';
import { createSmtpSubmitter } from '../../src/sync/connectors/smtp/smtp-submitter';
import { type SmtpServer, type SmtpServerOptions, startSmtp, tlsDirectoryOf } from '../servers/start-smtp';
import { never, send, smtpAccount, smtpPorts, submissionOf, TEXT } from './smtp-support';

let server: SmtpServer;
const others: SmtpServer[] = [];
beforeAll(async () => {
  server = await startSmtp({ users: { ann: 'secret' }, token: 'good-token' });
});
afterEach(async () => {
  Object.assign(server.faults, {
    greeting: null,
    auth: null,
    mail: null,
    rcpt: () => null,
    data: null,
    cut: null,
    delayMs: 0,
  });
  server.received.length = 0;
  server.commands.length = 0;
  for (const other of others.splice(0)) await other.stop();
});
afterAll(() => server.stop());

async function another(options: SmtpServerOptions): Promise<SmtpServer> {
  const started = await startSmtp({ tlsDirectory: tlsDirectoryOf(server), ...options });
  others.push(started);
  return started;
}

const PERMANENT = { code: 550, text: '5.1.1 no such person' };
const TRANSIENT = { code: 451, text: '4.3.0 try later' };

describe('a message is handed over', () => {
  test.each(['starttls', 'tls'] as const)('byte for byte over %s, after every mark', async (security) => {
    const { outcome, stages, progress } = await send(smtpAccount(server, { security }));
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        result: 'accepted',
        recipients: [{ address: 'bob@example.net', failure: null }],
        queueText: expect.stringMatching(/queued as \d/),
      },
    });
    expect(stages).toEqual(SUBMIT_STAGES);
    expect(progress).toEqual([TEXT.length]);
    const [got] = server.received;
    expect(got).toMatchObject({ from: 'ann@example.org', to: ['bob@example.net'], user: 'ann' });
    expect(got?.raw.toString()).toBe(TEXT);
    expect(got?.mailArgs).toMatchObject({ SIZE: String(TEXT.length) });
  });

  test('however large it is, with progress', async () => {
    const bytes = Buffer.from(`Subject: big\r\n\r\n${'.line of text\r\n'.repeat(300_000)}`);
    const { outcome, progress } = await send(smtpAccount(server), submissionOf({ bytes }));
    expect(outcome.ok).toBe(true);
    expect(server.received[0]?.raw.equals(bytes)).toBe(true);
    expect(progress.length).toBeGreaterThan(50);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(bytes.length);
  });

  test('with its own login, a token or none', async () => {
    const login = await another({ users: { ann: 'secret' }, authMethods: ['LOGIN'] });
    expect((await send(smtpAccount(login))).outcome.ok).toBe(true);
    const token = smtpAccount(server, { auth: 'oauth', password: 'good-token' });
    expect((await send(token)).outcome.ok).toBe(true);
    expect(server.received[0]?.user).toBe('ann');
    const bench = await another({ plain: true, authMethods: [] });
    const plain = smtpAccount(bench, { security: 'none' });
    expect((await send(plain)).outcome.ok).toBe(true);
    expect(bench.received[0]?.user).toBeNull();
  });

  test('two at a time', async () => {
    const submitter = createSmtpSubmitter(smtpAccount(server), smtpPorts);
    const options = { sendToOthers: false, onStage: () => {}, onProgress: () => {} };
    const both = await Promise.all([1, 2].map(() => submitter.submit(submissionOf(), options, never)));
    expect(both.every(({ ok }) => ok)).toBe(true);
    const traffic = submitter.takeTraffic();
    expect(traffic.bytesOut).toBeGreaterThan(2 * TEXT.length);
    expect(traffic.roundTrips).toBeGreaterThan(8);
    expect(submitter.takeTraffic().roundTrips).toBe(0);
    await submitter.close();
  });
});

describe('recipients one by one', () => {
  const to = ['one@example.net', 'two@example.net', 'three@example.net'];
  const refuseTwo = (address: string) => (address.startsWith('two') ? PERMANENT : null);

  test.each([true, false])(
    'a permanent refusal before DATA sends nothing (pipelining %s)',
    async (pipelining) => {
      const host = pipelining ? server : await another({ users: { ann: 'secret' }, without: ['PIPELINING'] });
      host.faults.rcpt = refuseTwo;
      const { outcome, stages } = await send(smtpAccount(host), submissionOf({ to }));
      expect(outcome).toMatchObject({
        ok: true,
        value: {
          result: 'refused',
          recipients: [
            { address: to[0], failure: null },
            {
              address: to[1],
              failure: {
                kind: 'rejected',
                code: '5.1.1',
                message: 'There is no mailbox with this address.',
                serverText: 'no such person',
              },
            },
            { address: to[2], failure: null },
          ],
        },
      });
      expect(stages).toEqual(['connected']);
      expect(host.commands).not.toContain('DATA');
      expect(host.received).toEqual([]);
    },
  );

  test('the others get it when the user says so', async () => {
    server.faults.rcpt = refuseTwo;
    const { outcome } = await send(smtpAccount(server), submissionOf({ to }), { sendToOthers: true });
    expect(outcome).toMatchObject({ ok: true, value: { result: 'accepted' } });
    expect(outcome.ok && outcome.value.recipients.map(({ failure }) => failure?.kind ?? null)).toEqual([
      null,
      'rejected',
      null,
    ]);
    expect(server.received[0]?.to).toEqual(['one@example.net', 'three@example.net']);
  });

  test('one that has to wait does not stop the others, and all of them waiting is tried again', async () => {
    server.faults.rcpt = (address) => (address.startsWith('two') ? TRANSIENT : null);
    const { outcome } = await send(smtpAccount(server), submissionOf({ to }));
    expect(outcome.ok && outcome.value.recipients.map(({ failure }) => failure?.kind ?? null)).toEqual([
      null,
      'throttled',
      null,
    ]);
    server.faults.rcpt = () => TRANSIENT;
    expect((await send(smtpAccount(server), submissionOf({ to }))).outcome).toMatchObject({
      ok: false,
      failure: { kind: 'throttled', serverText: 'try later' },
    });
    server.faults.rcpt = () => PERMANENT;
    const all = await send(smtpAccount(server), submissionOf({ to }), { sendToOthers: true });
    expect(all.outcome).toMatchObject({ ok: true, value: { result: 'refused' } });
  });
});

describe('what the server refuses, at every stage', () => {
  test.each([
    ['greeting', [421, '4.7.0 busy']],
    ['mail', [421, '4.3.2 going down']],
    ['mail', [451, '4.3.0 later']],
    ['data', [452, '4.3.1 no room']],
    ['data', [421, '4.3.2 going down']],
  ] as const)('%s: tried again', async (stage, [code, text]) => {
    server.faults[stage] = { code, text };
    const { outcome } = await send(smtpAccount(server));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'throttled' } });
    expect(server.received).toEqual([]);
  });

  test.each([
    ['mail', [553, '5.1.8 bad sender'], '5.1.8'],
    ['data', [554, '5.7.1 looks like spam'], '5.7.1'],
    ['data', [552, 'no enhanced code'], '552'],
  ] as const)('%s for good: an answer with words', async (stage, [code, text], told) => {
    server.faults[stage] = { code, text };
    const { outcome } = await send(smtpAccount(server));
    expect(outcome).toMatchObject({
      ok: true,
      value: { result: 'refused', failure: { kind: 'rejected', code: told } },
    });
  });

  test('the login: a wrong password, an expired token, a server without time', async () => {
    const wrong = await send(smtpAccount(server, { password: 'no' }));
    expect(wrong.outcome).toMatchObject({ failure: { kind: 'auth', reason: 'wrong-password' } });
    expect(wrong.stages).toEqual([]);
    const expired = await send(smtpAccount(server, { auth: 'oauth', password: 'old' }));
    expect(expired.outcome).toMatchObject({ failure: { kind: 'auth', reason: 'expired' } });
    expect(expired.outcome.ok || expired.outcome.failure.serverText).toContain('"scope":"mail"');
    server.faults.auth = { code: 454, text: '4.7.0 later' };
    expect((await send(smtpAccount(server))).outcome).toMatchObject({ failure: { kind: 'throttled' } });
    server.faults.auth = { code: 534, text: '5.7.9 Application-specific password required' };
    expect((await send(smtpAccount(server))).outcome).toMatchObject({
      failure: { kind: 'auth', reason: 'needs-app-password' },
    });
    const lost = smtpAccount(server, { secret: async () => null });
    expect((await send(lost)).outcome).toMatchObject({ failure: { kind: 'auth' } });
  });

  test('a message that is too large is not begun (SIZE)', async () => {
    const small = await another({ users: { ann: 'secret' }, size: 1_000 });
    const { outcome } = await send(smtpAccount(small), submissionOf({ bytes: Buffer.alloc(2_000, 'x') }));
    expect(outcome).toMatchObject({ ok: true, value: { result: 'refused', failure: { code: 'SIZE' } } });
    expect(small.commands).toEqual(['AUTH PLAIN']);
    const submitter = createSmtpSubmitter(smtpAccount(small), smtpPorts);
    expect(await submitter.limits(never)).toEqual({
      ok: true,
      value: { maxBytes: 1_000, utf8: true, dsn: true },
    });
    await submitter.close();
  });
});

describe('letters that are not ASCII', () => {
  const submission = submissionOf({ to: ['bücher@bücher.example', 'bob@bücher.example'], needsUtf8: true });

  test('an address needs SMTPUTF8, and the one that does is named', async () => {
    const { outcome } = await send(smtpAccount(server), submission);
    expect(outcome).toMatchObject({ ok: true, value: { result: 'accepted' } });
    expect(server.received[0]?.mailArgs).toMatchObject({ SMTPUTF8: true });
    const old = await another({ users: { ann: 'secret' }, without: ['SMTPUTF8'] });
    const refused = await send(smtpAccount(old), submission);
    expect(refused.outcome).toMatchObject({
      ok: true,
      value: {
        result: 'refused',
        failure: { code: 'SMTPUTF8', message: expect.stringContaining('bücher@') },
        recipients: [{ failure: { code: 'SMTPUTF8' } }, { failure: null }],
      },
    });
    expect(old.received).toEqual([]);
  });

  test('eight bits in the message are told, or written in seven where the server has no more', async () => {
    const header = 'Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n';
    const bytes = Buffer.from(`${header}Content-Transfer-Encoding: 8bit\r\n\r\nä\r\n`);
    expect((await send(smtpAccount(server), submissionOf({ bytes }))).outcome.ok).toBe(true);
    expect(server.received[0]?.mailArgs).toMatchObject({ BODY: '8BITMIME' });
    expect(server.received[0]?.raw.equals(bytes)).toBe(true);
    const old = await another({ users: { ann: 'secret' }, without: ['8BITMIME', 'SMTPUTF8'] });
    expect((await send(smtpAccount(old), submissionOf({ bytes }))).outcome.ok).toBe(true);
    expect(old.received[0]?.raw.toString()).toBe(
      `Content-Transfer-Encoding: quoted-printable\r\n${header}\r\n=C3=A4\r\n`,
    );
    expect(old.received[0]?.mailArgs).not.toHaveProperty('BODY');
    const raw = submissionOf({ bytes: Buffer.from('Subject: ä\r\n\r\nx\r\n') });
    expect((await send(smtpAccount(old), raw)).outcome).toMatchObject({
      ok: true,
      value: { result: 'refused', failure: { code: '8BITMIME' } },
    });
  });
});

test('delivery receipts are asked for where the server has them', async () => {
  const dsn = { notify: ['success', 'failure'], envid: 'to=ken+1' } as const;
  expect((await send(smtpAccount(server), submissionOf({ dsn }))).outcome.ok).toBe(true);
  expect(server.received[0]?.mailArgs).toMatchObject({ RET: 'HDRS', ENVID: 'to=ken+1' });
  expect(server.received[0]?.rcptArgs).toEqual([
    { NOTIFY: 'SUCCESS,FAILURE', ORCPT: 'rfc822;bob@example.net' },
  ]);
  const old = await another({ users: { ann: 'secret' }, without: ['DSN'] });
  expect((await send(smtpAccount(old), submissionOf({ dsn }))).outcome.ok).toBe(true);
  expect(old.received[0]?.mailArgs).not.toHaveProperty('ENVID');
});

describe('a link that breaks', () => {
  test.each([
    ['connect', []],
    ['mail', ['connected']],
    ['rcpt', ['connected']],
    ['in-data', ['connected', 'envelope-ok', 'data-started']],
  ] as const)('at %s was certainly not sent', async (cut, marks) => {
    server.faults.cut = cut;
    const bytes = Buffer.from(`Subject: big\r\n\r\n${'line of text\r\n'.repeat(2_000_000)}`);
    const { outcome, stages } = await send(smtpAccount(server), submissionOf({ bytes }));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'offline' } });
    expect(stages).toEqual(marks);
    expect(server.received).toEqual([]);
  });

  test.each(['after-data-lost', 'after-data-done'] as const)('%s is unknown', async (cut) => {
    server.faults.cut = cut;
    const { outcome, stages } = await send(smtpAccount(server));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
    expect(stages).toEqual(SUBMIT_STAGES);
    expect(server.received).toHaveLength(cut === 'after-data-done' ? 1 : 0);
  });

  test('stopping before the last byte sends nothing; after it nobody knows', async () => {
    const stop = new AbortController();
    const early = await send(smtpAccount(server), submissionOf(), {
      signal: stop.signal,
      onStage: (stage) => stage === 'data-started' && stop.abort(),
    });
    expect(early.outcome).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(server.received).toEqual([]);
    server.faults.delayMs = 300;
    const late = new AbortController();
    const unknown = await send(smtpAccount(server), submissionOf(), {
      signal: late.signal,
      onStage: (stage) => stage === 'terminator-handed-over' && setTimeout(() => late.abort(), 50),
    });
    expect(unknown.outcome).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
    expect(
      (await send(smtpAccount(server), undefined, { signal: AbortSignal.abort() })).outcome,
    ).toMatchObject({
      failure: { kind: 'cancelled' },
    });
  });

  test('a slow answer is waited for', async () => {
    server.faults.delayMs = 1_000;
    expect((await send(smtpAccount(server))).outcome.ok).toBe(true);
  });
});
