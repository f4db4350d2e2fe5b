import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { hueStyle } from './hue';

/** Slate, for words that belong to no account and are no label. */
const NEUTRAL = 7;

interface ChipProps {
  /** Account or label hue of its dot and tint. */
  readonly hue?: number;
  readonly children: ReactNode;
}

/** A short word on a tinted ground (UI-041). */
export function Chip({ hue = NEUTRAL, children }: ChipProps) {
  return (
    <span className={styles.chip} style={hueStyle(hue)}>
      {children}
    </span>
  );
}
