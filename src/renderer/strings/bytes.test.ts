import { expect, test } from 'vitest';
import { formatBytes } from './bytes';

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1000, '1 kB'],
  [1_540_000, '1.5 MB'],
  [412_000_000, '412 MB'],
  [2_300_000_000_000, '2,300 GB'],
])('%i bytes are read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
