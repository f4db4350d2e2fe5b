import type { AccountId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const SAVE_LIMITS = writeSql(
  `INSERT INTO submission_facts (account_id, host, max_bytes, utf8, dsn) VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (account_id, host) DO UPDATE SET max_bytes = excluded.max_bytes, utf8 = excluded.utf8, dsn = excluded.dsn`,
);
const SAVE_FILING = writeSql(
  `INSERT INTO submission_facts (account_id, host, files_copies) VALUES (?, ?, ?)
   ON CONFLICT (account_id, host) DO UPDATE SET files_copies = excluded.files_copies`,
);

/** What the server says it takes (SYNC-274). */
export function setSubmissionLimits(
  tx: WriteTx,
  accountId: AccountId,
  host: string,
  limits: { readonly maxBytes: number | null; readonly utf8: boolean; readonly dsn: boolean },
): void {
  const { maxBytes, utf8, dsn } = limits;
  prepared(tx.db, SAVE_LIMITS).run(accountId, host.toLowerCase(), maxBytes, utf8 ? 1 : 0, dsn ? 1 : 0);
  tx.log(COLLECTIONS.outbox, 0, 'change');
}

/** Whether it was seen to file copies by itself (SYNC-284, 285). */
export function setFilesCopies(tx: WriteTx, accountId: AccountId, host: string, filesCopies: boolean): void {
  prepared(tx.db, SAVE_FILING).run(accountId, host.toLowerCase(), filesCopies ? 1 : 0);
  tx.log(COLLECTIONS.outbox, 0, 'change');
}
