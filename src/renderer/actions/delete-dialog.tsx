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
  // What a search finds may be more than anybody counted.
  const everything = rows.mode === 'all' && list.snapshot().query.search !== undefined;
  return (
    <Dialog
      title={everything ? actionStrings.deleteFoundTitle : actionStrings.deleteTitle(count)}
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
            {everything ? actionStrings.deleteFoundButton : actionStrings.deleteButton(count)}
          </Button>
        </>
      }
    >
      <p>{actionStrings.deleteText}</p>
    </Dialog>
  );
}
