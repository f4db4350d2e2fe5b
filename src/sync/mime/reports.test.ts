import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from './bounce';
import { parseMessage } from './parse-message';
import { composeReceipt, isAutomatic, receiptRequest } from './receipt';

const NOTHING = {
  dispositionNotificationTo: null,
  from: [{ name: 'Ann', address: 'ann@example.net' }],
  listId: null,
  autoSubmitted: null,
  precedence: null,
  contentType: 'text/plain',
};

describe('whether a receipt is wanted', () => {
  const asks = { ...NOTHING, dispositionNotificationTo: 'Ann <ann@example.net>' };

  test.each([
    ['nobody asked', NOTHING, null, null],
    ['who wrote it asks', asks, null, false],
    ['the same as Return-Path', asks, '<Ann@Example.net>', false],
    ['another than Return-Path', asks, '<bounces@example.net>', true],
    ['another than From', { ...asks, dispositionNotificationTo: 'x@other.example' }, null, true],
    [
      'several want one',
      { ...asks, dispositionNotificationTo: 'ann@example.net, b@example.net' },
      null,
      true,
    ],
    ['no address', { ...asks, dispositionNotificationTo: 'nobody' }, null, null],
    ['a list', { ...asks, listId: '<l.example>' }, null, null],
    ['a machine', { ...asks, autoSubmitted: 'auto-generated' }, null, null],
    ['no machine', { ...asks, autoSubmitted: 'no' }, null, false],
    ['bulk', { ...asks, precedence: 'bulk' }, null, null],
    ['a report', { ...asks, contentType: 'multipart/report; report-type=x' }, null, null],
    ['no way back', asks, '<>', null],
  ])('%s', (_, headers, returnPath, mismatch) => {
    const came = returnPath === null ? headers : { ...headers, returnPath };
    expect(receiptRequest(came)?.mismatch ?? null).toBe(mismatch);
  });
});

describe('a receipt', () => {
  const input = {
    messageId: '<r@example.org>',
    date: Date.UTC(2026, 10, 28),
    zone: 'UTC',
    from: { name: 'Bob', address: 'bob@example.org' },
    to: [{ name: 'Ann', address: 'ann@example.net' }],
    original: { subject: 'Grüße', messageId: 'm@example.net', references: ['a@example.net'], date: 0 },
    byHand: true,
  };

  test('says what was displayed, is a machine’s answer and is answered by none', async () => {
    const { transmitted } = await composeReceipt(input);
    const parsed = parseMessage(transmitted);
    expect(parsed.problems).toEqual([]);
    expect(parsed.facts).toMatchObject({
      subject: 'Read: Grüße',
      autoSubmitted: 'auto-replied',
      inReplyTo: ['m@example.net'],
      references: ['a@example.net', 'm@example.net'],
    });
    expect(parsed.facts.contentType).toMatch(/^multipart\/report/);
    expect(isAutomatic(parsed.facts)).toBe(true);
    expect(parsed.text).toContain('"Grüße" was displayed by Bob');
    expect(readReport(transmitted)).toEqual({
      kind: 'disposition',
      messageIds: ['m@example.net'],
      envelopeId: null,
      recipients: [{ address: 'bob@example.org', action: 'displayed', status: null, text: '' }],
    });
    const text = Buffer.from(transmitted).toString('latin1');
    expect(text).toContain('Disposition: manual-action/MDN-sent-manually; displayed\r\n');
    expect(text).toMatch(/report-type=disposition-notification/);
  });

  test('by a policy says so', async () => {
    const { transmitted } = await composeReceipt({ ...input, byHand: false });
    expect(Buffer.from(transmitted).toString()).toContain('automatic-action/MDN-sent-automatically');
  });
});

const BOUNCE = [
  'From: Mail Delivery System <MAILER-DAEMON@example.org>',
  'Auto-Submitted: auto-replied',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Sorry.',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example.org',
  'Original-Envelope-Id: to+3Dken',
  '',
  'Original-Recipient: rfc822;bob+2Bx@example.net',
  'Final-Recipient: RFC822; someone@inside.example',
  'Action: Failed',
  'Status: 5.1.1 (no such)',
  'Diagnostic-Code: smtp; 550 5.1.1 no',
  '  such user',
  '',
  'Final-Recipient: rfc822; cid+news@example.net',
  'Action: delayed',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'Message-ID: <ours@example.org>',
  'Subject: x',
  '',
  'text',
  '--b--',
  '',
].join('\r\n');

describe('a report about our message', () => {
  test('names it by envelope id and Message-ID, and every recipient', () => {
    expect(readReport(Buffer.from(BOUNCE))).toEqual({
      kind: 'delivery',
      messageIds: ['ours@example.org'],
      envelopeId: 'to=ken',
      recipients: [
        { address: 'bob+x@example.net', action: 'failed', status: '5.1.1', text: '550 5.1.1 no such user' },
        { address: 'cid+news@example.net', action: 'delayed', status: null, text: '' },
      ],
    });
  });

  test('with only the header of the original, and encoded', () => {
    const headers = BOUNCE.replace('Content-Type: message/rfc822', 'Content-Type: text/rfc822-headers');
    expect(readReport(Buffer.from(headers))?.messageIds).toEqual(['ours@example.org']);
    const encoded = BOUNCE.replace(
      /Content-Type: message\/rfc822\r\n\r\n[\s\S]*?--b--/,
      `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('Message-ID: <b64@x>\r\n\r\n').toString('base64')}\r\n--b--`,
    );
    expect(readReport(Buffer.from(encoded))?.messageIds).toEqual(['b64@x']);
  });

  test('other messages are none, and nothing throws', () => {
    expect(readReport(Buffer.from('Subject: x\r\n\r\nhi'))).toBeNull();
    expect(readReport(Buffer.from(BOUNCE.replace('message/delivery-status', 'text/plain')))).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: BOUNCE.length }), fc.string({ maxLength: 30 }), (at, noise) => {
        readReport(Buffer.from(BOUNCE.slice(0, at) + noise + BOUNCE.slice(at)));
        readReport(Buffer.from(BOUNCE.slice(0, at)));
      }),
    );
  });
});
