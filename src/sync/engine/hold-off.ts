import type { MailboxId } from '../../shared/domain';
import type { Clock } from '../ports/clock';

/** A mailbox that went over a bound is asked again after this (SYNC-131). */
const HOLD_OFF_MS = 60 * 60_000;

/** Mailboxes of one account that are left alone for a while, so that one broken one does not stop the others. */
export interface HoldOff {
  hold(mailboxId: MailboxId): void;
  isHeld(mailboxId: MailboxId): boolean;
}

export function createHoldOff(clock: Clock): HoldOff {
  const until = new Map<MailboxId, number>();
  return {
    hold: (mailboxId) => until.set(mailboxId, clock.monotonic() + HOLD_OFF_MS),
    isHeld: (mailboxId) => clock.monotonic() < (until.get(mailboxId) ?? Number.NEGATIVE_INFINITY),
  };
}
