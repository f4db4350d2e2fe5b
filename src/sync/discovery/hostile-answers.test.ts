import { expect, test } from 'vitest';
import { createFakeWeb } from '../../../test/fakes/fake-web';
import { askWeb, followed } from './ask-web';
import { readAutoconfig } from './read-autoconfig';
import { readXml } from './read-xml';

test.each([
  ['https://a.harbour.net/x', 'https://b.harbour.net/y', 'https://b.harbour.net/y'],
  ['https://a.harbour.net/x', '/y', 'https://a.harbour.net/y'],
  ['https://a.harbour.net/x', 'https://other.org/', 'https://other.org/'],
  ['http://a.harbour.net/x', 'https://a.harbour.net/x', 'https://a.harbour.net/x'],
  ['http://a.harbour.net/x', 'http://www.harbour.net/x', 'http://www.harbour.net/x'],
  // From encryption to none, to another organisation without encryption, into a network, with a login, to a file.
  ['https://a.harbour.net/x', 'http://a.harbour.net/x', null],
  ['http://a.harbour.net/x', 'https://other.org/', null],
  ['https://a.harbour.net/x', 'https://localhost/', null],
  ['https://a.harbour.net/x', 'https://192.168.1.1/admin', null],
  ['https://a.harbour.net/x', 'https://[::1]/admin', null],
  ['https://a.harbour.net/x', 'https://user:word@b.harbour.net/', null],
  ['https://a.harbour.net/x', 'file:///etc/passwd', null],
  ['https://a.harbour.net/x', 'http://', null],
])('from %s a redirect to %s leads to %s', (from, location, expected) => {
  expect(followed(from, location)).toBe(expected);
});

test('three redirects are followed, a fourth is not', async () => {
  const chain = (length: number) =>
    Object.fromEntries([
      ...Array.from({ length }, (_, at) => [
        `https://a.net/${at}`,
        { status: 302, location: `https://a.net/${at + 1}` },
      ]),
      [`https://a.net/${length}`, 'here'],
    ]);
  const ask = (length: number) =>
    askWeb(createFakeWeb({ pages: chain(length) }).http, 'https://a.net/0', new AbortController().signal);
  expect(await ask(3)).toMatchObject({ body: 'here', url: 'https://a.net/3', safe: true });
  expect(await ask(4)).toBeNull();
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['an entity nobody declared', '<a>&x;</a>'],
  ['an end that does not fit', '<a><b></a></b>'],
  ['an end that is missing', '<a><b></b>'],
  ['two roots', '<a/><b/>'],
  ['a bare ampersand', '<a>x & y</a>'],
  ['nesting without end', '<a>'.repeat(10_000)],
  ['elements without end', `<a>${'<b/>'.repeat(10_000)}</a>`],
  ['no markup', 'hello'],
  ['nothing', ''],
])('XML with %s is refused', (_name, source) => {
  expect(readXml(source)).toBeNull();
});

test('XML is read with attributes, character data, references and comments', () => {
  const root = readXml(
    '\uFEFF<?xml version="1.0"?><!-- x --><a b="1 &lt; 2"><c/>x&amp;y&#x41;<![CDATA[<z>]]></a>\n',
  );
  expect(root).toMatchObject({ name: 'a', text: 'x&yA<z>', children: [{ name: 'c' }] });
  expect(root?.attributes.get('b')).toBe('1 < 2');
});

test.each(['a b.net', '../x', 'a.net:25', 'a.net/x', '', 'user@a.net', `${'a'.repeat(70)}.net`])(
  'a server called %j is none',
  (host) => {
    const file = `<clientConfig><emailProvider><incomingServer type="imap"><hostname>${host}</hostname>
      <port>993</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>`;
    expect(readAutoconfig(file, 'a@b.net')).toBeNull();
  },
);
