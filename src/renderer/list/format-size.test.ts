import { expect, test } from 'vitest';
import { formatSize } from './format-size';

test.each([
  [1, '1 byte'],
  [740, '740 bytes'],
  [12_345, '12 kB'],
  [3_440_000, '3.4 MB'],
  [34_400_000, '34 MB'],
  [5_000_000_000, '5 GB'],
])('%i bytes are written %s', (bytes, expected) => {
  expect(formatSize(bytes, 'en')).toBe(expected);
});
