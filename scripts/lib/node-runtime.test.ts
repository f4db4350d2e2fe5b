import { expect, test } from 'vitest';
import { isOldNode } from './node-runtime.mjs';

test.each([
  ['18.20.4', true],
  ['20.20.0', true],
  ['22.11.0', true],
  ['22.12.0', false],
  ['24.21.0', false],
])('Node %s is too old: %s', (version, old) => {
  expect(isOldNode(version)).toBe(old);
});
