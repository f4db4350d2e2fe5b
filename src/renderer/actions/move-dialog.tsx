import { Autocomplete, Input, ListBox, ListBoxItem, TextField, useFilter } from 'react-aria-components';
import { mailboxName } from '../list/list-title';
import { openList } from '../list/open-list';
import { isSelected, type Selection } from '../list/selection';
import { FolderIcon } from '../sidebar/line-icon';
import { closeDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { useLiveQuery } from '../transport/use-live-query';
import { Dialog } from '../ui/dialog';
import styles from './move-dialog.module.css';
import { moveTargets } from './move-targets';
import { moveTo, organise } from './organise';

/** "Move to folder" (`v`): type a part of a name, Enter moves; the keyed twin of dragging (UI-070). */
export function MoveDialog({ rows }: { readonly rows: Selection }) {
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const { contains } = useFilter({ sensitivity: 'base' });
  const list = openList();
  if (!list) return null;
  const concerned = new Set(
    list
      .idsOnScreen()
      .filter((id) => isSelected(rows, id))
      .flatMap((id) => list.rowOf(id)?.accountId ?? []),
  );
  const { listId } = list.snapshot().query;
  const targets = moveTargets(mailboxes, accounts, concerned, listId);

  function move(id: string) {
    const mailbox = mailboxes.find((candidate) => String(candidate.id) === id);
    closeDialog();
    if (!mailbox || !list) return;
    const from = mailboxes.find((candidate) => (candidate.id as number) === (listId as number));
    void organise(list, rows, moveTo(mailbox, mailboxName(mailbox), from?.id ?? null));
  }

  return (
    <Dialog title={actionStrings.moveTitle} onClose={closeDialog}>
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
          onAction={(key) => move(String(key))}
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
    </Dialog>
  );
}
