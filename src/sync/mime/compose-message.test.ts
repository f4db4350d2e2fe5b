import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HARD_MESSAGES, outgoing } from '../../../test/fixtures/outgoing';
import { createSystemRandom } from '../ports/system-random';
import { composeMessage, DRAFT_HEADER } from './compose-message';
import { flow, unflow } from './flowed-text';
import { formatDate } from './format-date';
import { messageIdFor } from './message-id';
import { readMimeTree } from './mime-tree';
import { parseMessage } from './parse-message';
import { withoutFields } from './without-fields';

/** Ids are kept without their angle brackets. */
const bare = (id: string): string => id.slice(1, -1);
const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe.each(HARD_MESSAGES)('%s', (_, input) => {
  test('CRLF, 7 bit, at most 998 octets a line, and the same bytes for the same input', async () => {
    const { transmitted, filed } = await composeMessage(input);
    for (const text of [ascii(transmitted), ascii(filed)]) {
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these octets are allowed
      expect(text).toMatch(/^[\x01-\x7f]*$/);
      expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      expect(text.endsWith('\r\n')).toBe(true);
    }
    // RFC 5322 3.6: References of several messages are one field too.
    const names = [
      ...ascii(filed)
        .split('\r\n\r\n', 1)
        .join('')
        .matchAll(/^[^\s:]+(?=:)/gm),
    ].map(([name]) => name.toLowerCase());
    expect(names).toEqual([...new Set(names)]);
    const again = await composeMessage(input);
    expect(ascii(again.filed)).toBe(ascii(filed));
  });

  test('says what was written, to our own reader', async () => {
    const parsed = parseMessage((await composeMessage(input)).filed);
    expect(parsed.problems).toEqual([]);
    expect(parsed.facts.subject).toBe(input.subject);
    expect(parsed.facts.from).toEqual([input.from]);
    expect(parsed.facts.cc).toEqual(input.cc);
    expect(parsed.facts.bcc).toEqual(input.bcc);
    expect(parsed.facts.messageId).toBe(bare(input.messageId));
    expect(parsed.facts.date).toBe(input.date);
    expect(parsed.facts.references).toEqual(input.references.map(bare));
    expect(parsed.text?.trimEnd()).toBe(unflow(flow(input.text), false).trimEnd());
    expect(parsed.html?.replaceAll('\r\n', '\n').trimEnd() ?? null).toBe(input.html);
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(
      input.attachments.map(({ filename }) => filename),
    );
    for (const [at, { bytes, contentId }] of input.attachments.entries()) {
      expect(ascii(parsed.attachments[at]?.content ?? new Uint8Array())).toBe(ascii(bytes));
      expect(parsed.attachments[at]?.contentId).toBe(contentId);
      expect(parsed.attachments[at]?.inline).toBe(contentId !== null);
    }
  });
});

test('SYNC-272 Bcc and the draft header are in what is filed and never in what is transmitted', async () => {
  const input = outgoing({
    bcc: [
      { name: 'Hidden Person', address: 'hidden@example.org' },
      ...Array.from({ length: 40 }, (_, at) => ({ name: `Secret ${at}`, address: `s${at}@example.org` })),
    ],
    draft: { token: 'c0ffee', revision: 12 },
    text: 'Bcc: this line is text and stays\n',
  });
  const { transmitted, filed } = await composeMessage(input);
  expect(parseMessage(filed).facts.bcc).toEqual(input.bcc);
  expect(ascii(filed)).toContain(`${DRAFT_HEADER}: c0ffee 12\r\n`);
  expect(ascii(transmitted)).not.toMatch(/hidden|secret|s\d+@example|c0ffee|X-Homeport/i);
  expect(parseMessage(transmitted).headers.some(({ name }) => name.toLowerCase() === 'bcc')).toBe(false);
  expect(parseMessage(transmitted).text).toBe(parseMessage(filed).text);
  expect(parseMessage(transmitted).text).toContain('Bcc: this line is text');
});

