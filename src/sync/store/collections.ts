import type { Topic } from '../../shared/contract/events';

/**
 * What the change log calls a collection: a mailbox by its own positive id (item = message id), everything else by a
 * constant. Integers keep the log's index small.
 */
export const COLLECTIONS = {
  accounts: -1,
  mailboxes: -2,
  pending: -3,
  settings: -4,
  syncLog: -5,
  bodies: -6,
  lists: -7,
  gestures: -8,
  snoozes: -9,
  drafts: -10,
  outbox: -11,
  identities: -12,
  search: -13,
  orders: -14,
} as const;

export type ChangeOp = 'add' | 'change' | 'remove';

/** Two entries of one transaction about one item become the one a reader needs; null = as if nothing had happened. */
export function mergeOps(first: ChangeOp, second: ChangeOp): ChangeOp | null {
  if (first === 'add') return second === 'remove' ? null : 'add';
  if (first === 'remove') return second === 'remove' ? 'remove' : 'change';
  return second === 'remove' ? 'remove' : 'change';
}

/** What a window shows of a collection as a whole; null where only its items have topics, or nobody shows it. */
export function topicOf(collection: number): Topic | null {
  switch (collection) {
    case COLLECTIONS.accounts:
      return 'accounts';
    case COLLECTIONS.mailboxes:
      return 'mailboxes';
    case COLLECTIONS.pending:
      return 'pending';
    case COLLECTIONS.settings:
      return 'settings';
    case COLLECTIONS.syncLog:
      return 'syncLog';
    case COLLECTIONS.lists:
      return 'lists';
    case COLLECTIONS.snoozes:
      return 'snoozes';
    case COLLECTIONS.drafts:
      return 'drafts';
    case COLLECTIONS.outbox:
      return 'outbox';
    case COLLECTIONS.identities:
      return 'identities';
    // Bodies name their own topic; of mailboxes the screen knows which lists show them.
    default:
      return null;
  }
}
