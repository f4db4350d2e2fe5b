import { useUi } from '../state/ui-store';
import { ChoiceMenu } from './choice-menu';
import { DeleteDialog } from './delete-dialog';
import { LabelDialog } from './label-dialog';
import { MoveDialog } from './move-dialog';
import { SnoozeDialog } from './snooze-dialog';
import { SnoozeMenu } from './snooze-menu';

/** The dialogs of the organising actions; rendered once, by the main screen. */
export function ActionDialogs() {
  const dialog = useUi((state) => state.dialog);
  switch (dialog?.kind) {
    case 'move-to':
      return <MoveDialog rows={dialog.rows} />;
    case 'label':
      return <LabelDialog rows={dialog.rows} />;
    case 'delete-forever':
      return <DeleteDialog rows={dialog.rows} />;
    case 'snooze':
      return <SnoozeMenu rows={dialog.rows} at={dialog.at} asleep={dialog.asleep} />;
    case 'snooze-date':
      return <SnoozeDialog rows={dialog.rows} />;
    case 'choose':
      return <ChoiceMenu {...dialog} />;
    default:
      return null;
  }
}
