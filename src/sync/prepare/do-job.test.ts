import { expect, test } from 'vitest';
import { unpack } from '../../../test/fakes/unpack';
import { toRows } from '../../shared/columns';
import { doJob } from './do-job';

const part = (type: string, text: string) =>
  Buffer.from(`Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`);

test('a message comes back parsed, compressed and hashed, whatever is in it', () => {
  const source = Buffer.concat([part('text/plain', 'Grüße an alle. '.repeat(100)), Buffer.from([0, 255])]);
  const made = doJob('message', { source });
  expect(unpack(made.text).toString()).toContain('Grüße an alle.');
  expect(made.text?.encoding).toBe('deflate');
  expect(unpack(made.source).equals(source)).toBe(true);
  expect(made.source?.size).toBe(source.length);
  expect(made.source?.hash).toMatch(/^[0-9a-f]{64}$/);
  for (const hostile of [Buffer.alloc(0), Buffer.alloc(5_000, 0), Buffer.from('\r\n\r\n')])
    expect(unpack(doJob('message', { source: hostile }).source).equals(hostile)).toBe(true);
});

test('headers come back as columns of what the store writes, the unreadable ones by their UID', () => {
  const row = (uid: number) =>
    `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen) RFC822.SIZE 9 BODY[HEADER.FIELDS (X)] "Subject: Re: Plan ${uid}")`;
  const texts = [row(1), '* 2 FETCH (UID 2 FLAGS (', row(3)];
  const made = doJob('headers', {
    bytes: Buffer.from(texts.join('')),
    lengths: Uint32Array.from(texts.flatMap((text) => [text.length, 0])),
    factsOnly: false,
  });
  const facts = { keywords: '$seen', size: 9, looseReply: true };
  expect(toRows(made.messages)).toMatchObject([
    { ...facts, uid: 1, subject: 'Re: Plan 1', baseSubject: 'plan 1' },
    { ...facts, uid: 3, subject: 'Re: Plan 3', baseSubject: 'plan 3' },
  ]);
  expect(made.broken).toEqual([2]);
});

test('texts are the first of each kind, and content is decoded where it has a transfer encoding', () => {
  const parts = [part('text/html', '<p>Hello</p>'), part('text/plain', 'Hello'), part('text/plain', 'Again')];
  const made = doJob('texts', { parts });
  expect(unpack(made.text).toString().trim()).toBe('Hello');
  expect(unpack(made.html).toString()).toContain('<p>Hello</p>');
  expect(made).toMatchObject({ snippet: 'Hello', charset: 'utf-8' });
  const content = Buffer.from('aGVsbG8=');
  expect(unpack(doJob('blob', { content, encoding: 'base64' })).toString()).toBe('hello');
  expect(unpack(doJob('blob', { content, encoding: null })).equals(content)).toBe(true);
});
