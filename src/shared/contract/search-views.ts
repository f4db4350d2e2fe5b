import { z } from 'zod';
import { AccountId, ListId, MailboxId } from '../domain';
import { ListRow } from './views';

/** Longer queries are no work of a person; the parser reads no further. UTF-16 units. */
export const MAX_QUERY = 1000;

/** A count is exact up to here; beyond it walking on would cost more than the number is worth. Messages. */
export const MAX_SEARCH_COUNT = 1000;

/** Texts that are looked through for a piece of a word, `body:"~piece~"`, at most: the newest (SYNC-368). */
export const MAX_SEARCHED_TEXTS = 50_000;

/** Where a search looks: in all accounts, or in what one list shows. */
export const SearchScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everywhere') }),
  z.strictObject({ kind: z.literal('list'), listId: ListId }),
]);
export type SearchScope = z.infer<typeof SearchScope>;

/** [from, to) in UTF-16 units of the text they belong to, ascending and apart (SYNC-375). */
export const TextMarks = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()]));
export type TextMarks = z.infer<typeof TextMarks>;

/** One message that was found, as a row of a list shows it; `snippet` is the part of it that answers the search. */
export const SearchRow = ListRow.extend({
  /** Where it lies, the mailboxes of its account by their paths. */
  where: z.array(z.object({ mailboxId: MailboxId, path: z.string() })),
  subjectMarks: TextMarks,
  snippetMarks: TextMarks,
});
export type SearchRow = z.infer<typeof SearchRow>;

/** One piece of a query as it was understood, in the order it was written (SYNC-360). */
export const SearchToken = z.object({
  kind: z.enum(['word', 'phrase', 'operator', 'not', 'or', 'group']),
  /** As written; of an operator its value without quotes. */
  text: z.string(),
  /** Name of the operator without its colon; null for everything else. */
  operator: z.string().nullable(),
  /** Right behind a minus or NOT. */
  negated: z.boolean(),
  /** False where it looked like an operator, a quote or a bracket and is searched for as plain words. */
  understood: z.boolean(),
});
export type SearchToken = z.infer<typeof SearchToken>;

/** How much of an account a search can see (SYNC-373), by the counters of the coverage meter. */
export const SearchCoverage = z.object({
  accountId: AccountId,
  messages: z.int(),
  /** Messages that are found by sender, subject and the like, and of these the ones found by their text. */
  indexedHeaders: z.int(),
  indexedBodies: z.int(),
  /** ISO 8601 date: everything received on later days is found by its text; null = no such day is known. */
  bodiesSince: z.string().nullable(),
  /** Everything the account has on its server is here and found by all of its words. */
  complete: z.boolean(),
});
export type SearchCoverage = z.infer<typeof SearchCoverage>;
