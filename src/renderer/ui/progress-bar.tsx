import styles from './progress-bar.module.css';

interface ProgressBarProps {
  /** Accessible name: what is going on. */
  readonly label: string;
  /** 0 to 1; null while the end is not known. */
  readonly share: number | null;
  /** 'edge' lies along the edge of a header: thinner, without a track of its own. */
  readonly variant?: 'line' | 'edge';
}

/** A thin bar; the words and numbers beside it carry the meaning (UI-052). */
export function ProgressBar({ label, share, variant = 'line' }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={`${styles.bar} ${styles[variant]}`}
    >
      <div
        className={percent === undefined ? styles.unknown : styles.fill}
        {...(percent === undefined ? {} : { style: { inlineSize: `${percent}%` } })}
      />
    </div>
  );
}
