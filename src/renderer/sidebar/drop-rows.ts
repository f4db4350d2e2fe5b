import { knownMailboxes } from '../actions/known';
import { moveTo, ORGANISE, organise } from '../actions/organise';
import type { RowDrag } from '../list/row-drag';
import type { SidebarLine } from './sidebar-lines';

/** Rows can be dropped on folders that hold messages, but not on the one they are in (APP-064). */
export function canDrop(drag: RowDrag, line: SidebarLine): boolean {
  return (
    line.kind === 'folder' && line.mailbox.selectable && line.listId !== drag.list.snapshot().query.listId
  );
}

/** Trash and Junk mean the action of that name; every other folder means moving there. */
export function dropRows({ list, rows }: RowDrag, line: SidebarLine): void {
  if (line.kind !== 'folder') return;
  const { mailbox } = line;
  const { listId } = list.snapshot().query;
  const from = knownMailboxes().find((box) => (box.id as number) === (listId as number));
  if (mailbox.role === 'trash') void organise(list, rows, ORGANISE.trash);
  else if (mailbox.role === 'junk') void organise(list, rows, ORGANISE.junk);
  else void organise(list, rows, moveTo(mailbox, line.label, from?.id ?? null));
}
