/** What no real server does on purpose: broken grammar, tampering, proofs that are wrong, hang-ups in the middle. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type ScriptedSmtpServer, type SmtpScript, startScriptedSmtp } from '../fakes/scripted-smtp-server';
import { send, smtpAccount, submissionOf } from './smtp-support';

let server: ScriptedSmtpServer | null = null;
afterEach(() => {
  server?.close();
  server = null;
});

async function play(script: SmtpScript, hello: readonly string[] = [], greeting?: string) {
  server = await startScriptedSmtp(script, hello, greeting);
  return server;
}
const plain = (started: ScriptedSmtpServer, overrides = {}) =>
  smtpAccount(started, { security: 'none', ...overrides });
const nothing: SmtpScript = () => undefined;

test('nothing about this computer is told, and a domain becomes ASCII', async () => {
  const started = await play(nothing);
  await send(plain(started), submissionOf({ to: ['bob@bücher.example'] }));
  await expect.poll(() => started.lines.at(-1)).toBe('QUIT');
  expect(started.lines).toEqual([
    'EHLO [127.0.0.1]',
    'MAIL FROM:<ann@example.org>',
    'RCPT TO:<bob@xn--bcher-kva.example>',
    'DATA',
    'From: ann@example.org',
    'Subject: Hi',
    '',
    '..dot',
    '...dots',
    'end',
    '.',
    'QUIT',
  ]);
});

test('a server from before EHLO takes mail', async () => {
  const started = await play((line) =>
    line.startsWith('EHLO') ? '500 what\r\n' : line.startsWith('HELO') ? '250 hello\r\n' : undefined,
  );
  expect((await send(plain(started))).outcome.ok).toBe(true);
});

test('SYNC-274 size, letters and bits are looked at before the envelope: refused with the address named, or written so that it fits', async () => {
  const old = await play(nothing, ['SIZE 100']);
  const big = submissionOf({ bytes: Buffer.alloc(101, 'x') });
  expect((await send(plain(old), big)).outcome).toMatchObject({
    ok: true,
    value: { result: 'refused', failure: { kind: 'rejected', code: 'SIZE' } },
  });
  const foreign = submissionOf({ to: ['bob@example.net', 'grüße@example.net'], needsUtf8: true });
  expect((await send(plain(old), foreign)).outcome).toMatchObject({
    ok: true,
    value: {
      result: 'refused',
      failure: { kind: 'rejected', message: expect.stringContaining('grüße@example.net') },
      recipients: [{ failure: null }, { address: 'grüße@example.net', failure: { code: 'SMTPUTF8' } }],
    },
  });
  expect(old.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
  const bytes = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nä\r\n');
  const fits = await send(plain(old), submissionOf({ to: ['bob@bücher.example'], bytes }));
  expect(fits.outcome).toMatchObject({ ok: true, value: { result: 'accepted' } });
  expect(old.lines).toContain('RCPT TO:<bob@xn--bcher-kva.example>');
  expect(old.lines).toContain('=C3=A4');
  const modern = await play(nothing, ['SMTPUTF8', '8BITMIME', 'SIZE']);
  expect((await send(plain(modern), foreign)).outcome).toMatchObject({
    ok: true,
    value: { result: 'accepted' },
  });
  expect(modern.lines.find((line) => line.startsWith('MAIL'))).toMatch(/ SIZE=\d+ SMTPUTF8$/);
  // As bytes: the server of this test reads latin1.
  expect(modern.lines).toContain(`RCPT TO:<${Buffer.from('grüße').toString('latin1')}@example.net>`);
});

test('a server that talks without end is left', async () => {
  const started = await play((line) => (line.startsWith('EHLO') ? '250 yes\r\n'.repeat(500) : undefined));
  expect((await send(plain(started))).outcome).toMatchObject({ ok: false, failure: { kind: 'protocol' } });
});

test('an address cannot begin a command of its own', async () => {
  const started = await play(nothing);
  await send(plain(started), submissionOf({ to: ['a@b.example>\r\nRSET\r\nMAIL FROM:<evil@b.example'] }));
  expect(started.lines.filter((line) => /^(RSET|MAIL)/.test(line))).toEqual(['MAIL FROM:<ann@example.org>']);
});

describe('what answers is no submission server', () => {
  test.each([
    ['* OK IMAP here\r\n', 'not-a-mail-server'],
    ['SSH-2.0-x\r\n', 'not-a-mail-server'],
    ['220-a\r\n'.repeat(300), 'not-a-mail-server'],
    [`220 ${'x'.repeat(20_000)}\r\n`, 'not-a-mail-server'],
    ['554 5.7.1 go away\r\n', 'rejected'],
  ])('%j', async (greeting, kind) => {
    const started = await play(nothing, [], greeting);
    expect((await send(plain(started))).outcome).toMatchObject({ ok: false, failure: { kind } });
  });

  test('nobody there', async () => {
    const started = await play(nothing);
    const { port } = started;
    started.close();
    expect((await send(smtpAccount({ port }, { security: 'none' }))).outcome).toMatchObject({
      failure: { kind: 'refused' },
    });
  });
});

describe('encryption', () => {
  test('a server without STARTTLS never gets the password', async () => {
    const started = await play(nothing, ['AUTH PLAIN']);
    expect((await send(smtpAccount(started))).outcome).toMatchObject({ failure: { kind: 'tls' } });
    expect(started.lines).toEqual(['EHLO [127.0.0.1]']);
  });

  test('a reply injected behind STARTTLS ends it', async () => {
    const started = await play(
      (line) => (line === 'STARTTLS' ? '220 go\r\n250-x\r\n250 AUTH PLAIN\r\n' : undefined),
      ['STARTTLS'],
    );
    expect((await send(smtpAccount(started))).outcome).toMatchObject({ failure: { kind: 'tls' } });
  });

  test('without encryption only to this computer, or where the user allowed it', async () => {
    const started = await play(nothing, ['AUTH PLAIN']);
    const server = { host: 'mail.example.org', port: started.port, security: 'none', user: 'ann' } as const;
    expect((await send(plain(started, { server }))).outcome).toMatchObject({ failure: { kind: 'tls' } });
  });
});

describe('SCRAM-SHA-256', () => {
  /** The server's side of RFC 5802 for the password "secret". */
  function scramServer(proof: (signature: string) => string): SmtpScript {
    let first = '';
    let challenge = '';
    return (line) => {
      const start = /^AUTH SCRAM-SHA-256 (.*)$/.exec(line);
      if (start) {
        first = Buffer.from(start[1] ?? '', 'base64')
          .toString()
          .slice(3);
        challenge = `r=${/r=(.*)$/.exec(first)?.[1]}server,s=${Buffer.from('salt').toString('base64')},i=4096`;
        return `334 ${Buffer.from(challenge).toString('base64')}\r\n`;
      }
      if (line === '') return '235 2.7.0 welcome\r\n';
      const answer = Buffer.from(line, 'base64').toString();
      if (!answer.startsWith('c=')) return undefined;
      const salted = pbkdf2Sync('secret', 'salt', 4096, 32, 'sha256');
      const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
      const signed = `${first},${challenge},${answer.replace(/,p=.*$/, '')}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash('sha256').update(clientKey).digest(), signed);
      const expected = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString(
        'base64',
      );
      if (!answer.endsWith(`p=${expected}`)) return '535 5.7.8 no\r\n';
      const own = hmac(hmac(salted, 'Server Key'), signed).toString('base64');
      return `334 ${Buffer.from(`v=${proof(own)}`).toString('base64')}\r\n`;
    };
  }
  const inMessage = (script: SmtpScript): SmtpScript => {
    let begun = false;
    return (line) => {
      begun ||= line.startsWith('MAIL');
      return begun ? undefined : script(line);
    };
  };

  test('proves the password without sending it', async () => {
    const started = await play(inMessage(scramServer((own) => own)), ['AUTH PLAIN SCRAM-SHA-256']);
    expect((await send(plain(started))).outcome.ok).toBe(true);
    expect(started.lines.join('\n')).not.toContain(Buffer.from('\0ann\0secret').toString('base64'));
    const wrong = await send(plain(started, { password: 'other' }));
    expect(wrong.outcome).toMatchObject({ failure: { kind: 'auth', reason: 'wrong-password' } });
  });

  test('refuses a server that cannot prove it', async () => {
    const started = await play(inMessage(scramServer(() => 'AAAA')), ['AUTH SCRAM-SHA-256']);
    expect((await send(plain(started))).outcome).toMatchObject({ failure: { kind: 'tls' } });
    expect(started.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
    const eager = await play(
      (line) => (line.startsWith('AUTH') ? '235 come in\r\n' : undefined),
      ['AUTH SCRAM-SHA-256'],
    );
    expect((await send(plain(eager))).outcome).toMatchObject({ failure: { kind: 'tls' } });
  });
});

describe('OAUTHBEARER', () => {
  const account = (started: ScriptedSmtpServer) => plain(started, { auth: 'oauth', password: 'token' });

  test('is preferred, in the form of RFC 7628', async () => {
    const started = await play(
      (line) => (line.startsWith('AUTH') ? '235 yes\r\n' : undefined),
      ['AUTH XOAUTH2 OAUTHBEARER'],
    );
    expect((await send(account(started))).outcome.ok).toBe(true);
    const sent = /^AUTH OAUTHBEARER (.*)$/.exec(started.lines[1] ?? '')?.[1] ?? '';
    expect(Buffer.from(sent, 'base64').toString()).toBe(
      `n,a=ann,\u0001host=localhost\u0001port=${started.port}\u0001auth=Bearer token\u0001\u0001`,
    );
  });

  test('the challenge of a refusal is answered and read', async () => {
    const why = Buffer.from('{"status":"invalid_token","scope":"mail"}').toString('base64');
    const started = await play(
      (line) =>
        line.startsWith('AUTH') ? `334 ${why}\r\n` : line === 'AQ==' ? '535 5.7.8 no\r\n' : undefined,
      ['AUTH OAUTHBEARER'],
    );
    expect((await send(account(started))).outcome).toMatchObject({
      failure: { kind: 'auth', reason: 'expired', serverText: expect.stringContaining('invalid_token') },
    });
  });
});

describe('in the middle of the message', () => {
  const big = submissionOf({ bytes: Buffer.from(`Subject: big\r\n\r\n${'line\r\n'.repeat(500_000)}`) });

  test('a server that gives up is heard, and nothing was sent', async () => {
    let lines = 0;
    const started = await play((line) =>
      line === 'line' && ++lines === 1_000 ? '421 4.3.2 shutting down\r\n' : undefined,
    );
    const { outcome } = await send(plain(started), big);
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'throttled', serverText: 'shutting down' } });
  });

  test('a success that makes no sense is unknown, and so is nonsense', async () => {
    for (const answer of ['354 more\r\n', 'hello\r\n']) {
      const started = await play((line) => (line === '.' ? answer : undefined));
      expect((await send(plain(started))).outcome).toMatchObject({ failure: { kind: 'unknown-outcome' } });
      started.close();
    }
  });

  test('too many recipients are a reason to wait, not a refusal', async () => {
    let named = 0;
    const started = await play((line) =>
      line.startsWith('RCPT') && ++named > 1 ? '552 5.5.3 too many\r\n' : undefined,
    );
    const { outcome } = await send(plain(started), submissionOf({ to: ['a@b.example', 'c@d.example'] }));
    expect(outcome).toMatchObject({ ok: true, value: { result: 'accepted' } });
    expect(outcome.ok && outcome.value.recipients[1]?.failure?.kind).toBe('throttled');
  });
});
