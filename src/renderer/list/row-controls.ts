import type { ListRow, PendingView } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { showToast } from '../feedback/toast-store';
import { snoozeStrings } from '../strings/snooze';
import type { ListController } from './list-controller';
import type { RowControl } from './row-parts';
import { selectRows } from './selection';

/** The small controls of a row run their command on that row alone (APP-059). `changeOf`: the change of a row that needs attention. */
export function rowControls(
  list: ListController,
  changeOf: (row: ListRow) => Pick<PendingView, 'id'> | undefined,
): (name: RowControl, row: ListRow) => void {
  return (name, row) => {
    const { itemId } = row;
    if (name === 'select') list.toggle(itemId);
    else if (name === 'changes.attention') runCommand(name, { kind: 'change', changeId: changeOf(row)?.id });
    else if (
      !runCommand(name, { kind: 'rows', rows: selectRows([itemId]), itemId }) &&
      name === 'mail.snooze'
    )
      showToast({ tone: 'done', text: snoozeStrings.notHere });
  };
}
