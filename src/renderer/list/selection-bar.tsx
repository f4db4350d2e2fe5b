import { AlarmClock, Archive, FolderInput, type LucideIcon, MailOpen, Star, Trash2, X } from 'lucide-react';
import type { CommandId } from '../commands/catalogue';
import { useShortcutOf } from '../commands/key-bindings';
import { runCommand } from '../commands/registry';
import { listStrings } from '../strings/list';
import { number } from '../strings/plural';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import type { ListController, ListSnapshot } from './list-controller';
import styles from './list-header.module.css';
import { selectedCount } from './selection';
import { SortMenu } from './sort-menu';

/** What is done most with ticked rows; the rest by key, menu and palette. */
export const SELECTION_ACTIONS: readonly (readonly [CommandId, string, LucideIcon])[] = [
  ['mail.archive', listStrings.archive, Archive],
  ['mail.trash', listStrings.trash, Trash2],
  ['mail.snooze', listStrings.snooze, AlarmClock],
  ['mail.markRead', listStrings.markRead, MailOpen],
  ['mail.star', listStrings.star, Star],
  ['mail.move', listStrings.move, FolderInput],
];

interface SelectionProps {
  readonly list: ListController;
  readonly snapshot: ListSnapshot;
}

interface SelectionBarProps extends SelectionProps {
  /** How many are ticked, in words, where the number of rows is not known. */
  readonly chosen?: string | undefined;
}

/** Stands in the header's place while rows are ticked: how many, and the actions. */
export function SelectionBar({ list, snapshot, chosen }: SelectionBarProps) {
  const shortcutOf = useShortcutOf();
  const count = selectedCount(snapshot.selection, snapshot.total ?? 0);
  return (
    <div
      role="toolbar"
      aria-label={listStrings.selectionActions}
      className={`${styles.header} ${styles.selecting}`}
    >
      <IconButton label={listStrings.clearSelection} onPress={() => list.clearSelection()}>
        <X />
      </IconButton>
      <p className={styles.chosen}>{chosen ?? listStrings.selected(count)}</p>
      {SELECTION_ACTIONS.map(([command, label, Icon]) => (
        <IconButton
          key={command}
          label={label}
          shortcut={shortcutOf(command)}
          onPress={() => runCommand(command)}
        >
          <Icon />
        </IconButton>
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
