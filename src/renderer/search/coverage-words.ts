import type { SearchCoverage } from '../../shared/contract/search-views';
import type { AccountView } from '../../shared/contract/views';
import { searchStrings } from '../strings/search';

const months = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', timeZone: 'UTC' });

/** What a search cannot see yet, an account a sentence; empty when it sees everything (SYNC-373). */
export function missingWords(
  coverage: readonly SearchCoverage[],
  accounts: readonly Pick<AccountView, 'id' | 'name' | 'email'>[],
): readonly string[] {
  return coverage.flatMap((one) => {
    const sentence = sentenceOf(one);
    if (sentence === null) return [];
    const account = accounts.find(({ id }) => id === one.accountId);
    return coverage.length > 1 && account
      ? [searchStrings.ofAccount(account.name || account.email, sentence)]
      : [sentence];
  });
}

function sentenceOf({
  messages,
  indexedHeaders,
  indexedBodies,
  bodiesSince,
  complete,
}: SearchCoverage): string | null {
  if (complete) return null;
  if (indexedHeaders < messages) return searchStrings.headersOf(indexedHeaders, messages);
  const since = bodiesSince === null ? Number.NaN : Date.parse(bodiesSince);
  if (!Number.isNaN(since)) return searchStrings.bodiesSince(months.format(since));
  if (indexedBodies < messages) return searchStrings.bodiesOf(indexedBodies, messages);
  return searchStrings.olderAtServer;
}

/** Messages a search looked through. */
export function searchedMessages(coverage: readonly SearchCoverage[]): number {
  return coverage.reduce((sum, { indexedHeaders }) => sum + indexedHeaders, 0);
}
