import { Check, Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, TextField } from 'react-aria-components';
import { openList } from '../list/open-list';
import { isSelected, type Selection } from '../list/selection';
import { closeDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { useLiveQuery } from '../transport/use-live-query';
import { Dialog } from '../ui/dialog';
import { VisuallyHidden } from '../ui/visually-hidden';
import { labelChoices } from './label-choices';
import styles from './move-dialog.module.css';
import { labelWith, organise } from './organise';

/** "Label" (`l`): type a part of a label or a new one, Enter puts it on; one that is on is taken off (APP-037). */
export function LabelDialog({ rows }: { readonly rows: Selection }) {
  const [text, setText] = useState('');
  const known = useLiveQuery('labels.list', {}, ['lists']).data ?? [];
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const list = openList();
  if (!list) return null;
  const chosen = list
    .idsOnScreen()
    .filter((id) => isSelected(rows, id))
    .flatMap((id) => list.rowOf(id) ?? []);
  const accounts = new Set(chosen.map(({ accountId }) => accountId));
  const staysHere = mailboxes.some(({ labelsHere, accountId }) => labelsHere && accounts.has(accountId));
  const choices = labelChoices(known, chosen, text);

  function choose(label: string) {
    const choice = choices.find((candidate) => candidate.label === label);
    closeDialog();
    if (choice && list) void organise(list, rows, labelWith(label, choice.state !== 'on'));
  }

  return (
    <Dialog title={actionStrings.labelTitle} onClose={closeDialog}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextField autoFocus aria-label={actionStrings.labelField} className={styles.field ?? ''}>
          <Input
            role="combobox"
            aria-expanded
            placeholder={actionStrings.labelPlaceholder}
            className={styles.input ?? ''}
          />
        </TextField>
        {staysHere && <p className={styles.note}>{actionStrings.labelsHere}</p>}
        <ListBox
          aria-label={actionStrings.labelList}
          items={choices.map((choice) => ({ ...choice, id: choice.label }))}
          className={styles.list ?? ''}
          selectionMode="single"
          renderEmptyState={() => (
            <p className={styles.none}>
              {text.trim() === '' ? actionStrings.labelNone : actionStrings.labelWrong}
            </p>
          )}
          onAction={(key) => choose(String(key))}
        >
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles.item ?? ''}>
              {choice.state === 'on' ? <Check /> : choice.state === 'new' ? <Plus /> : <Tag />}
              <span className={styles.name} dir="auto">
                {choice.state === 'new' ? actionStrings.labelNew(choice.label) : choice.label}
                {choice.state === 'on' && <VisuallyHidden>{`, ${actionStrings.labelOn}`}</VisuallyHidden>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
