import { expect, test } from 'vitest';
import { invert, invertBackground, invertText } from './dark-colours';
import { contrast, fromOklch, parseRgb, type Rgb, toOklch } from './oklch';

const rgb = (r: number, g: number, b: number, alpha = 1): Rgb => ({ r, g, b, alpha });
const surface = rgb(0x19, 0x1e, 0x25);

test('UI-093 dark recolouring: OKLCH there and back gives the same bytes', () => {
  for (const colour of [
    rgb(0, 0, 0),
    rgb(255, 255, 255),
    rgb(27, 94, 190),
    rgb(200, 10, 30),
    rgb(1, 250, 99),
  ])
    expect(fromOklch(toOklch(colour), 1)).toEqual(colour);
});

test('UI-093 dark recolouring: black becomes light, light becomes dark, hue stays', () => {
  expect(toOklch(invert(rgb(0, 0, 0))).l).toBeCloseTo(0.92, 1);
  expect(toOklch(invert(rgb(255, 255, 255))).l).toBeCloseTo(0.14, 1);
  const blue = rgb(0, 0, 200);
  expect(toOklch(invert(blue)).h).toBeCloseTo(toOklch(blue).h, 1);
});

test('UI-093 dark recolouring: a white or absent background gives way to the surface', () => {
  expect(invertBackground(rgb(255, 255, 255), surface, surface).alpha).toBe(0);
  expect(invertBackground(rgb(0, 0, 0, 0), surface, surface).alpha).toBe(0);
  expect(invertBackground(rgb(255, 240, 200), surface, surface).alpha).toBe(1);
});

test('UI-093 dark recolouring: white on something coloured stays apart from it', () => {
  const below = invertBackground(rgb(29, 78, 216), surface, surface);
  expect(invertBackground(rgb(255, 255, 255), surface, below)).toEqual(surface);
  expect(invertBackground(rgb(0, 0, 0, 0), surface, below).alpha).toBe(0);
});

test('UI-093 dark recolouring: every text colour can be read on every background it may stand on', () => {
  const levels = [0, 51, 102, 119, 136, 153, 204, 255];
  const colours = levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => rgb(r, g, b))));
  const worst = colours.flatMap((background) => {
    const dark = invertBackground(background, surface, surface);
    const under = dark.alpha === 0 ? surface : dark;
    const texts = colours.filter((_, index) => index % 7 === 0);
    return Math.min(...texts.map((text) => contrast(invertText(text, under), under)));
  });
  expect(Math.min(...worst)).toBeGreaterThanOrEqual(4.5);
});

test('UI-093 dark recolouring: parseRgb reads computed colours and refuses the rest', () => {
  expect(parseRgb('rgba(1, 2, 3, 0.5)')).toEqual(rgb(1, 2, 3, 0.5));
  expect(parseRgb('color(srgb 1 0 0)')).toBeNull();
});
