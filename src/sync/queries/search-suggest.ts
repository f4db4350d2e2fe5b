import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { MailboxId } from '../../shared/domain';
import { OPERATORS } from '../../shared/search/operators';
import type { ReadableDb } from '../store/handles';
import { readSearchContext } from '../store/search/search-context';
import { suggestPeople } from '../store/search/suggest-people';
import { fold } from '../store/search/words';

/** What the text at the cursor may become: people the user knows, operators, and mailboxes by a part of their path. */
export function searchSuggest(
  db: ReadableDb,
  { text, limit }: MethodParsedInput<'search.suggest'>,
): MethodOutput<'search.suggest'> {
  const wanted = fold(text.trim());
  if (wanted === '') return { people: [], operators: operators(() => true, limit), mailboxes: [] };
  const { mailboxes } = readSearchContext(db, 0);
  return {
    people: suggestPeople(db, wanted, limit),
    operators: operators((operator) => operator.startsWith(wanted), limit),
    mailboxes: mailboxes
      .filter(({ path }) => fold(path).includes(wanted))
      .slice(0, limit)
      .map(({ id, path }) => ({ id: id as MailboxId, path })),
  };
}

/** The name of an operator is also the name of its explanation. */
function operators(
  test: (operator: string) => boolean,
  limit: number,
): MethodOutput<'search.suggest'>['operators'] {
  return OPERATORS.filter(test)
    .slice(0, limit)
    .map((operator) => ({ operator, meaning: operator }));
}
