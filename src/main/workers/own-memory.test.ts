import { expect, test } from 'vitest';
import { inOwnMemory, memoryOf } from './own-memory';

test('a piece of a larger block gets memory of its own, of whatever kind it is', () => {
  const pieces = {
    buffer: Buffer.from('three').subarray(1, 4),
    bytes: new Uint8Array(10).subarray(2, 5),
    numbers: [{ wide: new Float64Array(4).subarray(1), narrow: new Uint32Array(4).subarray(3) }],
    texts: ['a', null],
  };
  const own = inOwnMemory(pieces);
  expect(memoryOf(own).map(({ byteLength }) => byteLength)).toEqual([3, 3, 24, 4]);
  expect([...own.buffer]).toEqual([...pieces.buffer]);
  expect(own.texts).toEqual(pieces.texts);
});
