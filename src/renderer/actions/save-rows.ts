import { followSave } from '../feedback/follow-save';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import type { ListController } from '../list/list-controller';
import { isSelected, type Selection } from '../list/selection';
import { actionStrings } from '../strings/actions';

/**
 * Saves the newest message of each row as an .eml file (APP-065): through the system's dialog, or as downloads where
 * the host is a browser. Of a whole list only what is loaded can be named.
 */
export async function saveRows(list: ListController, rows: Selection): Promise<void> {
  const ids = (rows.mode === 'some' ? [...rows.ids] : list.idsOnScreen()).filter((id) =>
    isSelected(rows, id),
  );
  const items = ids.flatMap((id) => {
    const messageId = list.rowOf(id)?.messageId;
    return messageId === undefined ? [] : [{ messageId, part: 'source' as const }];
  });
  if (items.length === 0) return;
  const outcome = await followSave(items);
  if (!outcome.ok) {
    showFailure(actionStrings.notSaved, outcome.failure);
    return;
  }
  if (outcome.value.saved > 0) showToast({ tone: 'done', text: actionStrings.saved(outcome.value.saved) });
}
