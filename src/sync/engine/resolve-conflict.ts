import type { MailboxId, MailboxRole } from '../../shared/domain';

/**
 * What the server's facts mean for one message of one pending change: the cells of SYNC section 8 as a pure function.
 * It is consulted right before a change is pushed, on facts that were refreshed if the change is old (SYNC-239).
 */
export type Intent =
  | { readonly kind: 'keywords'; readonly add: readonly string[]; readonly remove: readonly string[] }
  /** `aim`: archive, trash and junk gestures care about the destination, wherever the message is now. */
  | {
      readonly kind: 'move';
      readonly from: MailboxId;
      readonly to: MailboxId;
      readonly aim: 'mailbox' | 'role';
    }
  | { readonly kind: 'delete'; readonly from: MailboxId };

export interface PlacementFact {
  readonly mailboxId: MailboxId;
  readonly role: MailboxRole | null;
  readonly keywords: readonly string[];
  /** False while a changed UIDVALIDITY has not been re-linked (SYNC-083). */
  readonly verified: boolean;
}

export interface TargetFacts {
  readonly placements: readonly PlacementFact[];
  /** No placement left, but another client's move may still turn up (SYNC-089). */
  readonly orphaned: boolean;
  /** Whether the destination of a move still exists. */
  readonly destinationExists: boolean;
}

export type ParkReason = 'moved-elsewhere' | 'deleted-elsewhere' | 'destination-gone';

export type Resolution =
  /** Send it for the message's copies in these mailboxes. */
  | { readonly action: 'push'; readonly mailboxIds: readonly MailboxId[] }
  /** The server already agrees, or nothing is left to do. */
  | { readonly action: 'settle' }
  /** Facts are not complete yet: try again later without counting it as a failure. */
  | { readonly action: 'wait' }
  | { readonly action: 'park'; readonly reason: ParkReason; readonly mailboxId: MailboxId | null };

export function resolveConflict(intent: Intent, facts: TargetFacts): Resolution {
  if (facts.placements.some((placement) => !placement.verified)) return { action: 'wait' };
  switch (intent.kind) {
    case 'keywords':
      return resolveKeywords(intent, facts);
    case 'move':
      return resolveMove(intent, facts);
    case 'delete':
      return resolveDelete(intent, facts);
  }
}

function resolveKeywords(intent: Extract<Intent, { kind: 'keywords' }>, facts: TargetFacts): Resolution {
  if (facts.placements.length === 0) return facts.orphaned ? { action: 'wait' } : { action: 'settle' };
  const differing = facts.placements.filter(
    ({ keywords }) =>
      intent.add.some((keyword) => !keywords.includes(keyword)) ||
      intent.remove.some((keyword) => keywords.includes(keyword)),
  );
  if (differing.length === 0) return { action: 'settle' };
  return { action: 'push', mailboxIds: differing.map((placement) => placement.mailboxId) };
}

function resolveMove(intent: Extract<Intent, { kind: 'move' }>, facts: TargetFacts): Resolution {
  const inSource = facts.placements.some((placement) => placement.mailboxId === intent.from);
  const inDestination = facts.placements.some((placement) => placement.mailboxId === intent.to);
  if (!inSource && inDestination) return { action: 'settle' };
  if (!facts.destinationExists) return { action: 'park', reason: 'destination-gone', mailboxId: null };
  if (inSource) return { action: 'push', mailboxIds: [intent.from] };
  const elsewhere = facts.placements[0];
  if (!elsewhere) {
    return facts.orphaned
      ? { action: 'wait' }
      : { action: 'park', reason: 'deleted-elsewhere', mailboxId: null };
  }
  if (intent.aim === 'role' && elsewhere.role !== 'trash')
    return { action: 'push', mailboxIds: [elsewhere.mailboxId] };
  return { action: 'park', reason: 'moved-elsewhere', mailboxId: elsewhere.mailboxId };
}

function resolveDelete(intent: Extract<Intent, { kind: 'delete' }>, facts: TargetFacts): Resolution {
  if (facts.placements.some((placement) => placement.mailboxId === intent.from)) {
    return { action: 'push', mailboxIds: [intent.from] };
  }
  const elsewhere = facts.placements[0];
  if (!elsewhere) return facts.orphaned ? { action: 'wait' } : { action: 'settle' };
  if (elsewhere.role === 'trash' || elsewhere.role === 'junk') return { action: 'settle' };
  return { action: 'park', reason: 'moved-elsewhere', mailboxId: elsewhere.mailboxId };
}
