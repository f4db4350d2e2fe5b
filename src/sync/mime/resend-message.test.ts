import { expect, test } from 'vitest';
import { resendMessage } from './resend-message';

const INPUT = {
  messageId: '<r1@example.org>',
  date: 1_700_000_000_000,
  zone: 'Europe/Berlin',
  from: { name: 'Me', address: 'me@example.org' },
  to: [{ name: 'Jürgen', address: 'j@example.org' }],
  cc: [],
  bcc: [{ name: '', address: 'b@example.org' }],
};
const SOURCE =
  'Return-Path: <ada@example.org>\r\nDKIM-Signature: v=1; b=x\r\nFrom: Ada <ada@example.org>\r\nsubject:  two  spaces \r\nMessage-ID: <1@example.org>\r\n\r\n.\r\nbody \xff\r\n';

test('who passed it on stands above the message, of which not a byte changes (RFC 5322 section 3.6.6)', () => {
  const { transmitted, filed, needsUtf8 } = resendMessage(Buffer.from(SOURCE, 'latin1'), INPUT);
  const head = [
    'Resent-Date: Tue, 14 Nov 2023 23:13:20 +0100',
    'Resent-From: Me <me@example.org>',
    'Resent-To: =?UTF-8?B?SsO8cmdlbg==?= <j@example.org>',
  ];
  const end = 'Resent-Message-ID: <r1@example.org>';
  expect(Buffer.from(transmitted).toString('latin1')).toBe([...head, end, SOURCE].join('\r\n'));
  expect(Buffer.from(filed).toString('latin1')).toBe(
    [...head, 'Resent-Bcc: b@example.org', end, SOURCE].join('\r\n'),
  );
  expect(needsUtf8).toBe(false);
});

test('blind copies of a message of one’s own are not told to those it is passed on to; bare line ends become CR LF', () => {
  const own =
    'From: me@example.org\nBcc: secret@example.org,\n other@example.org\nResent-Bcc: third@example.org\n\nText\n';
  const { transmitted, filed } = resendMessage(Buffer.from(own), INPUT);
  expect(String(transmitted)).not.toMatch(/secret|other|third|b@example/);
  expect(String(transmitted)).toMatch(/From: me@example\.org\r\n\r\nText\r\n$/);
  expect(String(filed)).toContain('Bcc: secret@example.org,\r\n other@example.org');
});
