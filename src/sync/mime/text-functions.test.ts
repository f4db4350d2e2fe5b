import { expect, test } from 'vitest';
import { parseAuthenticationResults, trustedAuthenticationResults } from './authentication-results';
import { decodeText } from './decode-text';
import { htmlToText } from './html-to-text';
import { makeSnippet } from './make-snippet';
import { messageIdentity } from './message-identity';
import { foldQuotes } from './quote-folding';

test.each([
  ['declared', 'e9', 'iso-8859-1', 'é'],
  ['byte order mark', 'fffe4100e900', null, 'Aé'],
  ['UTF-8', 'c3a9', null, 'é'],
  ['UTF-8 under an unknown label', 'c3a9', 'x-nonsense', 'é'],
  ['windows-1252', '636166e92080', null, 'café €'],
  ['Shift_JIS', '82a882cd82e682a482b282b482a282dc82b7', null, 'おはようございます'],
  ['EUC-KR', 'bec8b3e7c7cfbcbcbfe4', null, '안녕하세요'],
  ['GB18030', 'c4e3bac3cac0bde7', null, '你好世界'],
])('charset: %s', (_, hex, declared, text) => {
  expect(decodeText(Buffer.from(hex, 'hex'), declared).text.replace(/^\ufeff/, '')).toBe(text);
});

test('HTML becomes lines of text, without scripts and styles', () => {
  const html =
    '<style>p{}</style><h1>Title</h1><p>One &amp; two<br>three</p><script>x</script><ul><li>a<li>b</ul><blockquote>said</blockquote>';
  expect(htmlToText(html)).toBe('Title\n\nOne & two\nthree\n\n• a\n• b\n\n> said');
});

test.each(['<', '<a "', '<!--', '</style', '<style>', '&#', '<p>', '<a href="'])(
  'a long run of %s is linear',
  (piece) => {
    const before = performance.now();
    htmlToText(piece.repeat(300_000));
    expect(performance.now() - before).toBeLessThan(2000);
  },
);

test('a snippet skips greeting, quote and signature and is short', () => {
  expect(makeSnippet('Hi Anna,\n\nOn Monday, Bob wrote:\n> old\n\nThe point is here.\n-- \nBob', null)).toBe(
    'The point is here.',
  );
  expect(makeSnippet(null, '<p>Dear Anna,</p><p>News</p>')).toBe('News');
  expect(makeSnippet('word '.repeat(200), null).length).toBeLessThanOrEqual(200);
});

test('quotes and signature are told from own words, and nothing is lost', () => {
  const text = 'Yes.\n\nOn Tue, 3 Nov 2026, Bob wrote:\n> old\n\nMore.\n-- \nAnna';
  const segments = foldQuotes(text);
  expect(segments.map(({ kind }) => kind)).toEqual(['text', 'quote', 'text', 'signature']);
  expect(segments.map((segment) => segment.text).join('\n')).toBe(text);
});

test('identity needs Message-ID, size and date together, and a missing id matches nothing', () => {
  const one = messageIdentity('a@b', 10, 5);
  expect(messageIdentity('a@b', 10, 5)).toBe(one);
  expect(
    new Set([
      one,
      messageIdentity('a@b', 11, 5),
      messageIdentity('a@b', 10, 6),
      messageIdentity('b@b', 10, 5),
    ]).size,
  ).toBe(4);
  expect(messageIdentity(null, 10, 5)).toBeNull();
});

test('only the own server is believed about authentication', () => {
  const forged = 'mx.evil.example; dkim=pass header.d=bank.example';
  const own =
    'mx.own.example 1; spf=pass smtp.mailfrom=a@b (it said; so); dkim=fail header.d=x; dkim=pass header.d=Bank.example; dmarc=none';
  expect(trustedAuthenticationResults([forged], ['mx.own.example'])).toBeNull();
  expect(trustedAuthenticationResults([forged, own], ['MX.own.example'])).toEqual({
    authservId: 'mx.own.example',
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'none',
    dmarcFrom: null,
    dkimDomains: ['bank.example'],
  });
  expect(parseAuthenticationResults('mx.own.example"; dkim=pass')).toBeNull();
});
