import { z } from 'zod';
import { AccountId, MailboxId, MessageId, Person, RequestId } from '../domain';
import { method } from './method';
import { MAX_QUERY, SearchCoverage, SearchRow, SearchScope, SearchToken } from './search-views';
import { FailureView } from './views';

const Query = z.string().max(MAX_QUERY);

/** What a window and the command line may ask of the index (sync-engine.md section 14). */
export const SEARCH_METHODS = {
  /**
   * Messages a query finds, a page at a time. Never fails for what was typed: `understood` says how it was read. A page
   * may hold fewer rows than asked for, even none, while `next` says that there is more to look through.
   */
  'search.page': method(
    'reader',
    z.strictObject({
      query: Query,
      scope: SearchScope,
      includeTrashAndJunk: z.boolean(),
      sort: z.enum(['newest', 'relevance']),
      /** The last word is being typed: what begins with it is found, too (SYNC-367). */
      typing: z.boolean(),
      /** `next` of the page before. */
      cursor: z.string().max(100).nullable(),
      limit: z.int().min(1).max(200),
    }),
    z.object({
      rows: z.array(SearchRow),
      next: z.string().nullable(),
      understood: z.array(SearchToken),
      /** Where was looked (SYNC-361): also with `includeTrashAndJunk` false a query may ask for one of them. */
      searched: z.object({ scope: SearchScope, trashAndJunk: z.boolean() }),
      coverage: z.array(SearchCoverage),
      /** Exact while it is at most MAX_SEARCH_COUNT; null = more, or not known. */
      count: z.int().nullable(),
    }),
  ),
  /** Waits until the index holds everything that is stored, at most so long; answers whether it does. */
  'search.catchUp': method(
    'engine',
    z.strictObject({ timeoutMs: z.int().min(0).max(60_000) }),
    z.object({ caughtUp: z.boolean() }),
  ),
  /**
   * "Search on the server": what the servers of the accounts find and the index here does not (SYNC-374). Headers nobody
   * has here are loaded first, so that `search.rows` can show every hit. Takes as long as the servers do; with a
   * `requestId` the status tells how far it is, and `requests.cancel` stops it.
   */
  'search.onServer': method(
    'engine',
    z.strictObject({
      query: Query,
      scope: SearchScope,
      includeTrashAndJunk: z.boolean(),
      requestId: RequestId.optional(),
    }),
    z.object({
      /** The newest first; as many as a page of results can follow. */
      messageIds: z.array(MessageId),
      /** Operators the servers do not know, as written: they answered the rest of the query. */
      untranslated: z.array(z.string()),
      /** Mailboxes that were not asked. */
      skipped: z.int(),
      failures: z.array(z.object({ accountId: AccountId, failure: FailureView })),
    }),
  ),
  /** Rows of messages that are known to be hits, in the order asked for; who is gone is left out. */
  'search.rows': method(
    'reader',
    z.strictObject({ query: Query, messageIds: z.array(MessageId).max(200) }),
    z.array(SearchRow),
  ),
  /** What the text under the cursor may become; `meaning` names the operator's explanation among the window's words. */
  'search.suggest': method(
    'reader',
    z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    z.object({
      people: z.array(Person),
      operators: z.array(z.object({ operator: z.string(), meaning: z.string() })),
      mailboxes: z.array(z.object({ id: MailboxId, path: z.string() })),
    }),
  ),
} as const;
