import type { MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { Clock } from '../ports/clock';

/** A mailbox that went over a bound is asked again after this (SYNC-131); no other trouble waits longer. */
const LONGEST_MS = 60 * 60_000;
/** One that failed in another way: below the time between two sweeps, then doubling. */
const FIRST_MS = 30_000;

/** Mailboxes of one account that are left alone for a while, so that one broken one does not stop the others. */
export interface HoldOff {
  failed(mailboxId: MailboxId, failure: Failure): void;
  /** It works again: the next failure is a first one. */
  succeeded(mailboxId: MailboxId): void;
  /** `asked` = a person wants it now: only a bound is kept. */
  isHeld(mailboxId: MailboxId, asked: boolean): boolean;
}

interface Held {
  readonly until: number;
  readonly failures: number;
  readonly bound: boolean;
}

export function createHoldOff(clock: Clock): HoldOff {
  const held = new Map<MailboxId, Held>();
  return {
    failed: (mailboxId, failure) => {
      const failures = (held.get(mailboxId)?.failures ?? 0) + 1;
      const bound = isOverBound(failure);
      const waitMs = bound ? LONGEST_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
      held.set(mailboxId, { until: clock.monotonic() + waitMs, failures, bound });
    },
    succeeded: (mailboxId) => held.delete(mailboxId),
    isHeld: (mailboxId, asked) => {
      const entry = held.get(mailboxId);
      return entry !== undefined && clock.monotonic() < entry.until && (entry.bound || !asked);
    },
  };
}

function isOverBound(failure: Failure): boolean {
  return failure.kind === 'protocol' && failure.bound !== undefined;
}
