/**
 * A message that is put off (APP-163), as stored. `until` is an instant (milliseconds UTC), so that another time zone
 * or a clock that was set changes when it comes back on the wall, never whether; or one of SNOOZE_UNTIL.
 */
export interface Snooze {
  /** The mailbox it is put off in; anywhere else the snooze means nothing. */
  readonly mailboxId: number;
  readonly until: number;
  /**
   * 'asleep': hidden where it lies. 'answered': a newer message of its conversation has ended the sleep, what is left
   * of it has to be cleared away. 'returned': its time has come, it carries a note.
   */
  readonly state: 'asleep' | 'answered' | 'returned';
}

export const SNOOZE_STATES: readonly Snooze['state'][] = ['asleep', 'answered', 'returned'];

interface Placed {
  readonly snooze: Snooze | null;
  readonly mailboxIds: readonly number[];
}

/**
 * The mailbox whose list hides the message now, or null. A message that left it, whoever moved it, or that lies in
 * trash or junk, is not asleep.
 */
export function sleepingIn({ snooze, mailboxIds }: Placed, isHidden: (id: number) => boolean): number | null {
  if (snooze?.state !== 'asleep' || !mailboxIds.includes(snooze.mailboxId)) return null;
  return isHidden(snooze.mailboxId) ? null : snooze.mailboxId;
}

/** When a message came back to the mailbox it still is in; null for every other. */
export function backSince({ snooze, mailboxIds }: Placed): number | null {
  return snooze?.state === 'returned' && mailboxIds.includes(snooze.mailboxId) ? snooze.until : null;
}

export function sameSnooze(a: Snooze | null, b: Snooze | null): boolean {
  if (a === null || b === null) return a === b;
  return a.mailboxId === b.mailboxId && a.until === b.until && a.state === b.state;
}
