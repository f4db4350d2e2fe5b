import { expect, test } from 'vitest';
import { checkLink } from './link-concerns';

test.each([
  // address, visible text, what is asked about
  ['https://example.org/x', 'our page', []],
  ['https://www.example.org/x', 'example.org', []],
  ['https://click.mail.example.org/?u=1', 'https://example.org/offer', []],
  ['https://example.co.uk/', 'www.example.co.uk', []],
  ['https://evil.example.com/', 'https://paypal.com/login', ['other-domain']],
  ['https://paypal.com.evil.net/', 'paypal.com', ['other-domain']],
  ['https://other.co.uk/', 'example.co.uk', ['other-domain']],
  ['https://mallory.github.io/', 'alice.github.io', ['other-domain']],
  ['https://example.org/', 'Visit PayPal.com now', ['other-domain']],
  ['https://evil.example.com/', 'paypal\u200b.com', ['other-domain']],
  ['https://evil.example.com/', 'pay\u00adpal．com', ['other-domain']],
  ['https://evil.example.com/', 'paypal。com', ['other-domain']],
  ['https://evil.example.com/', 'раураl.com', ['other-domain']],
  ['https://example.org/d', 'Invoice\u202e.pdf', ['poses-as-file']],
  ['https://example.org/', 'Write to anna@example.net', ['other-domain']],
  ['https://example.org/', 'version 1.2.3 is out', []],
  ['https://example.org/', 'e.g. this', []],
  ['https://example.org/download', 'Invoice.pdf', ['poses-as-file']],
  ['https://example.org/download', 'Invoice 2026.pdf (120 KB)', ['poses-as-file']],
  ['https://example.org/Invoice.pdf', 'Invoice.pdf', []],
  ['http://example.org/', 'example.org', ['not-encrypted']],
  ['https://192.0.2.7/', 'click', ['ip-address']],
  ['https://192.0.2.7/', 'bank.example.com', ['ip-address', 'other-domain']],
  ['https://pаypal.com/', 'paypal.com', ['mixed-script', 'other-domain']],
  ['mailto:a@example.org', 'b@example.net', []],
] as const)('checkLink %s with the text "%s"', (href, text, concerns) => {
  expect(checkLink(href, text)).toMatchObject({ kind: concerns.length > 0 ? 'confirm' : 'open', concerns });
});

test('an address that is never opened is refused whatever its text says', () => {
  expect(checkLink('file:///etc/passwd', 'example.org')).toEqual({ kind: 'refuse' });
});
