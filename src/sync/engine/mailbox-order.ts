import type { MailboxRole } from '../../shared/domain';

export interface OrderableMailbox {
  readonly id: number;
  readonly role: MailboxRole | null;
  /** Highest UID the server will give next: a stand-in for "used recently" across mailboxes of one server. */
  readonly recency: number;
}

/** Lower comes first (SYNC-050): inbox, sent, drafts, archive and all; trash and junk last; the rest between. */
const ROLE_RANK: Readonly<Record<MailboxRole, number>> = {
  inbox: 0,
  sent: 2,
  drafts: 3,
  archive: 4,
  all: 4,
  flagged: 5,
  important: 5,
  trash: 8,
  junk: 9,
};
const ASKED_FOR_RANK = -1;
const LOOKED_AT_RANK = 1;
const OTHER_RANK = 6;

/** The order in which mailboxes are synced (SYNC-050); `first` was asked for by name, `lookedAt` is on screen. */
export function orderMailboxes<T extends OrderableMailbox>(
  mailboxes: readonly T[],
  { first, lookedAt }: { readonly first: number | null; readonly lookedAt: number | null },
): T[] {
  const rank = (mailbox: T): number => {
    if (mailbox.id === first) return ASKED_FOR_RANK;
    const byRole = mailbox.role === null ? OTHER_RANK : ROLE_RANK[mailbox.role];
    return mailbox.id === lookedAt ? Math.min(byRole, LOOKED_AT_RANK) : byRole;
  };
  return mailboxes.toSorted((a, b) => rank(a) - rank(b) || b.recency - a.recency || a.id - b.id);
}
