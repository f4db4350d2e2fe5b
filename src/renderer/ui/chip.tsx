import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { hueStyle } from './hue';

interface ChipProps {
  /** Adds a dot and a tint in this account or label hue. */
  readonly hue?: number;
  readonly children: ReactNode;
}

/** A short word on a tinted ground (UI-041). */
export function Chip({ hue, children }: ChipProps) {
  return (
    <span
      className={`${styles.chip} ${hue === undefined ? '' : styles.tinted}`}
      {...(hue === undefined ? {} : { style: hueStyle(hue) })}
    >
      {children}
    </span>
  );
}
