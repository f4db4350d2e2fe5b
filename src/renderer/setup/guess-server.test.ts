import { expect, test } from 'vitest';
import { byHand, guessAgain, parseAddress, portFor, submissionPortFor } from './guess-server';

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

test('only a place that nobody named is looked for again, with STARTTLS', () => {
  const guess = byHand('a@harbour.example', 'harbour.example');
  expect(guess.imap).toEqual({
    host: 'imap.harbour.example',
    port: 993,
    security: 'tls',
    user: 'a@harbour.example',
  });
  expect(guessAgain(guess)).toMatchObject({ host: 'imap.harbour.example', port: 143, security: 'starttls' });
  expect(guessAgain({ ...guess, source: 'domain' })).toBeNull();
});

test('another kind of security changes a standard port and leaves a chosen one', () => {
  const server = { host: 'h', port: 993, security: 'tls', user: 'u' } as const;
  expect(portFor(server, 'starttls')).toBe(143);
  expect(portFor({ ...server, port: 1993 }, 'starttls')).toBe(1993);
  expect(portFor({ ...server, port: 143, security: 'none' }, 'tls')).toBe(993);
  expect(submissionPortFor({ port: 465, security: 'tls' }, 'starttls')).toBe(587);
  expect(submissionPortFor({ port: 2465, security: 'tls' }, 'starttls')).toBe(2465);
});
