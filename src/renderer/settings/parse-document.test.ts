import { expect, test } from 'vitest';
import { parseDocument } from './parse-document';

test('a settings text changes what it names and nothing else; unknown keys survive', () => {
  expect(parseDocument('{"theme":"dark","fromTheFuture":{"a":1}}')).toEqual({
    theme: 'dark',
    fromTheFuture: { a: 1 },
  });
});

test('a value of the wrong kind becomes the default', () => {
  expect(parseDocument('{"theme":"pink"}')).toEqual({ theme: 'system' });
});

test.each(['', 'null', '[]', '7', '{"theme":'])('%j is no settings text', (text) => {
  expect(parseDocument(text)).toBeNull();
});
