import type { MutationTarget } from '../../shared/contract/mutation';
import { type MessageId, SMART_LISTS } from '../../shared/domain';
import type { ReadableDb } from '../store/handles';
import { filteredItemIds, listMessageIds, rowMessageIds } from '../store/read/list-messages';
import { searchAll } from '../store/search/search';

/** The messages a gesture concerns, frozen at this instant (SYNC-252), and where the user was looking. */
export interface ResolvedTarget {
  readonly messageIds: readonly MessageId[];
  /** The mailbox on screen, or null for messages by themselves and for lists over all accounts. */
  readonly seenInMailboxId: number | null;
  readonly unifiedInbox: boolean;
  /** The view of what is put off. */
  readonly snoozedList: boolean;
  /** Rows of a list, as opposed to messages by themselves. */
  readonly listed: boolean;
}

/**
 * `whole`: the wish concerns everything a row tells of (marks), not only the messages that lie in the list (moves).
 * `nowMs`: what a search counts "yesterday" from. Null for a search that cannot be frozen: it looks through texts.
 */
export function resolveTarget(
  db: ReadableDb,
  target: MutationTarget,
  whole: boolean,
  nowMs: number,
): ResolvedTarget | null {
  const bySelf = { seenInMailboxId: null, unifiedInbox: false, snoozedList: false, listed: false };
  if (target.kind === 'messages') return { ...bySelf, messageIds: [...new Set(target.messageIds)] };
  if (target.kind === 'search') {
    const except = new Set<MessageId>(target.except);
    const found = searchAll(db, { ...target, typing: false }, nowMs);
    return found && { ...bySelf, messageIds: found.filter((id) => !except.has(id)) };
  }
  const place = {
    seenInMailboxId: target.listId > 0 ? (target.listId as number) : null,
    unifiedInbox: target.listId === SMART_LISTS.inbox,
    snoozedList: target.listId === SMART_LISTS.snoozed,
    listed: true,
  };
  switch (target.kind) {
    case 'rows':
      return { ...place, messageIds: rowMessageIds(db, target.listId, target.itemIds, whole) };
    case 'list': {
      const { listId, exceptItemIds, filter = null, keep = [] } = target;
      if (filter === null) return { ...place, messageIds: listMessageIds(db, listId, exceptItemIds, whole) };
      const except = new Set(exceptItemIds);
      const rows = filteredItemIds(db, listId, filter, keep).filter((itemId) => !except.has(itemId));
      return { ...place, messageIds: rowMessageIds(db, listId, rows, whole) };
    }
  }
}
