import type { Snooze } from '../snooze';

/** What the list rows of a thread need to know of one of its messages. */
export interface ThreadMessage {
  readonly id: number;
  readonly accountId: number;
  readonly receivedAt: number;
  readonly size: number;
  /** Screen keywords, packed. */
  readonly keywords: string;
  readonly hasAttachment: boolean;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly baseSubject: string;
  /** Mailboxes it is shown in; never empty. */
  readonly mailboxIds: readonly number[];
  readonly snooze: Snooze | null;
}
