import type { DragEvent } from 'react';
import type { ListRow } from '../../shared/contract/views';
import { listStrings } from '../strings/list';
import type { ListController } from './list-controller';
import styles from './row-drag.module.css';
import { isSelected, type Selection, selectedCount, selectRows } from './selection';

/** Marks a drag as one of our rows while `dragover` may not read data. */
export const ROW_DRAG_TYPE = 'application/x-homeport-rows';

export interface RowDrag {
  readonly list: ListController;
  readonly rows: Selection;
}

let current: RowDrag | null = null;

/** Rows that are being dragged in this window; null = none, or something else. */
export function currentRowDrag(): RowDrag | null {
  return current;
}

/**
 * Begins to drag a row, or all ticked rows when it is one of them (APP-064). The browser's own drag: Escape cancels
 * it, and outside a folder nothing happens.
 */
export function startRowDrag(event: DragEvent, list: ListController, row: ListRow): void {
  const { selection, total } = list.snapshot();
  const rows = isSelected(selection, row.itemId) ? selection : selectRows([row.itemId]);
  const count = selectedCount(rows, total ?? 0);
  current = { list, rows };
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData(ROW_DRAG_TYPE, '');
  const badge = dragBadge(count === 1 ? row.subject || listStrings.noSubject : listStrings.messages(count));
  event.dataTransfer.setDragImage(badge, 0, 0);
  setTimeout(() => badge.remove());
  event.target.addEventListener(
    'dragend',
    () => {
      current = null;
    },
    { once: true },
  );
}

/** What hangs on the pointer: in the document only until the browser has taken its picture. */
function dragBadge(text: string): HTMLElement {
  const badge = document.createElement('div');
  badge.textContent = text;
  badge.className = styles.badge ?? '';
  badge.setAttribute('aria-hidden', 'true');
  document.body.append(badge);
  return badge;
}
