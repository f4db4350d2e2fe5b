import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours of one theme, straight from the token file. */
function colours(theme: 'light' | 'dark'): Map<string, string> {
  const block = css.split(`:root[data-theme="${theme}"] {`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: readonly number[], b: readonly number[]): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** `share` of the first colour painted over the second: what color-mix makes of a chip (UI-041). */
function mix(over: readonly number[], under: readonly number[], share: number): readonly number[] {
  return over.map((c, i) => c * share + (under[i] ?? 0) * (1 - share));
}

const BACKGROUNDS = [
  'bg-app',
  'bg-surface',
  'bg-raised',
  'bg-sunken',
  'bg-hover',
  'bg-selected',
  'bg-selected-inactive',
];
const HUES = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `hue-${n}`);
const THEMES = ['light', 'dark'] as const;

function measure(theme: 'light' | 'dark') {
  const all = colours(theme);
  const get = (name: string) => {
    const hex = all.get(name);
    if (!hex) throw new Error(`no token --${name} in ${theme}`);
    return channels(hex);
  };
  return { get, between: (a: string, b: string) => ratio(get(a), get(b)) };
}

test('the luminance formula knows black on white', () => {
  expect(ratio(channels('#000000'), channels('#ffffff'))).toBeCloseTo(21, 5);
  expect(ratio(channels('#777777'), channels('#ffffff'))).toBeCloseTo(4.478, 2);
});

test('APP-305 text has 4.5:1 and marks and rings 3:1 on every background of both themes', () => {
  const tooFaint: string[] = [];
  const need = (theme: string, what: string, value: number, least: number) => {
    if (value < least) tooFaint.push(`${theme}: ${what} ${value.toFixed(2)} < ${least}`);
  };
  for (const theme of THEMES) {
    const { get, between } = measure(theme);
    for (const background of BACKGROUNDS) {
      for (const role of ['text', 'text-secondary', 'text-muted', 'accent', 'danger', 'warning', 'success']) {
        need(theme, `${role} on ${background}`, between(role, background), 4.5);
      }
      for (const mark of ['star', 'border-strong', ...HUES]) {
        need(theme, `${mark} on ${background}`, between(mark, background), 3);
      }
    }
    for (const [text, ground] of [
      ['on-accent', 'accent'],
      ['on-accent', 'accent-hover'],
      ['on-danger', 'danger'],
      ['on-danger', 'danger-hover'],
      ...HUES.map((hue) => ['bg-surface', hue] as const),
    ] as const) {
      need(theme, `${text} on ${ground}`, between(text, ground), 4.5);
    }
    for (const hue of HUES) {
      const chip = mix(get(hue), get('bg-surface'), 0.14);
      need(theme, `text on the chip of ${hue}`, ratio(get('text'), chip), 4.5);
      need(theme, `dot on the chip of ${hue}`, ratio(get(hue), chip), 3);
    }
  }
  expect(tooFaint).toEqual([]);
});

test('both themes define the same roles', () => {
  expect([...colours('dark').keys()]).toEqual([...colours('light').keys()]);
});
