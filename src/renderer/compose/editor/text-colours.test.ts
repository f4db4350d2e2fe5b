import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TEXT_COLOURS } from './text-colours';

const tokens = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8');
const SURFACES = [...tokens.matchAll(/--bg-surface: (#[0-9a-f]{6})/g)].map(([, hex = '']) => hex);

/** WCAG 2.1 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (one: string, other: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

test('colours of a letter can be read as they are on the light and on the dark writing surface', () => {
  expect(SURFACES).toHaveLength(2);
  for (const { id, value } of TEXT_COLOURS)
    for (const surface of SURFACES)
      expect(contrast(value, surface), `${id} on ${surface}`).toBeGreaterThan(3);
});
