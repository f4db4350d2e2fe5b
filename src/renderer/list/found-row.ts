import type { SearchRow } from '../../shared/contract/search-views';
import type { ListRow } from '../../shared/contract/views';

/** What a search says of a row besides what every list does; null = the row is no search's. */
export function asFound(row: ListRow): SearchRow | null {
  return 'where' in row ? (row as SearchRow) : null;
}
