import type { SearchCoverage } from '../../../shared/contract/search-views';
import type { ReadableDb } from '../handles';
import { listAccounts } from '../read/accounts';
import { listMailboxes } from '../read/mailboxes';
import { isBackfillComplete } from '../read/panels';
import { prepared, readSql } from '../sql';
import { instantOf } from './docs';
import { feedState } from './feed';

const NEWEST_WITHOUT_TEXT = readSql<{ rowid: number }>(
  'SELECT rowid FROM search_docs INDEXED BY search_docs_headers WHERE account_id = ? AND state = 0 ORDER BY rowid DESC LIMIT 1',
);

const DAY_MS = 24 * 60 * 60_000;

/** How much of each account a search can see, by the counters of the coverage meter (SYNC-373). */
export function searchCoverage(db: ReadableDb): SearchCoverage[] {
  const filling = (feedState(db)?.fillBelow ?? 1) > 0;
  return listAccounts(db)
    .filter(({ state }) => state !== 'removing')
    .map((account) => {
      const mailboxes = listMailboxes(db, account.id).filter(({ tombstonedAt }) => tombstonedAt === null);
      const sum = (of: (mailbox: (typeof mailboxes)[number]) => number): number =>
        mailboxes.reduce((total, mailbox) => total + of(mailbox), 0);
      const messages = sum(({ storedCount }) => storedCount);
      const indexedHeaders = sum(({ indexedCount }) => indexedCount);
      const indexedBodies = sum(({ indexedBodies: bodies }) => bodies);
      const here =
        account.protocol === 'local' ||
        mailboxes.every(
          ({ id, selectable, policy }) => !selectable || policy === 'off' || isBackfillComplete(db, id),
        );
      return {
        accountId: account.id,
        messages,
        indexedHeaders,
        indexedBodies,
        bodiesSince: filling ? null : bodiesSince(db, account.id),
        complete: here && indexedBodies >= messages,
      };
    });
}

/** The first whole day behind the newest message whose text is not in the index. */
function bodiesSince(db: ReadableDb, accountId: number): string | null {
  const newest = prepared(db, NEWEST_WITHOUT_TEXT).get(accountId);
  return newest ? new Date(instantOf(newest.rowid) + DAY_MS).toISOString().slice(0, 10) : null;
}
