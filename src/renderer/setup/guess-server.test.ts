import { expect, test } from 'vitest';
import { guessServer, parseAddress, portFor } from './guess-server';

test.each([
  ['anna@example.org', 'example.org'],
  ['  anna@Example.ORG ', 'example.org'],
  ['mailto:anna@example.org', 'example.org'],
  ['anna@localhost', 'localhost'],
  ['jürgen@müller.example', 'müller.example'],
  ['anna', null],
  ['anna@', null],
  ['@example.org', null],
  ['a b@example.org', null],
  ['anna@example.org.', null],
  ['Anna <anna@example.org>', null],
])('the domain of %j is %j', (text, domain) => {
  expect(parseAddress(text)?.domain ?? null).toBe(domain);
});

test('known providers have their own server, others are guessed', () => {
  expect(guessServer('a@gmail.com', 'gmail.com')).toMatchObject({
    server: { host: 'imap.gmail.com', port: 993, security: 'tls', user: 'a@gmail.com' },
    known: true,
    appPassword: true,
  });
  expect(guessServer('a@harbour.example', 'harbour.example')).toMatchObject({
    server: { host: 'imap.harbour.example' },
    known: false,
    appPassword: false,
  });
});

test('another kind of security changes a standard port and leaves a chosen one', () => {
  const server = { host: 'h', port: 993, security: 'tls', user: 'u' } as const;
  expect(portFor(server, 'starttls')).toBe(143);
  expect(portFor({ ...server, port: 1993 }, 'starttls')).toBe(1993);
  expect(portFor({ ...server, port: 143, security: 'none' }, 'tls')).toBe(993);
});
