import type { ImapServer } from '../../../shared/contract/imap-settings';
import type { AccountId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import type { AccountRow } from './accounts';

const FACTS = readSql<{
  files_copies: number | null;
  max_bytes: number | null;
  utf8: number | null;
  dsn: number | null;
}>('SELECT files_copies, max_bytes, utf8, dsn FROM submission_facts WHERE account_id = ? AND host = ?');

/** What a submission server was seen to do; null = not known yet. */
export interface SubmissionFacts {
  /** It puts a copy of what it sends into the sent mailbox by itself (SYNC-284). */
  readonly filesCopies: boolean | null;
  readonly maxBytes: number | null;
  readonly utf8: boolean | null;
  readonly dsn: boolean | null;
}

/** Where an account hands over what it sends: as the user of its mail, unless it says otherwise. Null = it only receives. */
export function submissionOf({ settings }: Pick<AccountRow, 'settings'>): ImapServer | null {
  if (!settings?.smtp) return null;
  return { ...settings.smtp, user: settings.smtp.user || settings.imap.user };
}

export function submissionFacts(db: ReadableDb, accountId: AccountId, host: string): SubmissionFacts {
  const row = prepared(db, FACTS).get(accountId, host.toLowerCase());
  const known = (value: number | null | undefined): boolean | null =>
    value === null || value === undefined ? null : value === 1;
  return {
    filesCopies: known(row?.files_copies),
    maxBytes: row?.max_bytes ?? null,
    utf8: known(row?.utf8),
    dsn: known(row?.dsn),
  };
}
