import styles from './avatar.module.css';
import { hueStyle } from './hue';
import { initials } from './initials';

interface AvatarProps {
  /** Name, else address; decoration beside the written name, so it is hidden from assistive technology. */
  readonly name: string;
  readonly hue: number;
  readonly size?: 24 | 32 | 36;
}

/** Initials on a hue (UI-041). */
export function Avatar({ name, hue, size = 32 }: AvatarProps) {
  return (
    <span className={`${styles.avatar} ${styles[`s${size}`]}`} style={hueStyle(hue)} aria-hidden>
      {initials(name)}
    </span>
  );
}
