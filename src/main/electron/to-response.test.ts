import { expect, test } from 'vitest';
import { toResponse } from './to-response';

test.each([
  ['Größe', '7'],
  [new Uint8Array([1, 2, 3]), '3'],
  [null, '0'],
] as const)('a window is told how long %o is', (body, length) => {
  const response = toResponse({ status: 200, headers: { 'Content-Type': 'text/plain' }, body });
  expect(response.headers.get('content-length')).toBe(length);
  expect(response.headers.get('content-type')).toBe('text/plain');
});

test('an answer that has no body by its status says nothing of a length', () => {
  expect(toResponse({ status: 204, headers: {}, body: null }).headers.has('content-length')).toBe(false);
});
