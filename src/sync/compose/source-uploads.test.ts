import { expect, test } from 'vitest';
import { createSourceUploads } from './source-uploads';

const piece = (text: string) => Buffer.from(text);

test('pieces come together in order, once; a gap is refused', () => {
  const uploads = createSourceUploads();
  expect(uploads.put('a', 0, piece('one '))).toMatchObject({ ok: true });
  expect(uploads.put('a', 3, piece('two'))).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  expect(uploads.put('a', 4, piece('two'))).toMatchObject({ ok: true });
  expect(uploads.take('a')?.toString()).toBe('one two');
  expect(uploads.take('a')).toBeNull();
});

test('what nobody fetches makes room for the next', () => {
  const uploads = createSourceUploads();
  for (const id of ['a', 'b', 'c', 'd']) uploads.put(id, 0, piece(id));
  expect(uploads.take('a')).toBeNull();
  expect(uploads.take('d')?.toString()).toBe('d');
});
