import { expect, test } from 'vitest';
import { isLoopback } from '../../../shared/loopback';
import { quirksOf } from '../../../shared/provider-quirks';
import { judgeCertificate } from '../link/certificate';
import { verdictOf } from '../link/probe-verdict';

const FINGERPRINT = 'AB:CD';
const socket = (authorized: boolean) =>
  ({
    authorized,
    authorizationError: Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }),
    getPeerCertificate: () => ({
      fingerprint256: FINGERPRINT,
      subject: { CN: 'a' },
      issuer: { O: 'b' },
      valid_from: 'Nov 20 10:00:00 2026 GMT',
      valid_to: 'nonsense',
    }),
  }) as unknown as Parameters<typeof judgeCertificate>[0];
const pin = { host: 'Mail.example.org', port: 993, fingerprint: FINGERPRINT };

test('a pin counts for its host, port and fingerprint only', () => {
  expect(judgeCertificate(socket(true), 'mail.example.org', 993, [])).toBeNull();
  expect(judgeCertificate(socket(false), 'mail.example.org', 993, [pin])).toBeNull();
  for (const other of [
    { ...pin, host: 'x' },
    { ...pin, port: 143 },
    { ...pin, fingerprint: 'AB:CE' },
  ]) {
    expect(judgeCertificate(socket(false), 'mail.example.org', 993, [other])).toMatchObject({
      reason: 'CERT_HAS_EXPIRED',
      facts: {
        fingerprint: FINGERPRINT,
        subject: 'a',
        issuer: 'b',
        validFrom: '2026-11-20T10:00:00.000Z',
        validTo: '',
      },
    });
  }
});

test('loopback is this machine and nothing that looks like it', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'].every(isLoopback)).toBe(true);
  expect(['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1', ''].some(isLoopback)).toBe(false);
});

test('Microsoft hosts refuse passwords, a look-alike does not', () => {
  expect(quirksOf({ host: 'Outlook.Office365.com' }).passwordsRefused).toBe(true);
  expect(quirksOf({ host: 'outlook.com.example.org' }).passwordsRefused).toBe(false);
});

test('every kind of failure has a verdict', () => {
  expect(verdictOf({ kind: 'auth', reason: 'expired', message: '' })).toBe('needs-oauth');
  expect(verdictOf({ kind: 'tls', message: '' })).toBe('tls-failed');
  expect(verdictOf({ kind: 'protocol', message: '' })).toBe('not-a-mail-server');
  expect(verdictOf({ kind: 'dns', message: '' })).toBe('unreachable');
});
