import { Monitor } from 'lucide-react';
import { listStrings } from '../strings/list';
import { listed } from '../strings/plural';
import { Chip } from '../ui/chip';
import { hueStyle } from '../ui/hue';
import { VisuallyHidden } from '../ui/visually-hidden';
import { hueOf } from './hue-of';
import styles from './label-chips.module.css';

const SHOWN = 2;
/** As much room as one dot and how many more there are would take. */
const SHOWN_DOTS = 3;

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

/** The same where there is no room for words: colours, and a tooltip that names all of them. */
export function LabelDots({ labels }: { readonly labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={styles.dots} title={listed(labels)} aria-hidden>
      {labels.slice(0, SHOWN_DOTS).map((label) => (
        <span key={label} className={styles.dot} style={hueStyle(hueOf(label))} />
      ))}
    </span>
  );
}

interface AllLabelsProps {
  readonly labels: readonly string[];
  /** Those that stay on this computer, which each of them says. */
  readonly here: readonly string[];
}

/** All labels of what is open, where there is room. */
export function AllLabels({ labels, here }: AllLabelsProps) {
  if (labels.length === 0) return null;
  return (
    <ul className={styles.all} aria-label={listStrings.labelList}>
      {labels.map((label) => (
        <li key={label} title={here.includes(label) ? listStrings.labelHere : undefined}>
          <Chip hue={hueOf(label)}>
            <bdi className={styles.text}>{label}</bdi>
            {here.includes(label) && (
              <>
                <Monitor aria-hidden className={styles.here} />
                <VisuallyHidden>{`, ${listStrings.labelHere}`}</VisuallyHidden>
              </>
            )}
          </Chip>
        </li>
      ))}
    </ul>
  );
}
