import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHeaderBlock } from './parse-header-block';
import { parseMessage } from './parse-message';
import { generateMessage } from './sample/generate-message';

const parse = (text: string) => parseMessage(Buffer.from(text, 'latin1'));

test('an alternative gives text and HTML, a mixed part its attachments', () => {
  const message = parse(
    'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n' +
      'Content-Type: multipart/alternative; boundary="a b"\r\n\r\n--a b\r\n\r\nplain\r\n--a b\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--a b--\r\n--a\r\n' +
      "Content-Type: application/pdf; name*0*=utf-8''%C5%BB; name*1=aba.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBE\r\n--a--\r\n",
  );
  expect(message.facts.subject).toBe('Grüße');
  expect({ text: message.text, html: message.html }).toEqual({ text: 'plain', html: '<b>rich</b>' });
  expect(message.attachments).toMatchObject([
    { section: '2', filename: 'Żaba.pdf', mediaType: 'application/pdf', inline: false },
  ]);
  expect(Buffer.from(message.attachments[0]!.content).toString()).toBe('%PD');
  expect(message.problems).toEqual([]);
});

test.each([
  [
    'no boundary parameter',
    'Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nhello\n--x--\n',
    'hello',
  ],
  ['no closing boundary', 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello', 'hello'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=y\n\nhello', 'hello'],
  ['no header at all', 'hello', 'hello'],
  ['raw eight-bit text', 'Subject: x\n\ncaf\xe9 noir', 'café noir'],
  ['damaged base64', 'Content-Transfer-Encoding: base64\n\naGVs!!bG8', 'hello'],
  ['damaged quoted-printable', 'Content-Transfer-Encoding: quoted-printable\n\nhel=\nlo =ZZ', 'hello =ZZ'],
  ['flowed text', 'Content-Type: text/plain; format=flowed\n\nhello \nworld', 'hello world'],
])('readable with %s', (_, raw, text) => {
  expect(parse(raw).text).toBe(text);
});

test.each([
  ['a picture the text shows', '<img src="cid:a@b">', 'image/png', 'inline', true],
  ['spelled with percent signs and references', '<img src=cid:a%40b>', 'image/png', 'inline', true],
  ['a background of the text', '<p style="background:url(CID:a&#64;b)">', 'image/png', 'inline', true],
  ['a picture the text does not show', '<p>no picture</p>', 'image/png', 'inline', false],
  ['a picture no window can draw', '<img src="cid:a@b">', 'image/heic', 'inline', false],
  ['a document among the pictures', '<img src="cid:x">', 'application/pdf', 'inline', false],
  ['a picture its sender calls a file', '<img src="cid:a@b">', 'image/png', 'attachment', false],
])('%s', (_, html, type, disposition, inline) => {
  const message = parse(
    `Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n${html}\n--x\n` +
      `Content-Type: ${type}; name=p\nContent-Disposition: ${disposition}\nContent-ID: <a@b>\n\nabc\n--x--\n`,
  );
  expect(message.attachments).toMatchObject([{ filename: 'p', inline }]);
});

test('a picture beside plain text is an attachment: nobody would see it otherwise', () => {
  const message = parse(
    'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nFrom my phone\n--x\n' +
      'Content-Type: image/jpeg; name=IMG_1.jpeg\nContent-Disposition: inline\nContent-ID: <a@b>\n\nabc\n--x--\n',
  );
  expect(message.attachments).toMatchObject([{ filename: 'IMG_1.jpeg', inline: false }]);
});

test('a part without a name gets one that makes no program of it', () => {
  const message = parse(
    'Content-Type: multipart/report; boundary=x\n\n--x\n\nNot delivered\n--x\nContent-Type: message/delivery-status\n\na: b\n' +
      '--x\nContent-Type: text/rfc822-headers\n\na: b\n--x\nContent-Type: application/octet-stream\n\nabc\n--x\nContent-Type: image/png\n\nabc\n--x--\n',
  );
  expect(message.attachments.map(({ filename }) => filename)).toEqual([
    'attachment.txt',
    'attachment.txt',
    'attachment',
    'image.png',
  ]);
});

test('what an encrypted message tells programs is not shown among its files', () => {
  const message = parse(
    'Content-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n' +
      'Content-Type: application/octet-stream; name=encrypted.asc\n\nabc\n--x--\n',
  );
  expect(message.attachments.filter(({ inline }) => !inline).map(({ filename }) => filename)).toEqual([
    'encrypted.asc',
  ]);
});

test('attached messages and winmail.dat stay attachments', () => {
  const message = parse(
    'Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nSubject: Inner\n\nbody\n--x\n' +
      'Content-Type: application/ms-tnef; name=winmail.dat\n\nabc\n--x--\n',
  );
  expect(message.attachments.map(({ filename }) => filename)).toEqual(['Inner.eml', 'winmail.dat']);
  expect(message.text).toBeNull();
});

test.each([
  ['multipart/encrypted; boundary=x', '--x\n\na\n--x--', 'encrypted'],
  [
    'multipart/signed; boundary=x',
    '--x\n\na\n--x\nContent-Type: application/pgp-signature\n\ns\n--x--',
    'signed',
  ],
  ['application/pkcs7-mime; smime-type=enveloped-data', 'a', 'encrypted'],
  ['application/pkcs7-mime; smime-type=signed-data', 'a', 'signed'],
  ['text/plain', '-----BEGIN PGP MESSAGE-----\n\na', 'encrypted'],
  ['text/plain', 'a', 'none'],
])('protection of %s', (type, body, protection) => {
  expect(parse(`Content-Type: ${type}\n\n${body}`).protection).toBe(protection);
});

test('what has no readable header still gives a row', () => {
  for (const raw of ['', '\0\0\0', '\r\n\r\n', '<html>']) {
    expect(parseHeaderBlock(Buffer.from(raw))).toMatchObject({
      subject: '(unreadable message)',
      unreadable: true,
    });
  }
});

test('random and damaged messages are read without an exception, in bounded time', () => {
  const headers = 'Content-Type: multipart/mixed; boundary=b\r\nSubject: =?utf-8?B?';
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (bytes, prefixed) => {
      parseMessage(prefixed ? Buffer.concat([Buffer.from(headers), bytes]) : bytes);
      parseHeaderBlock(bytes);
    }),
    { numRuns: 300 },
  );
  const sample = Array.from({ length: 20 }, (_, index) => generateMessage(index, 1, 1_700_000_000_000).raw);
  fc.assert(
    fc.property(
      fc.nat(19),
      fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { maxLength: 30 }),
      (index, changes) => {
        const raw = Buffer.from(sample[index]!);
        for (const [at, byte] of changes) raw[at % raw.length] = byte;
        parseMessage(raw);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['angle brackets', `From: ${'<'.repeat(60_000)}\n\n`],
  ['open comments', `To: ${'('.repeat(60_000)}\n\n`],
  ['encoded words', `Subject: ${'=?utf-8?Q?'.repeat(6_000)}\n\n`],
  ['parameters', `Content-Type: text/plain${';a="'.repeat(15_000)}\n\nx`],
  ['semicolons', `Content-Type: text/plain${';'.repeat(60_000)}\n\nx`],
  ['commas', `Cc: ${'a,'.repeat(30_000)}\n\n`],
  ['boundaries', `Content-Type: multipart/mixed; boundary=x\n\n${'--x'.repeat(500_000)}`],
])('a header full of %s costs less than a second of the processor', (_, raw) => {
  const before = process.threadCpuUsage();
  parse(raw);
  const { user, system } = process.threadCpuUsage(before);
  expect(user + system).toBeLessThan(1_000_000);
});
