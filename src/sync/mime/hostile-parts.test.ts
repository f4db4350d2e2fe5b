import { expect, test } from 'vitest';
import { shownName } from '../../shared/shown-name';
import { parseMessage } from './parse-message';

test('a picture of the message is the first part of that name, whatever comes later', () => {
  const { attachments } = parseMessage(
    Buffer.from(
      'From: m@evil.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:a">\r\n' +
        '--b\r\nContent-Type: image/png\r\nContent-ID: <a>\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <a>\r\n\r\n<script>\r\n--b--\r\n',
    ),
  );
  expect(attachments.map(({ contentId, mediaType }) => [contentId, mediaType])).toEqual([
    ['a', 'image/png'],
    ['a', 'text/html'],
  ]);
});

test.each([
  // The field as it came, how the sender is called
  [`=?utf-8?Q?Bank=0D=0ABcc=3A_x=00?= <m@evil.example>`, 'Bank Bcc: x'],
  [`=?utf-8?B?${Buffer.from('\u202etfarc@knab').toString('base64')}?= <m@evil.example>`, 'm@evil.example'],
  [`=?utf-8?Q?=22Bank=22_=3Ca=40bank.example=3E?= <m@evil.example>`, 'm@evil.example'],
  [`"a@bank.example" <a@bank.example> <m@evil.example>`, 'a@bank.example'],
  [
    `=?utf-8?B?${Buffer.from('admin@bank.example').toString('base64')}?=@evil.example`,
    'admin@bank.example@evil.example',
  ],
  [`"a@bank.example\\\u0000" <m@evil.example>`, 'm@evil.example'],
])('From: %j', (field, shown) => {
  const [from] = parseMessage(Buffer.from(`From: ${field}\r\nSubject: x\r\n\r\nx`)).facts.from;
  expect(shownName(from?.name ?? '', from?.address ?? '')).toBe(shown);
});
