import { expect, test } from 'vitest';
import { tnef } from '../../../test/fixtures/tnef';
import { MAX_RTF_BYTES, readCompressedRtf } from './compressed-rtf';
import { parseMessage } from './parse-message';
import { readRtf } from './rtf-text';
import { MAX_TNEF_ATTACHMENTS, readTnef } from './tnef';

const file = { name: 'Long file name.pdf', content: Buffer.from('%PDF-1.4'), type: 'application/pdf' };

test('subject, text, HTML and files come out of an envelope', () => {
  expect(
    readTnef(tnef({ subject: 'S', body: 'Gr\u00fc\u00dfe\r\nA', html: '<p>ü</p>', files: [file] })),
  ).toEqual({
    subject: 'S',
    text: 'Grüße\nA',
    html: '<p>ü</p>',
    attachments: [{ filename: file.name, mediaType: file.type, content: file.content }],
  });
  const nested = tnef({ files: [{ name: 'inner', content: tnef({ body: 'Inside' }) }] });
  expect(readTnef(nested)?.attachments[0]?.mediaType).toBe('application/ms-tnef');
});

test('a message that is only a winmail.dat shows what is in it', () => {
  const raw = Buffer.from(
    [
      'Subject: Wrapped',
      'Content-Type: application/ms-tnef; name="winmail.dat"',
      'Content-Transfer-Encoding: base64',
      '',
      tnef({ body: 'Hello from Outlook', files: [file] }).toString('base64'),
    ].join('\r\n'),
  );
  const { text, attachments } = parseMessage(raw);
  expect(text).toBe('Hello from Outlook');
  expect(attachments.map(({ filename, inline, section }) => ({ filename, inline, section }))).toEqual([
    { filename: 'winmail.dat', inline: true, section: '1' },
    { filename: file.name, inline: false, section: '' },
  ]);
  expect(attachments[1]?.content).toEqual(file.content);
});

test('rich text gives its words, and the HTML it was made from', () => {
  const rtf = (source: string) => readRtf(Buffer.from(source, 'latin1'));
  expect(
    rtf(
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\uc1 Gr\\'fc\\'dfe \\u26085?\\par{\\*\\x no}Next\\{\\}}",
    ).text,
  ).toBe('Grüße 日\nNext{}');
  expect(
    rtf('{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf \\par \\htmlrtf0 a < b{\\*\\htmltag72 </p>}}')
      .html,
  ).toBe('<p>a &lt; b</p>');
  expect(rtf('no rtf')).toEqual({ text: null, html: null });
  expect(rtf(`{\\rtf1${'{'.repeat(100_000)}deep`).text).toBe('deep');
});

test('compressed rich text is unpacked, a bomb is cut', () => {
  // The example of MS-OXRTFCP 3.1.1.
  const packed = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770' + '5b06c647d0a800fa0',
    'hex',
  );
  expect(readCompressedRtf(packed)?.toString('latin1')).toBe(
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
  );
  // Every reference repeats what was just written: the most that packed bytes can become.
  const bomb = Buffer.alloc(3_000_000, 0xff);
  bomb.writeUInt32LE(0xffffffff, 4);
  bomb.writeUInt32LE(0x75465a4c, 8);
  expect(readCompressedRtf(bomb)?.length).toBeLessThanOrEqual(MAX_RTF_BYTES);
});

test('broken and hostile envelopes are read as far as they go', () => {
  const whole = tnef({
    subject: 'S',
    body: 'Text',
    html: '<p>x</p>',
    rtf: '{\\rtf1 y}',
    files: [file, file],
  });
  for (let length = 0; length < whole.length; length += 7) readTnef(whole.subarray(0, length));
  for (let at = 6; at < whole.length; at += 5) {
    const damaged = Buffer.from(whole);
    damaged[at] = 0xff;
    expect(readTnef(damaged)).not.toBeNull();
  }
  const claims = Buffer.from(whole);
  claims.writeUInt32LE(100_000_000, 11);
  expect(readTnef(claims)).toMatchObject({ text: null, attachments: [] });
  const crowd = tnef({
    files: Array.from({ length: 2000 }, () => ({ name: 'x', content: Buffer.alloc(1) })),
  });
  expect(readTnef(crowd)?.attachments).toHaveLength(MAX_TNEF_ATTACHMENTS);
  expect(readTnef(Buffer.alloc(1000))).toBeNull();
});
