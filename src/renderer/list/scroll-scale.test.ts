import { expect, test } from 'vitest';
import { MAX_SPACER_PX, offsetToShow, scrollScale } from './scroll-scale';

test('lists that fit are scrolled one to one', () => {
  const scale = scrollScale(100_000 * 48, 800);
  expect(scale.spacer).toBe(4_800_000);
  expect(scale.toOffset(123_456)).toBe(123_456);
});

test('a million relaxed rows reach both ends within what the browser can hold', () => {
  const total = 1_000_000 * 72;
  const scale = scrollScale(total, 800);
  expect(scale.spacer).toBe(MAX_SPACER_PX);
  expect(scale.toOffset(0)).toBe(0);
  expect(scale.toOffset(MAX_SPACER_PX - 800)).toBeCloseTo(total - 800);
  expect(scale.toTop(scale.toOffset(5_000_000))).toBeCloseTo(5_000_000);
});

test.each([
  [5, 100, null],
  [1, 100, 48],
  [30, 100, 30 * 48 + 48 - 800],
])('showing row %i from offset %i scrolls to %s', (index, offset, expected) => {
  expect(offsetToShow(index, 48, offset, 800)).toBe(expected);
});
