import { Autocomplete, Input, ListBox, ListBoxItem, TextField, useFilter } from 'react-aria-components';
import { FolderIcon } from '../sidebar/line-icon';
import { actionStrings } from '../strings/actions';
import styles from './move-dialog.module.css';
import type { MoveTarget } from './move-targets';

interface FolderPickerProps {
  readonly targets: readonly MoveTarget[];
  onChoose(id: string): void;
}

/** Type a part of a name, arrows choose, Enter takes it. */
export function FolderPicker({ targets, onChoose }: FolderPickerProps) {
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Autocomplete filter={contains}>
      <TextField autoFocus aria-label={actionStrings.moveField} className={styles.field ?? ''}>
        <Input
          role="combobox"
          aria-expanded
          placeholder={actionStrings.movePlaceholder}
          className={styles.input ?? ''}
        />
      </TextField>
      <ListBox
        aria-label={actionStrings.moveList}
        items={targets}
        className={styles.list ?? ''}
        selectionMode="single"
        renderEmptyState={() => <p className={styles.none}>{actionStrings.moveNone}</p>}
        onAction={(key) => onChoose(String(key))}
      >
        {(target) => (
          <ListBoxItem id={target.id} textValue={target.text} className={styles.item ?? ''}>
            <FolderIcon role={target.role} />
            <span className={styles.name} dir="auto">
              {target.name}
            </span>
            <span className={styles.where} dir="auto">
              {target.where}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}
