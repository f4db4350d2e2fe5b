import { expect, test } from 'vitest';
import { windowClass } from './window-class';

test.each([
  [1680, 'wide'],
  [1200, 'wide'],
  [1199, 'medium'],
  [900, 'medium'],
  [899, 'narrow'],
  [600, 'narrow'],
  [599, 'phone'],
  [320, 'phone'],
])('a window of %i px is %s', (width, expected) => {
  expect(windowClass(width)).toBe(expected);
});
