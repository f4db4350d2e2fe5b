import type { FailureView, ListFilter, MailboxView } from '../../shared/contract/views';

/** What the list's place shows instead of rows, or that it shows rows (ui.md section 6). */
export type ListState =
  | { readonly kind: 'rows' }
  | { readonly kind: 'failed'; readonly failure: FailureView }
  | { readonly kind: 'nothing-matches'; readonly filter: ListFilter; readonly hidden: number }
  | { readonly kind: 'first-sync' | 'not-here' | 'inbox-empty' | 'snoozed-empty' | 'folder-empty' };

interface ListFacts {
  readonly total: number | null;
  readonly failure: FailureView | null;
  readonly filter: ListFilter | null;
  /** Rows of the list without its filter. */
  readonly unfiltered: number;
  readonly inbox: boolean;
  readonly snoozed: boolean;
  /** The mailboxes the list stands for. */
  readonly mailboxes: readonly Pick<MailboxView, 'stored' | 'serverTotal' | 'complete' | 'lastSyncedAt'>[];
  readonly online: boolean;
}

export function listState(facts: ListFacts): ListState {
  const { total, failure, filter, unfiltered, inbox, snoozed, mailboxes, online } = facts;
  if (total === null) return failure ? { kind: 'failed', failure } : { kind: 'rows' };
  if (total > 0) return { kind: 'rows' };
  // Where there is nothing to filter, that is what is said.
  if (filter !== null && unfiltered > 0) return { kind: 'nothing-matches', filter, hidden: unfiltered };
  const missing = mailboxes.some((box) => !box.complete && (box.serverTotal ?? 1) > box.stored);
  if (missing) return { kind: online ? 'first-sync' : 'not-here' };
  return { kind: inbox ? 'inbox-empty' : snoozed ? 'snoozed-empty' : 'folder-empty' };
}

/** "Newest 600 of 48,120": what is here and what the server has; null when everything is here. */
export function coverage(
  mailboxes: ListFacts['mailboxes'],
): { readonly here: number; readonly all: number } | null {
  const unfinished = mailboxes.filter((box) => !box.complete && box.serverTotal !== null);
  if (unfinished.length === 0) return null;
  const here = mailboxes.reduce((sum, box) => sum + box.stored, 0);
  const all = mailboxes.reduce((sum, box) => sum + Math.max(box.serverTotal ?? 0, box.stored), 0);
  return here < all ? { here, all } : null;
}
