import type { ListId } from '../../shared/domain';
import { useCommand } from '../commands/registry';
import { asFound } from '../list/found-row';
import type { ListController } from '../list/list-controller';
import { isSnoozedList } from '../list/list-title';
import { openList } from '../list/open-list';
import { isSelected, type Selection } from '../list/selection';
import { openDialog } from '../state/ui-store';
import { knownMailboxes, roleOfList } from './known';
import { chosenRows, ORGANISE, type Organise, organise } from './organise';
import { openSnoozeMenu } from './snooze';

type Move = Parameters<typeof organise>[3];

function run(action: Organise, move?: Move): void {
  const list = openList();
  const rows = list && chosenRows(list);
  if (list && rows) void organise(list, rows, action, move);
}

function canAct(): boolean {
  const list = openList();
  return list !== null && (list.snapshot().total ?? 0) > 0 && chosenRows(list) !== null;
}

function listRole() {
  const listId = openList()?.snapshot().query.listId;
  return listId === undefined ? null : roleOfList(listId);
}

/** Whether named rows that were found all lie in Trash or Junk. */
function areThrownAway(list: ListController, rows: Selection): boolean {
  if (rows.mode === 'all') return false;
  const thrown = knownMailboxes().flatMap(({ id, role }) =>
    role === 'trash' || role === 'junk' ? [id] : [],
  );
  return [...rows.ids].every((id) => {
    const row = list.rowOf(id);
    const where = row ? (asFound(row)?.where ?? []) : [];
    return where.length > 0 && where.every(({ mailboxId }) => thrown.includes(mailboxId));
  });
}

/** In Trash and Junk there is nowhere left to move to: deleting there is for good and asks first (APP-162). */
export function trashOrDelete(itemIds?: readonly number[]): void {
  const list = openList();
  const rows = list && chosenRows(list, itemIds);
  if (!list || !rows) return;
  if (listRole() === 'trash' || listRole() === 'junk' || areThrownAway(list, rows))
    openDialog({ kind: 'delete-forever', rows });
  else void organise(list, rows, ORGANISE.trash);
}

function deleteForever(): void {
  const list = openList();
  const rows = list && chosenRows(list);
  if (rows) openDialog({ kind: 'delete-forever', rows });
}

/** One key for both: unstars when every chosen row that is on screen has a star already. */
export function toggleStar(itemIds?: readonly number[]): void {
  const list = openList();
  const rows = list && chosenRows(list, itemIds);
  if (!list || !rows) return;
  const starred = seenOf(list, rows).every((id) => list.rowOf(id)?.starred ?? false);
  void organise(list, rows, starred ? ORGANISE.unstar : ORGANISE.star);
}

/** One key for both: everything is read afterwards, unless it was already. */
function toggleRead(): void {
  const list = openList();
  const rows = list && chosenRows(list);
  if (!list || !rows) return;
  const unread = seenOf(list, rows).some((id) => (list.rowOf(id)?.unreadCount ?? 0) > 0);
  void organise(list, rows, unread ? ORGANISE.read : ORGANISE.unread);
}

/** The chosen rows whose state is known: all that were named, or of the whole list those on screen. */
function seenOf(list: ListController, rows: Selection): readonly number[] {
  const known = rows.mode === 'some' ? [...rows.ids] : list.idsOnScreen();
  return known.filter((id) => isSelected(rows, id));
}

/** Nobody waits for mail of their own, nor for what they threw away. */
function canSnooze(): boolean {
  const role = listRole();
  return canAct() && role !== 'trash' && role !== 'junk' && role !== 'sent' && role !== 'drafts';
}

/** Gives the organising commands of the catalogue their action; used once, by the main screen. */
export function useMailCommands(): void {
  useCommand('mail.archive', () => run(ORGANISE.archive), canAct);
  useCommand('mail.archiveNext', () => run(ORGANISE.archive, 'next'), canAct);
  useCommand('mail.archivePrevious', () => run(ORGANISE.archive, 'previous'), canAct);
  useCommand('mail.trash', () => trashOrDelete(), canAct);
  useCommand('mail.deleteForever', deleteForever, canAct);
  useCommand(
    'mail.junk',
    () => run(ORGANISE.junk),
    () => canAct() && listRole() !== 'junk',
  );
  useCommand(
    'mail.notJunk',
    () => run(ORGANISE.notJunk),
    () => canAct() && listRole() === 'junk',
  );
  useCommand('mail.snooze', () => openSnoozeMenu(), canSnooze);
  useCommand(
    'mail.unsnooze',
    () => run(ORGANISE.unsnooze),
    () => canAct() && isSnoozedList(openList()?.snapshot().query.listId as ListId),
  );
  useCommand('mail.star', () => toggleStar(), canAct);
  useCommand('mail.markRead', () => run(ORGANISE.read), canAct);
  useCommand('mail.markUnread', () => run(ORGANISE.unread), canAct);
  useCommand('mail.toggleRead', toggleRead, canAct);
  useCommand('mail.move', openMoveDialog, canAct);
  useCommand(
    'mail.label',
    () => {
      const list = openList();
      const rows = list && chosenRows(list);
      if (rows) openDialog({ kind: 'label', rows });
    },
    canAct,
  );
}

export function openMoveDialog(): void {
  const list = openList();
  const rows: Selection | null = list && chosenRows(list);
  if (rows) openDialog({ kind: 'move-to', rows });
}
