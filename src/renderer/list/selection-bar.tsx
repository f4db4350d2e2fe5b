import { Archive, FolderInput, MailOpen, Star, Trash2, X } from 'lucide-react';
import { runCommand } from '../commands/registry';
import { listStrings } from '../strings/list';
import { number } from '../strings/plural';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import type { ListController, ListSnapshot } from './list-controller';
import styles from './list-header.module.css';
import { selectedCount } from './selection';

interface SelectionBarProps {
  readonly list: ListController;
  readonly snapshot: ListSnapshot;
}

/** Stands in the header's place while rows are ticked: how many, the actions, and the step to the whole list (APP-055). */
export function SelectionBar({ list, snapshot }: SelectionBarProps) {
  const { selection } = snapshot;
  const total = snapshot.total ?? 0;
  const chosen = selectedCount(selection, total);
  return (
    <>
      <div
        role="toolbar"
        aria-label={listStrings.selectionActions}
        className={`${styles.header} ${styles.selecting}`}
      >
        <IconButton label={listStrings.clearSelection} onPress={() => list.clearSelection()}>
          <X />
        </IconButton>
        <p className={styles.chosen}>{listStrings.selected(chosen)}</p>
        <IconButton label={listStrings.archive} shortcut="e" onPress={() => runCommand('mail.archive')}>
          <Archive />
        </IconButton>
        <IconButton label={listStrings.trash} shortcut="#" onPress={() => runCommand('mail.trash')}>
          <Trash2 />
        </IconButton>
        <IconButton
          label={listStrings.markRead}
          shortcut="Shift+I"
          onPress={() => runCommand('mail.markRead')}
        >
          <MailOpen />
        </IconButton>
        <IconButton label={listStrings.star} shortcut="s" onPress={() => runCommand('mail.star')}>
          <Star />
        </IconButton>
        <IconButton label={listStrings.move} shortcut="v" onPress={() => runCommand('mail.move')}>
          <FolderInput />
        </IconButton>
      </div>
      {selection.mode === 'all' ? (
        <p className={styles.whole}>{listStrings.allSelected(number(total))}</p>
      ) : (
        chosen < total &&
        chosen > 1 && (
          <div className={styles.whole}>
            <Button variant="quiet" size="small" onPress={() => list.selectWholeList()}>
              {listStrings.selectAllIn(number(total))}
            </Button>
          </div>
        )
      )}
    </>
  );
}
