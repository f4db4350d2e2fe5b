import type { SearchRow } from '../../shared/contract/search-views';
import type { MailboxView, MessageView } from '../../shared/contract/views';
import { FLAGGED, SEEN, SMART_LISTS } from '../../shared/domain';
import type { SearchTarget } from '../list/page-loader';

/**
 * A row that does not match any more since somebody opened it ("unread" was searched for), as it is now; null when it has
 * left where the search looks, so that it goes.
 */
export function keptRow(
  row: SearchRow,
  message: Pick<MessageView, 'keywords' | 'mailboxIds'>,
  mailboxes: readonly Pick<MailboxView, 'id' | 'path' | 'role'>[],
  { scope, includeTrashAndJunk }: Pick<SearchTarget, 'scope' | 'includeTrashAndJunk'>,
): SearchRow | null {
  const places = mailboxes.filter(({ id }) => message.mailboxIds.includes(id));
  const looked = places.filter(({ id, role }) => {
    if (scope.kind === 'list' && scope.listId > 0) return (id as number) === (scope.listId as number);
    if (scope.kind === 'list' && scope.listId === SMART_LISTS.inbox) return role === 'inbox';
    return includeTrashAndJunk || (role !== 'trash' && role !== 'junk');
  });
  if (looked.length === 0) return null;
  return {
    ...row,
    unreadCount: message.keywords.includes(SEEN) ? 0 : 1,
    starred: message.keywords.includes(FLAGGED),
    where: places.map(({ id, path }) => ({ mailboxId: id, path })),
  };
}
