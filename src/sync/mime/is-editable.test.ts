import { expect, test } from 'vitest';
import { isEditable } from './is-editable';

const parts = (type: string, ...bodies: readonly string[]) =>
  `Content-Type: ${type}; boundary="${type}"\r\n\r\n${bodies.map((body) => `--${type}\r\n${body}\r\n`).join('')}--${type}--\r\n`;
const text = 'Content-Type: text/plain\r\n\r\nHello';
const html = (body: string) => `Content-Type: text/html\r\n\r\n${body}`;
const file = 'Content-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nx';
const picture = 'Content-Type: image/png\r\nContent-ID: <p@x>\r\n\r\nx';
const letter = 'Content-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\nb';

test.each([
  ['plain text', text, true],
  ['nothing yet', '', true],
  ['both texts', parts('multipart/alternative', text, html('<p>Hi</p>')), true],
  [
    'both texts with a picture and files',
    parts(
      'multipart/mixed',
      parts('multipart/alternative', text, parts('multipart/related', html('<img src="cid:p@x">'), picture)),
      file,
      letter,
    ),
    true,
  ],
  [
    'an invitation as a third text',
    parts('multipart/alternative', text, 'Content-Type: text/calendar\r\n\r\nx'),
    false,
  ],
  ['a style sheet', html('<style>p { color: red }</style><p>Hi</p>'), false],
  ['a form', html('<form><input></form>'), false],
  [
    'a signed one',
    parts('multipart/signed', text, 'Content-Type: application/pgp-signature\r\n\r\nx'),
    false,
  ],
  [
    'an encrypted one',
    parts('multipart/encrypted', 'Content-Type: application/pgp-encrypted\r\n\r\nx', file),
    false,
  ],
  ['parts one after the other in time', parts('multipart/parallel', text, file), false],
  ['one that broke off', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi', false],
])('%s: %s', (_, source, editable) => {
  expect(isEditable(Buffer.from(`MIME-Version: 1.0\r\nSubject: s\r\n${source}`))).toBe(editable);
});
