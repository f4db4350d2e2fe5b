import { useUi } from '../state/ui-store';
import { DeleteDialog } from './delete-dialog';
import { MoveDialog } from './move-dialog';

/** The dialogs of the organising actions; rendered once, by the main screen. */
export function ActionDialogs() {
  const dialog = useUi((state) => state.dialog);
  switch (dialog?.kind) {
    case 'move-to':
      return <MoveDialog rows={dialog.rows} />;
    case 'delete-forever':
      return <DeleteDialog rows={dialog.rows} />;
    default:
      return null;
  }
}
