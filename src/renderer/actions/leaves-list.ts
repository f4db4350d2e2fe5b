import type { Mutation } from '../../shared/contract/mutation';
import type { MailboxView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS } from '../../shared/domain';

/**
 * Whether a change takes its rows out of the list the user looks at, so that they may disappear before the engine
 * has answered (APP-058). When in doubt: no; the list's own notice then removes the row a moment later.
 */
export function leavesList(
  listId: ListId,
  mailbox: Pick<MailboxView, 'id' | 'role'> | null,
  mutation: Mutation,
): boolean {
  const inInbox = listId === SMART_LISTS.inbox || mailbox?.role === 'inbox';
  switch (mutation.kind) {
    case 'keywords':
      return false;
    case 'archive':
      return (
        inInbox ||
        (mailbox !== null && (mailbox.role === null || mailbox.role === 'junk' || mailbox.role === 'trash'))
      );
    case 'trash':
      return mailbox?.role !== 'trash';
    case 'junk':
      return mailbox?.role !== 'junk';
    case 'not-junk':
      return mailbox?.role === 'junk';
    case 'move':
      return mailbox ? mailbox.id !== mutation.toMailboxId : inInbox;
    case 'snooze':
      return (
        inInbox ||
        listId === SMART_LISTS.unread ||
        (mailbox !== null && (mailbox.role === null || mailbox.role === 'archive'))
      );
    case 'unsnooze':
      return listId === SMART_LISTS.snoozed;
    case 'wake':
      return false;
    case 'delete':
    case 'empty':
      return true;
  }
}
