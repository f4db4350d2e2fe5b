import type { CSSProperties } from 'react';

/** Gives `--hue` of an element the account's colour (index into the eight hues of ui.md section 5). */
export function hueStyle(hue: number): CSSProperties {
  return { '--hue': `var(--hue-${((hue % 8) + 8) % 8})` } as CSSProperties;
}
