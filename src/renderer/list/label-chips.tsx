import { Chip } from '../ui/chip';
import { hueOf } from './hue-of';
import styles from './label-chips.module.css';

const SHOWN = 2;

/** Labels of a row: at most two, then "+n" (UI-020, UI-041). The row's name lists all of them. */
export function LabelChips({ labels }: { readonly labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={styles.chips} aria-hidden>
      {labels.slice(0, SHOWN).map((label) => (
        <Chip key={label} hue={hueOf(label)}>
          <bdi className={styles.text}>{label}</bdi>
        </Chip>
      ))}
      {labels.length > SHOWN && <span className={styles.more}>+{labels.length - SHOWN}</span>}
    </span>
  );
}
