import type { ListFilter, ListRow } from '../../shared/contract/views';

/** Whether the row would be in the list under the filter; the engine decides the same by the row it stores. */
export function matchesFilter(row: ListRow, filter: ListFilter): boolean {
  switch (filter) {
    case 'unread':
      return row.unreadCount > 0;
    case 'starred':
      return row.starred;
    case 'attachments':
      return row.hasAttachment;
  }
}
