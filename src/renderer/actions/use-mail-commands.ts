import type { ListRow, MailboxView } from '../../shared/contract/views';
import { useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { asFound } from '../list/found-row';
import type { ListController } from '../list/list-controller';
import { openList } from '../list/open-list';
import { isSelected, type Selection } from '../list/selection';
import { openDialog } from '../state/ui-store';
import { menuPoint } from '../ui/menu-point';
import { knownMailboxes, roleOfList } from './known';
import { chosenRows, ORGANISE, type Organise, organise } from './organise';
import { saveRows } from './save-rows';

type Move = Parameters<typeof organise>[3];

/** Rows of the list on screen. */
interface Chosen {
  readonly list: ListController;
  readonly rows: Selection;
}

function chosen(target: CommandTarget | undefined): Chosen | null {
  const list = openList();
  if (list === null || (list.snapshot().total ?? 0) === 0) return null;
  const rows = target === undefined ? chosenRows(list) : target.kind === 'rows' ? target.rows : null;
  return rows && { list, rows };
}

const does =
  (action: Organise, move?: Move) =>
  ({ list, rows }: Chosen): void =>
    void organise(list, rows, action, move);

function roleOf({ list }: Chosen) {
  return roleOfList(list.snapshot().query.listId);
}

/** Whether named rows that were found all lie in Trash or Junk. */
function areThrownAway({ list, rows }: Chosen): boolean {
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
function trashOrDelete(chosen: Chosen): void {
  const role = roleOf(chosen);
  if (role === 'trash' || role === 'junk' || areThrownAway(chosen))
    openDialog({ kind: 'delete-forever', rows: chosen.rows });
  else does(ORGANISE.trash)(chosen);
}

/** One key for both: unstars when every chosen row that is on screen has a star already. */
function areStarred(chosen: Chosen): boolean {
  return seenOf(chosen).every((row) => row?.starred ?? false);
}

/** One key for both: everything is read afterwards, unless it was already. */
function areUnread(chosen: Chosen): boolean {
  return seenOf(chosen).some((row) => (row?.unreadCount ?? 0) > 0);
}

function areAsleep(chosen: Chosen): boolean {
  return seenOf(chosen).some((row) => (row?.snoozedUntil ?? null) !== null);
}

/** The chosen rows whose state is known: all that were named, or of the whole list those on screen. */
function seenOf({ list, rows }: Chosen): readonly (ListRow | undefined)[] {
  const known = rows.mode === 'some' ? [...rows.ids] : list.idsOnScreen();
  return known.filter((id) => isSelected(rows, id)).map((id) => list.rowOf(id));
}

/** Nobody waits for mail of their own, nor for what they threw away. */
const NEVER_AWAITED: readonly MailboxView['role'][] = ['trash', 'junk', 'sent', 'drafts'];

/** Gives the organising commands of the catalogue their action; used once, by the main screen. */
export function useMailCommands(): void {
  useCommandsOn(chosen, {
    'mail.archive': { run: does(ORGANISE.archive) },
    'mail.archiveNext': { run: does(ORGANISE.archive, 'next') },
    'mail.archivePrevious': { run: does(ORGANISE.archive, 'previous') },
    'mail.trash': { run: trashOrDelete },
    'mail.deleteForever': { run: ({ rows }) => openDialog({ kind: 'delete-forever', rows }) },
    'mail.junk': { can: (rows) => roleOf(rows) !== 'junk', run: does(ORGANISE.junk) },
    'mail.notJunk': { can: (rows) => roleOf(rows) === 'junk', run: does(ORGANISE.notJunk) },
    'mail.snooze': {
      can: (rows) => !NEVER_AWAITED.includes(roleOf(rows)),
      run: (chosen) =>
        openDialog({ kind: 'snooze', rows: chosen.rows, at: menuPoint(), asleep: areAsleep(chosen) }),
    },
    'mail.unsnooze': { can: areAsleep, run: does(ORGANISE.unsnooze) },
    'mail.star': {
      variant: (rows) => (areStarred(rows) ? 'starred' : null),
      run: (rows) => does(areStarred(rows) ? ORGANISE.unstar : ORGANISE.star)(rows),
    },
    'mail.markRead': { run: does(ORGANISE.read) },
    'mail.markUnread': { run: does(ORGANISE.unread) },
    'mail.toggleRead': { run: (rows) => does(areUnread(rows) ? ORGANISE.read : ORGANISE.unread)(rows) },
    'mail.move': { run: ({ rows }) => openDialog({ kind: 'move-to', rows }) },
    'mail.label': { run: ({ rows }) => openDialog({ kind: 'label', rows }) },
    'mail.saveAs': { run: ({ list, rows }) => void saveRows(list, rows) },
  });
}
