import type { MailboxRole } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { listAccounts } from '../read/accounts';
import { listMailboxes } from '../read/mailboxes';

/** What the words of a query are resolved against: accounts and mailboxes as they are now. */
export interface SearchContext {
  readonly nowMs: number;
  readonly own: readonly string[];
  readonly accounts: readonly { readonly id: number; readonly name: string; readonly email: string }[];
  readonly mailboxes: readonly {
    readonly id: number;
    readonly path: string;
    readonly name: string;
    readonly role: MailboxRole | null;
  }[];
  /** Mailboxes that are searched only when one looks there (SYNC-361). */
  readonly hidden: readonly number[];
}

/** Accounts that are being removed are not searched. */
export function readSearchContext(db: ReadableDb, nowMs: number): SearchContext {
  const accounts = listAccounts(db).filter(({ state }) => state !== 'removing');
  const mailboxes = accounts.flatMap(({ id }) => listMailboxes(db, id));
  return {
    nowMs,
    own: accounts.map(({ email }) => email),
    accounts: accounts.map(({ id, name, email }) => ({ id, name, email })),
    mailboxes: mailboxes.map(({ id, path, name, role }) => ({ id, path, name, role })),
    hidden: mailboxes.flatMap(({ id, role }) => (role === 'trash' || role === 'junk' ? [id] : [])),
  };
}

/** Ids of the mailboxes a word names: a role, a whole path, or its last level. Empty when there is none. */
export function mailboxesNamed(context: SearchContext, word: string): number[] {
  const wanted = word.toLowerCase();
  const by = (test: (mailbox: SearchContext['mailboxes'][number]) => boolean): number[] =>
    context.mailboxes.filter(test).map(({ id }) => id);
  const role = by((mailbox) => mailbox.role === (ROLE_WORDS[wanted] ?? wanted));
  if (role.length > 0) return role;
  const path = by((mailbox) => mailbox.path.toLowerCase() === wanted);
  return path.length > 0 ? path : by((mailbox) => mailbox.name.toLowerCase() === wanted);
}

/** Other words people have for a role. */
const ROLE_WORDS: Readonly<Record<string, MailboxRole>> = {
  spam: 'junk',
  bin: 'trash',
  draft: 'drafts',
};
