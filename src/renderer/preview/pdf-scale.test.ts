import { expect, test } from 'vitest';
import { drawScale, nextZoom, soundSize } from './pdf-scale';

test('a page is drawn as sharp as the screen, until it would take too many pixels', () => {
  expect(drawScale({ width: 600, height: 800 }, 1.5, 2)).toBe(3);
  const large = { width: 14_400, height: 14_400 };
  const scale = drawScale(large, 4, 2);
  expect(large.width * scale * large.height * scale).toBeLessThanOrEqual(12_000_001);
});

test('sizes that no page has are brought into bounds', () => {
  expect(soundSize({ width: Number.NaN, height: -5 })).toEqual({ width: 1, height: 1 });
  expect(soundSize({ width: 1e12, height: 842 })).toEqual({ width: 14_400, height: 842 });
});

test('zoom goes step by step to its ends', () => {
  expect([nextZoom(100, 1), nextZoom(87, 1), nextZoom(87, -1), nextZoom(400, 1), nextZoom(50, -1)]).toEqual([
    125, 100, 75, 400, 50,
  ]);
});
