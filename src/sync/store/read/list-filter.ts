import type { ListFilter } from '../../../shared/contract/views';
import { MARKS } from '../keywords';
import type { RowRecord } from '../screen/build-rows';

/** The condition of each filter, word for word as its indexes have it: SQLite uses a partial index for nothing else. */
export const FILTER_SQL: Readonly<Record<ListFilter, string>> = {
  unread: 'unread = 1',
  starred: 'starred = 1',
  attachments: `marks & ${MARKS.attachment} <> 0`,
};

/** The same for a row that was read. */
export function matchesFilter(row: RowRecord, filter: ListFilter): boolean {
  switch (filter) {
    case 'unread':
      return row.unread === 1;
    case 'starred':
      return row.starred === 1;
    case 'attachments':
      return (row.marks & MARKS.attachment) !== 0;
  }
}
