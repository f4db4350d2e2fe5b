import { expect, test } from 'vitest';
import { authenticationView } from './authentication-view';

const verdictOf = (fields: readonly string[], from = 'billing@paypal.com') => {
  const { verdict, domain } = authenticationView(
    { authenticationResults: fields, from: [{ name: 'PayPal', address: from }] },
    'imap.example.org',
    'me@example.org',
  );
  return [verdict, domain];
};

test.each([
  ['the server saw DMARC pass', ['mx.example.org; dmarc=pass'], ['verified', 'paypal.com']],
  ['signed by the sender', ['example.org; dkim=pass header.d=paypal.com'], ['verified', 'paypal.com']],
  ['signed for a domain above', ['example.org; dkim=pass header.i=@paypal.com'], ['verified', 'paypal.com']],
  ['signed by somebody else', ['example.org; dkim=pass header.d=evil.example'], ['unverified', null]],
  ['only the envelope', ['example.org; spf=pass smtp.mailfrom=paypal.com'], ['unverified', null]],
  [
    'the server saw DMARC fail',
    ['example.org; dkim=pass header.d=paypal.com; dmarc=fail'],
    ['suspicious', 'paypal.com'],
  ],
  ['nothing checked', [], ['unverified', null]],
  ['a field of the sender’s own making', ['mx.evil.example; dmarc=pass'], ['unverified', null]],
  ['a name that only looks like ours', ['example.org.evil.example; dmarc=pass'], ['unverified', null]],
  ['forged below the server’s', ['example.org; dmarc=none', 'example.org; dmarc=pass'], ['unverified', null]],
  ['forged above a stranger’s', ['x.example; dmarc=pass', 'example.org; dmarc=pass'], ['unverified', null]],
  ['a verdict inside a comment', ['example.org; none (dmarc=pass)'], ['unverified', null]],
  ['no field at all', ['dmarc=pass'], ['unverified', null]],
] as const)('APP-086 the verdict of the account’s own server counts alone: %s', (_what, fields, verdict) => {
  expect(verdictOf(fields)).toEqual(verdict);
});

test.each([
  ['the author the server saw is the one we see', ['a@paypal.com'], 'paypal.com', 'verified'],
  ['it names the domain that was registered', ['a@mail.paypal.com'], 'paypal.com', 'verified'],
  ['the server saw another author', ['a@paypal.com'], 'evil.example', 'unverified'],
  ['two authors', ['a@paypal.com', 'm@evil.example'], 'paypal.com', 'unverified'],
  ['two authors of one domain', ['a@paypal.com', 'b@paypal.com'], 'paypal.com', 'verified'],
])('APP-086 %s', (_what, addresses, headerFrom, verdict) => {
  const headers = {
    authenticationResults: [`example.org; dmarc=pass (p=NONE) header.from=${headerFrom}`],
    from: addresses.map((address) => ({ name: '', address })),
  };
  expect(authenticationView(headers, 'imap.example.org', 'me@example.org').verdict).toBe(verdict);
});

test.each([
  // Two names registered below one public suffix have nothing in common.
  ['mx.evil.co.uk', 'imap.harbour.co.uk', 'unverified'],
  ['mx1.harbour.co.uk', 'imap.harbour.co.uk', 'verified'],
  ['mx.google.com', 'imap.gmail.com', 'verified'],
  ['mx.google.com.evil.example', 'imap.gmail.com', 'unverified'],
  ['mx.google.com', 'imap.example.org', 'unverified'],
  ['evil', 'localhost', 'unverified'],
])('APP-086 a field by %s at the server %s', (by, host, verdict) => {
  const headers = {
    authenticationResults: [`${by}; dmarc=pass`],
    from: [{ name: '', address: 'a@paypal.com' }],
  };
  expect(authenticationView(headers, host, 'me@somewhere.example').verdict).toBe(verdict);
});

test.each([
  ['unproved', ['example.org; spf=pass; dmarc=none'], ['suspicious', 'example.org']],
  ['proved', ['example.org; dmarc=pass'], ['verified', 'example.org']],
  // Sent mail never passed the server's checks.
  ['unchecked', [], ['unverified', null]],
] as const)('APP-086 the user’s own address, %s', (_what, fields, verdict) => {
  expect(verdictOf(fields, 'Me@Example.org')).toEqual(verdict);
});
