import type { ListRow, PendingView } from '../../shared/contract/views';
import { ORGANISE, organise } from '../actions/organise';
import { openSnoozeMenu } from '../actions/snooze';
import { toggleStar, trashOrDelete } from '../actions/use-mail-commands';
import { openDialog } from '../state/ui-store';
import type { ListController } from './list-controller';
import type { RowControl } from './row-parts';
import { selectRows } from './selection';

/** What the small controls of a row do (APP-059). `changeOf`: the change of a row that needs attention. */
export function rowControls(
  list: ListController,
  changeOf: (row: ListRow) => Pick<PendingView, 'id'> | undefined,
): (name: RowControl, row: ListRow) => void {
  return (name, row) => {
    const rows = selectRows([row.itemId]);
    switch (name) {
      case 'select':
        return list.toggle(row.itemId);
      case 'star':
        return toggleStar([row.itemId]);
      case 'archive':
        return void organise(list, rows, ORGANISE.archive);
      case 'trash':
        return trashOrDelete([row.itemId]);
      case 'snooze':
        return openSnoozeMenu(rows);
      case 'seen':
        return void organise(list, rows, row.unreadCount > 0 ? ORGANISE.read : ORGANISE.unread);
      case 'parked':
        return openDialog({ kind: 'changes', show: 'parked', changeId: changeOf(row)?.id });
    }
  };
}
