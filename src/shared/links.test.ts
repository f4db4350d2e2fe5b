import { expect, test } from 'vitest';
import { disguisedHost, judgeLink } from './links';
import { decodeHostname } from './punycode';

const open = (url: string, host: string) => ({ kind: 'open', url, host });
const confirm = (url: string, host: string, ...concerns: string[]) => ({
  kind: 'confirm',
  url,
  host,
  concerns,
});
const refuse = { kind: 'refuse' };

test.each([
  ['https://example.org/a b', open('https://example.org/a%20b', 'example.org')],
  [' HTTPS://Example.ORG ', open('https://example.org/', 'example.org')],
  ['https://münchen.de/', open('https://xn--mnchen-3ya.de/', 'münchen.de')],
  ['https://日本語abc.jp/', open('https://xn--abc-s08fl0dtz6h.jp/', '日本語abc.jp')],
  ['mailto:a@b.example', open('mailto:a@b.example', '')],
  [
    'mailto:a@b.example?subject=Hi%20you&attach=/etc/passwd&ATTACHMENT=x&body=a%0Ab&x-mailer=1#f',
    open('mailto:a@b.example?subject=Hi%20you&body=a%0Ab', ''),
  ],
  ['mailto:a@b.example?attach=x', open('mailto:a@b.example', '')],
  ['mailto:a@b.example%0D%0ABcc:c@d.example?subject=x%0D%0ABcc:y', open('mailto:a@b.example', '')],
  ['mailto:?to=a@b.example&cc=c@d.example', open('mailto:?to=a@b.example&cc=c@d.example', '')],
  ['tel:+49123', open('tel:+49123', '')],
  ['http://example.org/', confirm('http://example.org/', 'example.org', 'not-encrypted')],
  ['https://192.0.2.1/', confirm('https://192.0.2.1/', '192.0.2.1', 'ip-address')],
  ['https://0x7f.1/', confirm('https://127.0.0.1/', '127.0.0.1', 'ip-address')],
  ['https://2130706433/', confirm('https://127.0.0.1/', '127.0.0.1', 'ip-address')],
  ['https://[2001:db8::1]/', confirm('https://[2001:db8::1]/', '[2001:db8::1]', 'ip-address')],
  ['https://pаypal.com/', confirm('https://xn--pypal-4ve.com/', 'xn--pypal-4ve.com', 'mixed-script')],
  [
    'https://xn--80ak6aa92e.com/',
    confirm('https://xn--80ak6aa92e.com/', 'xn--80ak6aa92e.com', 'mixed-script'),
  ],
  [
    'https://paypal.com@evil.example/',
    confirm('https://paypal.com@evil.example/', 'evil.example', 'hidden-user'),
  ],
  ['https:\\\\example.org\\x', open('https://example.org/x', 'example.org')],
  ['file:///etc/passwd', refuse],
  ['FILE://host/share', refuse],
  ['javascript:alert(1)', refuse],
  ['java\nscript:alert(1)', refuse],
  ['data:text/html,x', refuse],
  ['blob:https://example.org/1', refuse],
  ['ftp://example.org/', refuse],
  ['smb://host/share', refuse],
  ['ms-msdt:/id', refuse],
  ['x-apple.systempreferences:', refuse],
  ['homeport://open', refuse],
  ['app://homeport/', refuse],
  ['vbscript:msgbox', refuse],
  ['view-source:https://example.org', refuse],
  ['//example.org/', refuse],
  ['/relative', refuse],
  ['', refuse],
  ['https://', refuse],
])('APP-368 a link of a message opens, wants a confirmation or is refused: %s', (raw, expected) => {
  expect(judgeLink(raw)).toEqual(expected);
});

test('an address longer than any real one is refused', () => {
  expect(judgeLink(`https://example.org/${'a'.repeat(8000)}`)).toEqual(refuse);
});

test.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['xn--fiqs8s', '中国'],
  ['xn--', ''],
  ['xn--!!', 'xn--!!'],
  ['xn--99999999999', 'xn--99999999999'],
  ['plain.example', 'plain.example'],
])('decodeHostname %s', (encoded, decoded) => {
  expect(decodeHostname(encoded)).toBe(decoded);
});

test.each([
  ['раураl.com', { shown: 'раураl.com', plain: 'xn--l-7sba6dbr.com' }],
  ['xn--pypal-4ve.com', { shown: 'pаypal.com', plain: 'xn--pypal-4ve.com' }],
  ['почта.рф', null],
  ['müller.example', null],
  ['example.org', null],
  ['', null],
])('the disguise of %s', (host, disguise) => {
  expect(disguisedHost(host)).toEqual(disguise);
});
