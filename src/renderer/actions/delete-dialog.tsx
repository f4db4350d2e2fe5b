import { openList } from '../list/open-list';
import { type Selection, selectedCount } from '../list/selection';
import { closeDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ORGANISE, organise } from './organise';

/** Asks once before mail is deleted for good; the button carries the verb and the count (UI-053, APP-162). */
export function DeleteDialog({ rows }: { readonly rows: Selection }) {
  const list = openList();
  if (!list) return null;
  const count = selectedCount(rows, list.snapshot().total ?? 0);
  return (
    <Dialog
      title={actionStrings.deleteTitle(count)}
      role="alertdialog"
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{actionStrings.cancel}</Button>
          <Button
            variant="danger"
            autoFocus
            onPress={() => {
              closeDialog();
              void organise(list, rows, ORGANISE.delete);
            }}
          >
            {actionStrings.deleteButton(count)}
          </Button>
        </>
      }
    >
      <p>{actionStrings.deleteText}</p>
    </Dialog>
  );
}
