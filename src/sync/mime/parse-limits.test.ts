import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_DEPTH, MAX_HEADER_FIELD_BYTES, MAX_HEADER_FIELDS, MAX_PARTS, MAX_TEXT_BYTES } from './limits';
import { readMimeTree } from './mime-tree';
import { parseMessage } from './parse-message';

const parse = (text: string) => parseMessage(Buffer.from(text, 'latin1'));
const depthOf = (part: { children: readonly unknown[] }): number =>
  1 + Math.max(0, ...part.children.map((child) => depthOf(child as { children: readonly unknown[] })));

/** Multiparts in multiparts: a list of parts for every level. */
function nested(levels: number, leaf = '\nbottom'): string {
  let message = leaf;
  for (let level = 0; level < levels; level++)
    message = `Content-Type: multipart/mixed; boundary=b${level}x\n\n--b${level}x\n${message}\n--b${level}x--`;
  return message;
}

test('SYNC-350 depth, parts, headers and text have bounds, the rest is offered as an attachment, and nothing breaks the reader', () => {
  expect([MAX_DEPTH, MAX_PARTS, MAX_HEADER_FIELDS, MAX_HEADER_FIELD_BYTES, MAX_TEXT_BYTES]).toEqual([
    50,
    1_000,
    200,
    64 * 1_024,
    25 * 1_024 * 1_024,
  ]);
  const deep = Buffer.from(nested(200));
  expect(depthOf(readMimeTree(deep).root)).toBeLessThanOrEqual(MAX_DEPTH + 1);
  // What lies deeper is one opaque part that can be saved.
  expect(parseMessage(deep).attachments.length).toBeGreaterThan(0);
  expect(parseMessage(deep).truncated).toBe(true);

  const part = '--x\nContent-Type: image/png\n\na\n';
  const many = parse(`Content-Type: multipart/mixed; boundary=x\n\n${part.repeat(5_000)}--x--`);
  expect(many.attachments).toHaveLength(MAX_PARTS);
  // All the parts beyond the bound are the last one.
  const rest = Buffer.from(many.attachments.at(-1)?.content ?? []).toString();
  expect(rest.split('image/png').length - 1).toBe(5_000 - (MAX_PARTS - 1));
  expect(many.truncated).toBe(true);

  const lines = Array.from({ length: 300 }, (_, at) => `X-Line-${at}: ${at}`).join('\n');
  expect(parse(`${lines}\n\nbody`).headers).toHaveLength(MAX_HEADER_FIELDS);
  const folded = Array.from({ length: 2_000 }, () => ` ${'y'.repeat(60)}`).join('\n');
  const [long] = parse(`X-Long: x\n${folded}\n\nbody`).headers;
  expect(long?.raw.length).toBeLessThanOrEqual(MAX_HEADER_FIELD_BYTES);
  expect(long?.raw.length).toBeGreaterThan(MAX_HEADER_FIELD_BYTES - 100);

  const text = `${'All work and no play. '.repeat(1_200_000)}the end`;
  const wordy = parse(`Subject: Long\nContent-Type: text/plain\n\n${text}`);
  expect(wordy.text?.length).toBe(MAX_TEXT_BYTES);
  expect(wordy.truncated).toBe(true);
  // The whole of it can be saved.
  expect(wordy.attachments).toHaveLength(1);
  expect(wordy.attachments[0]?.content.length).toBe(text.length);

  const scrap = fc.oneof(
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b\n',
      'Content-Type: text/html; charset=utf-7\n',
      'Content-Transfer-Encoding: base64\n',
      '\n--b\n',
      '\n--b--\n',
      '\n\n',
      '=?utf-8?B?',
      ' folded\n',
    ),
    fc.string({ maxLength: 20 }),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 60 }), (scraps) => {
      const { attachments, headers } = parse(scraps.join(''));
      return attachments.length <= MAX_PARTS && headers.length <= MAX_HEADER_FIELDS;
    }),
    { numRuns: 300 },
  );
});
