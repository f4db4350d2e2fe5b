import type { AccountId, MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { Connector } from '../connectors/contract';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Random } from '../ports/random';
import type { Store } from '../store/open-store';
import type { DueChange } from '../store/read/pending';
import type { ActivityBoard } from './activity';
import type { DraftSourceOf } from './draft-source';

/** Running totals since the account started; a cycle's result is the difference of two readings. */
export interface Totals {
  fetched: number;
  changed: number;
  removed: number;
  pushed: number;
  parked: number;
  /** What probes found (SYNC-255): messages whose change was done, or was not; changes nobody could tell of. */
  probedDone: number;
  probedNotDone: number;
  probedUndecided: number;
  roundTrips: number;
  bytesIn: number;
  bytesOut: number;
}

/** Where an account's totals begin; a new object each time, because they are counted up in place. */
export function noTotals(): Totals {
  return {
    fetched: 0,
    changed: 0,
    removed: 0,
    pushed: 0,
    parked: 0,
    probedDone: 0,
    probedNotDone: 0,
    probedUndecided: 0,
    roundTrips: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
}

/** What every part of one account's work shares. */
export interface RunnerContext {
  readonly accountId: AccountId;
  readonly store: Store;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly activities: ActivityBoard;
  /** Identifies this run of the process: claims of another run are probed (SYNC-249). */
  readonly runId: string;
  readonly totals: Totals;
  /** Changes of mailboxes that were sent: how many so far, and the end of the last one. Counted up in place. */
  /** Bytes of the newest revision of a draft. */
  readonly draftSource: DraftSourceOf;
  readonly mailboxPushes: { begun: number; last: Promise<unknown> };
  /** Resolves when this account may begin to connect: those of one host go one after the other (SYNC-124). */
  startTurn(signal: AbortSignal): Promise<void>;
  /** Mailbox on screen, fetched early. */
  lookedAt(): MailboxId | null;
  /** Whether a window can be seen (SYNC-119). */
  isVisible(): boolean;
  /** True while only headers may be loaded unasked (SYNC-024). */
  isMetered(): boolean;
  /** True while the computer runs on its battery: audits wait (SYNC-396). */
  onBattery(): boolean;
  /** Tells the host about messages that just arrived. */
  announceNewMail(messageIds: readonly number[]): void;
  /** Shows what the server wants people to read. */
  announceAlert(text: string): void;
  /** Tells the user once that a change was set aside. */
  announceParked(change: DueChange, failure: Failure): void;
}