test('SYNC-271 the Message-ID is 128 random bits at the domain of the sender', async () => {
  const token = '00112233445566778899aabbccddeeff';
  expect(messageIdFor(token, 'Ann@Example.ORG')).toBe(`<${token}@example.org>`);
  expect(messageIdFor(token, 'ann@bücher.example')).toBe(`<${token}@xn--bcher-kva.example>`);
  expect(messageIdFor(token, 'ann')).toBe(`<${token}@mail.invalid>`);
  expect(messageIdFor(token, 'ann@bad domain>')).toBe(`<${token}@mail.invalid>`);
  const { filed } = await composeMessage(outgoing({ messageId: messageIdFor(token, 'a@b.example') }));
  expect(parseMessage(filed).facts.messageId).toBe(`${token}@b.example`);
  const random = createSystemRandom();
  const ids = new Set(Array.from({ length: 500 }, () => messageIdFor(random.token(16), 'a@b.example')));
  expect(ids.size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^<[0-9a-f]{32}@b\.example>$/);
});

test('only an address that is not ASCII left of the @ needs SMTPUTF8; domains become ASCII', async () => {
  const domain = await composeMessage(outgoing({ to: [{ name: '', address: 'b@bücher.example' }] }));
  expect(domain.needsUtf8).toBe(false);
  expect(ascii(domain.transmitted)).toContain('b@xn--bcher-kva.example');
  const local = await composeMessage(outgoing({ bcc: [{ name: '', address: 'bücher@example.org' }] }));
  expect(local.needsUtf8).toBe(true);
});

test('a text beside HTML, and the text is format=flowed', async () => {
  const { transmitted } = await composeMessage(outgoing({ html: '<p>Hello</p>' }));
  const { root } = readMimeTree(transmitted);
  expect(root.type.value).toBe('multipart/alternative');
  expect(root.children.map(({ type }) => type.value)).toEqual(['text/plain', 'text/html']);
  expect(root.children[0]?.type.parameters.get('format')).toBe('flowed');
});

test('a line break in a value begins no header of its own', async () => {
  const { filed } = await composeMessage(
    outgoing({
      subject: 'a\r\nX-Evil: 1',
      from: { name: 'n\r\nX-Evil: 2', address: 'a@b.example\r\nX-Evil: 3' },
      headers: [{ name: 'X-Note', value: 'x\n\nX-Evil: 4' }],
      attachments: [
        {
          filename: 'a\r\nX-Evil: 5',
          mediaType: 'text/x\r\nX-Evil: 6',
          bytes: new Uint8Array(1),
          contentId: null,
        },
      ],
    }),
  );
  expect(ascii(filed)).not.toMatch(/^X-Evil/m);
});

test('any text comes back from format=flowed, but for white space at the ends of lines', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'bc', '>', ' ', '-', 'From ', 'ü', '\t', '.'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (lines) => {
      const text = lines.join('\n');
      const once = unflow(flow(text), false);
      const plain = (value: string): string =>
        value
          .split('\n')
          .map((line) => {
            const marks = /^(?:> ?)*/.exec(line)?.[0] ?? '';
            const depth = marks.replaceAll(' ', '').length;
            const content = line.slice(marks.length);
            const kept = content === '-- ' ? content : content.trimEnd();
            return depth > 0 ? `${'>'.repeat(depth)} ${kept}` : kept;
          })
          .join('\n');
      expect(once).toBe(plain(text));
    }),
  );
});

test.each([
  ['Europe/Berlin', 'Sat, 28 Nov 2026 14:50:27 +0100'],
  ['America/St_Johns', 'Sat, 28 Nov 2026 10:20:27 -0330'],
  ['Asia/Kathmandu', 'Sat, 28 Nov 2026 19:35:27 +0545'],
  ['Pacific/Kiritimati', 'Sun, 29 Nov 2026 03:50:27 +1400'],
  ['UTC', 'Sat, 28 Nov 2026 13:50:27 +0000'],
  ['No/Where', 'Sat, 28 Nov 2026 13:50:27 +0000'],
])('a date in %s is %s', (zone, written) => {
  expect(formatDate(Date.UTC(2026, 10, 28, 13, 50, 27), zone)).toBe(written);
});

test('fields are taken out with their continuation lines, in any case, from the header only', () => {
  const message = 'A: 1\r\nbCC: x,\r\n y\r\n\tz\r\nC: 2\r\nBcc : w\r\n\r\nBcc: body\r\n';
  expect(ascii(withoutFields(Buffer.from(message), ['Bcc']))).toBe('A: 1\r\nC: 2\r\n\r\nBcc: body\r\n');
  expect(ascii(withoutFields(Buffer.from('Bcc: a'), ['bcc']))).toBe('');
});
