import { isTextField } from '../../shared/search/operators';
import { readPieces } from '../../shared/search/read-pieces';

/**
 * The query that finds without being typed what this one finds while its last word may go on (SYNC-367): that word gets
 * the star. So a gesture on everything concerns what is shown.
 */
export function endWord(query: string): string {
  const last = readPieces(query).at(-1);
  if (last === undefined || /[\s"()*]$/.test(query)) return query;
  // A minus by itself is no word yet.
  if (last.kind === 'word') return last.text === '-' ? query : `${query}*`;
  if (last.kind !== 'operator' || !isTextField(last.name)) return query;
  // Without a value it is a word like any other.
  return last.value === '' ? `${query.slice(0, -1)}*` : `${query}*`;
}
