import { ArrowUp } from 'lucide-react';
import { listStrings } from '../strings/list';
import styles from './new-mail-pill.module.css';

interface NewMailPillProps {
  readonly count: number;
  onShow(): void;
}

/** "3 new" over the top of the list while the user is further down or points at a row (APP-057). */
export function NewMailPill({ count, onShow }: NewMailPillProps) {
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={styles.pill}
      aria-label={listStrings.showNewMail(count)}
      onClick={onShow}
    >
      <ArrowUp size={14} aria-hidden />
      {listStrings.newMail(count)}
    </button>
  );
}
