import type { ListRow } from '../../shared/contract/views';

/** A plain row for unit tests; what a test is about it states itself. */
export function testRow(itemId: number, changes: Partial<ListRow> = {}): ListRow {
  return {
    itemId,
    threadId: itemId as ListRow['threadId'],
    messageId: itemId as ListRow['messageId'],
    accountId: 1 as ListRow['accountId'],
    subject: `Subject ${itemId}`,
    snippet: 'Snippet',
    participants: [{ name: 'Anna Maier', address: 'anna@example.org', me: false }],
    messageCount: 1,
    unreadCount: 0,
    starred: false,
    answered: false,
    forwarded: false,
    draft: false,
    hasAttachment: false,
    labels: [],
    date: 1_700_000_000_000,
    size: 1_000,
    mark: 'none',
    snoozedUntil: null,
    backSince: null,
    ...changes,
  };
}
