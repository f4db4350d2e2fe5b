import type { ListController } from '../list/list-controller';
import { isSelected, type Selection } from '../list/selection';
import { openItem, useUi } from '../state/ui-store';

/** When the open conversation leaves the list, the next, the previous or none is opened, by setting (APP-058). */
export function followOpenItem(
  list: ListController,
  gone: Selection,
  move: 'next' | 'previous' | 'list',
): void {
  const { openItemId } = useUi.getState();
  if (openItemId === null || !isSelected(gone, openItemId)) return;
  openItem(move === 'list' ? null : list.snapshot().focusId);
}
