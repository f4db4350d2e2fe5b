import type { CommandId } from '../commands/catalogue';
import { CommandButton } from '../commands/command-button';
import { listStrings } from '../strings/list';
import { number } from '../strings/plural';
import { Button } from '../ui/button';
import type { ListController, ListSnapshot } from './list-controller';
import styles from './list-header.module.css';
import { selectedCount } from './selection';
import { SortMenu } from './sort-menu';

/** What is done most with ticked rows; the rest by key, menu and palette. */
export const SELECTION_ACTIONS: readonly CommandId[] = [
  'mail.archive',
  'mail.trash',
  'mail.snooze',
  'mail.markRead',
  'mail.star',
  'mail.move',
];

interface SelectionProps {
  readonly list: ListController;
  readonly snapshot: ListSnapshot;
}

interface SelectionBarProps extends Pick<SelectionProps, 'snapshot'> {
  /** How many are ticked, in words, where the number of rows is not known. */
  readonly chosen?: string | undefined;
}

/** Stands in the header's place while rows are ticked: how many, and the actions. */
export function SelectionBar({ snapshot, chosen }: SelectionBarProps) {
  const count = selectedCount(snapshot.selection, snapshot.total ?? 0);
  return (
    <div
      role="toolbar"
      aria-label={listStrings.selectionActions}
      className={`${styles.header} ${styles.selecting}`}
    >
      <CommandButton id="list.selectNone" />
      <p className={styles.chosen}>{chosen ?? listStrings.selected(count)}</p>
      {SELECTION_ACTIONS.map((command) => (
        <CommandButton key={command} id={command} />
      ))}
      {!snapshot.query.search && <SortMenu />}
    </div>
  );
}

/** The explicit second step to the whole list (APP-055). Below the rows: it must not push them away from the pointer. */
export function WholeListLine({ list, snapshot }: SelectionProps) {
  const { selection } = snapshot;
  const total = snapshot.total ?? 0;
  const filter = snapshot.query.filter ?? 'none';
  if (selection.mode === 'all')
    return <p className={styles.whole}>{listStrings.allSelected(number(total), filter)}</p>;
  if (selection.ids.size <= 1 || selection.ids.size >= total) return null;
  return (
    <div className={styles.whole}>
      <Button variant="quiet" size="small" onPress={() => list.selectWholeList()}>
        {listStrings.selectAllIn(number(total), filter)}
      </Button>
    </div>
  );
}
