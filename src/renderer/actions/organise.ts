import type { Mutation, MutationTarget } from '../../shared/contract/mutation';
import type { ListRow, MailboxView } from '../../shared/contract/views';
import { FLAGGED, SEEN } from '../../shared/domain';
import { followGesture, newGestureId } from '../feedback/follow-gesture';
import { showToast } from '../feedback/toast-store';
import { showFailure, showUndo, undoable } from '../feedback/undo';
import { currentRegion, rescueFocus } from '../layout/regions';
import type { ListController } from '../list/list-controller';
import { type Selection, selectedCount, selectRows, toTarget } from '../list/selection';
import { isPopout, useUi } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { byName } from '../strings/plural';
import { call } from '../transport/call';
import { followOpenItem } from './follow-open-item';
import { knownMailboxes, knownSettings } from './known';
import { leavesList } from './leaves-list';

/** A gesture over more rows than fit on a screen is one that people wait for. */
const MANY = 50;

export type OrganiseName = keyof typeof actionStrings.failed;

/** What one organising action does, and how it looks until the engine has answered. */
export interface Organise {
  readonly name: OrganiseName;
  readonly mutation: Mutation;
  /** "12 archived". */
  done(rows: number): string;
  /** How rows that stay look afterwards. */
  readonly change?: (row: ListRow) => ListRow;
}

const keywords = (add: string[], remove: string[]): Mutation => ({ kind: 'keywords', add, remove });
const simple = (name: 'archive' | 'trash' | 'junk' | 'not-junk' | 'unsnooze' | 'delete'): Organise => ({
  name,
  mutation: { kind: name },
  done: actionStrings.done[name],
});

/** The organising actions (APP-160, as far as they are built). */
export const ORGANISE = {
  archive: simple('archive'),
  trash: simple('trash'),
  junk: simple('junk'),
  notJunk: simple('not-junk'),
  unsnooze: simple('unsnooze'),
  delete: simple('delete'),
  star: {
    name: 'star',
    mutation: keywords([FLAGGED], []),
    done: actionStrings.done.star,
    change: (row) => ({ ...row, starred: true }),
  },
  unstar: {
    name: 'unstar',
    mutation: keywords([], [FLAGGED]),
    done: actionStrings.done.unstar,
    change: (row) => ({ ...row, starred: false }),
  },
  read: {
    name: 'read',
    mutation: keywords([SEEN], []),
    done: actionStrings.done.read,
    change: (row) => ({ ...row, unreadCount: 0 }),
  },
  unread: {
    name: 'unread',
    mutation: keywords([], [SEEN]),
    done: actionStrings.done.unread,
    change: (row) => ({ ...row, unreadCount: Math.max(1, row.unreadCount) }),
  },
} satisfies Record<string, Organise>;

export function moveTo(
  mailbox: MailboxView,
  folder: string,
  fromMailboxId: MailboxView['id'] | null,
): Organise {
  return {
    name: 'move',
    mutation: { kind: 'move', toMailboxId: mailbox.id, fromMailboxId },
    done: (rows) => actionStrings.done.move(rows, folder),
  };
}

/** Puts a label on the rows, or takes it off. */
export function labelWith(label: string, on: boolean): Organise {
  const name = on ? 'label' : 'unlabel';
  return {
    name,
    mutation: on ? keywords([label], []) : keywords([], [label]),
    done: (rows) => actionStrings.done[name](rows, label),
    change: (row) => {
      const others = row.labels.filter((other) => other !== label);
      return { ...row, labels: on ? [...others, label].sort(byName) : others };
    },
  };
}

/** Rows an action concerns: the ticked ones, else what is open (from the reader) or focused. */
export function chosenRows(list: ListController): Selection | null {
  const { openItemId } = useUi.getState();
  // Rows that nobody sees are not meant.
  if (isPopout()) return openItemId === null ? null : selectRows([openItemId]);
  const { selection, focusId } = list.snapshot();
  if (selection.mode === 'all' || selection.ids.size > 0) return selection;
  const itemId = (currentRegion() === 'reader' ? openItemId : null) ?? focusId;
  return itemId === null ? null : selectRows([itemId]);
}

/**
 * Does it: rows disappear or change before anyone is asked, then the engine is asked, then the toast offers to undo.
 * What the engine refuses comes back with the reason.
 */
export function organise(
  list: ListController,
  rows: Selection,
  action: Organise,
  move: 'next' | 'previous' | 'list' = knownSettings().afterArchive,
): Promise<void> {
  return undoable(carryOut(list, rows, action, move));
}

async function carryOut(
  list: ListController,
  rows: Selection,
  action: Organise,
  move: 'next' | 'previous' | 'list',
): Promise<void> {
  const { query, total } = list.snapshot();
  const target = actionTarget(list, rows, action);
  if (!target) return;
  const count = selectedCount(rows, total ?? 0);
  const mailbox = knownMailboxes().find((box) => (box.id as number) === (query.listId as number)) ?? null;
  const hides =
    leavesList(query.listId, mailbox, action.mutation) &&
    !(query.search?.includeTrashAndJunk && staysFound(action.mutation));
  if (hides) {
    list.hide(rows, move === 'previous' ? 'previous' : 'next');
    followOpenItem(list, rows, move);
    rescueFocus();
  } else if (action.change) {
    list.change(rows, action.change);
  }
  const gestureId = newGestureId();
  const { answer: outcome, cancelled } = await followGesture(
    gestureId,
    actionStrings.doing[action.name],
    () => call('mutations.apply', { target, mutation: action.mutation, gestureId }),
    count > MANY,
  );
  if (!outcome.ok) {
    list.takeBack(rows);
    showFailure(actionStrings.failed[action.name], outcome.failure);
    return;
  }
  // What is done stays done after a cancel, and can be undone; the rows that were not reached come back.
  if (cancelled) list.takeBack(rows);
  else list.settle(rows);
  const { affected } = outcome.value;
  if (affected === 0) return;
  // Of what a search finds only the engine knows how much it is.
  const told = cancelled || (rows.mode === 'all' && query.search) ? affected : count;
  const text = action.done(told);
  if (action.name !== 'delete') showUndo({ text, gestureId });
  else if (cancelled) showToast({ tone: 'done', text });
}

/** Where trash and junk are searched too, what goes there is found there. */
function staysFound({ kind }: Mutation): boolean {
  return kind === 'trash' || kind === 'junk';
}

/** A star belongs to the newest message of a conversation; everything else concerns the whole row. */
function actionTarget(list: ListController, rows: Selection, action: Organise): MutationTarget | null {
  if (action.name === 'star' && rows.mode === 'some') {
    const messageIds = [...rows.ids].flatMap((id) => list.rowOf(id)?.messageId ?? []);
    if (messageIds.length === rows.ids.size) return { kind: 'messages', messageIds };
  }
  return toTarget(rows, list.snapshot().query, list.kept(), null);
}
