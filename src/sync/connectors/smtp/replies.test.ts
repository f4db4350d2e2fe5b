import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stuffedPieces, terminatorOf } from './dot-stuffing';
import { wordsOf } from './enhanced-codes';
import { readExtensions } from './extensions';
import { loginFailure, recipientRefusalOf, refusalOf } from './failure-translation';
import { CHUNK_BYTES } from './limits';
import { BrokenReply, createReplyReader, type Reply } from './reply';

function read(text: string): Reply[] {
  return createReplyReader().push(Buffer.from(text));
}
const one = (text: string): Reply => read(`${text}\r\n`)[0] as Reply;

describe('replies', () => {
  test.each([
    ['250 ok\r\n', [{ code: 250, enhanced: null, text: 'ok' }]],
    ['250\r\n', [{ code: 250, enhanced: null, text: '' }]],
    ['250-a\r\n250-b\r\n250 c\r\n', [{ code: 250, lines: ['a', 'b', 'c'], text: 'a b c' }]],
    ['550-5.1.1 no\n550 5.1.1 body\n', [{ code: 550, enhanced: '5.1.1', text: 'no body' }]],
    ['220 a\r\n250 b\r\n', [{ code: 220 }, { code: 250 }]],
    ['554 5.7.1\r\n', [{ code: 554, enhanced: '5.7.1', text: '' }]],
    ['550 f\u00fcr \u0007 x\r\n', [{ text: 'für   x' }]],
    ['250-half', []],
  ])('%j', (text, replies) => {
    expect(read(text)).toMatchObject(replies);
  });

  test.each([
    'hello\r\n',
    '99 x\r\n',
    '600 x\r\n',
    '2500 x\r\n',
    `250 ${'x'.repeat(9_000)}`,
    '250-a\r\n'.repeat(300),
  ])('what is no reply is told: %j', (text) => {
    expect(() => read(text)).toThrow(BrokenReply);
  });

  test('the same however the bytes are cut, and nothing but BrokenReply on any input', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (bytes, size) => {
        const whole = attempt([bytes]);
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
        expect(attempt(pieces)).toEqual(whole);
      }),
    );
    function attempt(pieces: readonly Uint8Array[]): unknown {
      const reader = createReplyReader();
      try {
        return pieces.flatMap((piece) => reader.push(Buffer.from(piece)));
      } catch (error) {
        if (error instanceof BrokenReply) return 'broken';
        throw error;
      }
    }
  });
});

test('what a server offers', () => {
  const offered = readExtensions(
    one(
      '250-mail.example\r\n250-SIZE 1000\r\n250-AUTH LOGIN plain\r\n250-AUTH=XOAUTH2\r\n250-smtputf8\r\n250-DSN\r\n250 STARTTLS',
    ),
  );
  expect(offered).toMatchObject({
    maxBytes: 1000,
    size: true,
    utf8: true,
    dsn: true,
    startTls: true,
    eightBit: false,
  });
  expect([...offered.auth]).toEqual(['LOGIN', 'PLAIN', 'XOAUTH2']);
  expect(readExtensions(one('250-DSN\r\n250 SIZE 0'))).toMatchObject({
    dsn: false,
    size: true,
    maxBytes: null,
  });
});

describe('refusals in words', () => {
  test.each([
    ['550 5.1.1 x', 'There is no mailbox with this address.'],
    ['452 4.2.2 x', 'The mailbox of the recipient is full.'],
    ['550 5.1.99 x', 'The mail server does not accept this address.'],
    ['550 x', 'The mail server does not accept this recipient or message.'],
    ['599 x', 'The mail server refused the message.'],
    ['499 x', 'The mail server asks to try again later.'],
  ])('%s', (reply, words) => {
    expect(wordsOf(one(reply))).toBe(words);
  });

  test.each([
    ['421 4.3.2 x', 'throttled'],
    ['451 x', 'throttled'],
    ['550 5.7.1 x', 'rejected'],
    ['530 5.7.0 x', 'auth'],
    ['354 x', 'protocol'],
  ])('%s is %s', (reply, kind) => {
    expect(refusalOf(one(reply)).kind).toBe(kind);
  });

  test('too many recipients has to wait, a full mailbox does not', () => {
    expect(recipientRefusalOf(one('552 5.5.3 x')).kind).toBe('throttled');
    expect(recipientRefusalOf(one('552 Too many recipients')).kind).toBe('throttled');
    expect(recipientRefusalOf(one('552 5.2.2 full')).kind).toBe('rejected');
  });

  test.each([
    ['535 5.7.8 bad', 'password', 'wrong-password'],
    ['535 5.7.139 SmtpClientAuthentication is disabled for the Tenant', 'password', 'blocked-by-admin'],
    ['534 5.7.9 Please log in with your web browser', 'password', 'needs-oauth'],
    ['534-5.7.9 Application-specific password required', 'password', 'needs-app-password'],
    ['535 5.7.8 bad', 'oauth', 'expired'],
  ] as const)('login: %s', (reply, auth, reason) => {
    const [first] = read(`${reply.replace('534-', '534 ')}\r\n`);
    expect(loginFailure(first as Reply, auth)).toMatchObject({ kind: 'auth', reason });
  });
});

test('dots are doubled at the beginning of lines, wherever the pieces end', () => {
  const wire = (text: string): string =>
    [...stuffedPieces(Buffer.from(text))].map(({ data }) => data.toString()).join('');
  expect(wire('.a\r\nb.\r\n..\r\n')).toBe('..a\r\nb.\r\n...\r\n');
  const edge = `${'x'.repeat(CHUNK_BYTES - 2)}\r\n.after\r\n`;
  expect(wire(edge)).toBe(edge.replace('.after', '..after'));
  fc.assert(
    fc.property(fc.array(fc.constantFrom('.', 'a', '\r\n'), { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const back = wire(text).replace(/^\.\./gm, '.');
      expect(back).toBe(text);
      expect(`${wire(text)}${terminatorOf(Buffer.from(text))}`).toMatch(/(^|\r\n)\.\r\n$/);
      expect(wire(text)).not.toMatch(/(^|\n)\.\r\n/);
    }),
  );
});
