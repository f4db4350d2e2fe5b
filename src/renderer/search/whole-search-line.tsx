import type { ListSnapshot } from '../list/list-controller';
import styles from '../list/list-header.module.css';
import { searchStrings } from '../strings/search';
import { Button } from '../ui/button';

interface WholeSearchLineProps {
  readonly snapshot: ListSnapshot;
  /** Null = more than anybody counted. */
  readonly count: number | null;
  onSelectAll(): void;
}

/** The explicit second step from what is ticked to everything that was found (APP-171). */
export function WholeSearchLine({ snapshot, count, onSelectAll }: WholeSearchLineProps) {
  const { selection, total } = snapshot;
  if (selection.mode === 'all') return <p className={styles.whole}>{searchStrings.allSelected(count)}</p>;
  if (selection.ids.size <= 1 || selection.ids.size >= (total ?? 0)) return null;
  return (
    <div className={styles.whole}>
      <Button variant="quiet" size="small" onPress={onSelectAll}>
        {searchStrings.selectAll(count)}
      </Button>
    </div>
  );
}
