import { describe, expect, test } from 'vitest';
import { parseMessage } from './parse-message';
import { isSevenBit, toSevenBit } from './seven-bit';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');
const content = (raw: Uint8Array) => {
  const { text, html, attachments, facts } = parseMessage(raw);
  const files = attachments.map(({ filename, content: bytes }) => [
    filename,
    Buffer.from(bytes).toString('hex'),
  ]);
  return { text, html, files, subject: facts.subject };
};

const PLAIN = mail(
  'Subject: x',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  `Grüße ${'ü'.repeat(300)}`,
  '.dot = sign',
  '',
);
const PARTS = mail(
  'Subject: x',
  'MIME-Version: 1.0',
  'Content-Transfer-Encoding: 8bit',
  'Content-Type: multipart/mixed; boundary="b+1"',
  '',
  'preamble',
  '--b+1',
  'Content-Type: multipart/alternative; boundary=in',
  '',
  '--in',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'für',
  '--in',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>für</p>',
  '--in--',
  '--b+1',
  'Content-Type: application/x-data; name=a.bin',
  'Content-Disposition: attachment; filename=a.bin',
  'Content-Transfer-Encoding: binary',
  '',
  `${'ä'.repeat(100)}`,
  '--b+1',
  'Content-Type: text/plain; name=plain.txt',
  'Content-Disposition: attachment; filename=plain.txt',
  '',
  'seven bits',
  '--b+1--',
  '',
);

describe('a message in seven bits', () => {
  test.each([
    ['plain text', PLAIN],
    ['parts in parts', PARTS],
  ])('%s says the same', (_, raw) => {
    const converted = toSevenBit(raw);
    if (!converted) throw new Error('not converted');
    expect(isSevenBit(converted)).toBe(true);
    const text = Buffer.from(converted).toString('latin1');
    expect(text).not.toMatch(/8bit|: binary/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    const [before, after] = [content(raw), content(converted)];
    expect({ ...after, text: after.text?.trimEnd() }).toEqual({ ...before, text: before.text?.trimEnd() });
    // Nothing is left to do, so every attempt sends the same.
    expect(Buffer.from(toSevenBit(converted) ?? []).equals(Buffer.from(converted))).toBe(true);
    expect(Buffer.from(toSevenBit(raw) ?? []).equals(Buffer.from(converted))).toBe(true);
  });

  test('a message inside is written again inside', () => {
    const raw = mail(
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Subject: inner',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'für',
      '--b--',
      '',
    );
    const converted = Buffer.from(toSevenBit(raw) ?? []).toString('latin1');
    expect(converted).toContain('Content-Transfer-Encoding: quoted-printable\r\nSubject: inner');
    expect(converted).toContain('f=C3=BCr');
  });

  test.each([
    ['a header with eight bits', mail('Subject: für', '', 'x')],
    [
      'what is signed',
      mail('Content-Type: multipart/signed; boundary=b', '', '--b', '', 'für', '--b', '', 'sig', '--b--', ''),
    ],
    [
      'a preamble with eight bits',
      mail('Content-Type: multipart/mixed; boundary=b', '', 'für', '--b', '', 'x', '--b--'),
    ],
    ['base64 that is none', mail('Content-Transfer-Encoding: base64', '', 'für')],
  ])('%s is left alone', (_, raw) => {
    expect(toSevenBit(raw)).toBeNull();
  });
});
