import { z } from 'zod';
import { AccountId, AccountState, GestureId, MessageId, Seq } from '../domain';
import { Topic } from './events';
import { Done, Empty, method } from './method';
import { HistoryEntry, Instant } from './views';

/** Something that was done by hand and can be taken back or done again. */
export const GestureView = z.object({
  gestureId: GestureId,
  what: z.enum([
    ...(['archive', 'trash', 'junk', 'not-junk', 'snooze', 'unsnooze', 'star', 'unstar'] as const),
    ...(['read', 'unread', 'move', 'label', 'unlabel', 'folder'] as const),
  ]),
  /** Of the folder or the label; '' where there is none. */
  name: z.string(),
  messages: z.int(),
});
export type GestureView = z.infer<typeof GestureView>;

/** What store and engine remember of themselves: history, positions, numbers, soundness. */
export const LEDGER_METHODS = {
  /** What happened to a message in the last 30 days, newest first (SYNC-315). */
  'messages.history': method('reader', z.strictObject({ messageId: MessageId }), z.array(HistoryEntry)),
  /** What undo and redo mean next, by what was done before this window was there (SYNC-246). */
  'gestures.next': method(
    'reader',
    Empty,
    z.object({ undo: GestureView.nullable(), redo: GestureView.nullable() }),
  ),
  /**
   * What a window has missed since a position of the change log (SYNC-314, APP-395): the topics of what changed, to be
   * treated as a notice of them; `conversations` = any conversation may have changed. Null asks for the position only;
   * 'everything' = what happened is not remembered, or more than is worth telling apart.
   */
  'changes.missed': method(
    'reader',
    z.strictObject({ since: Seq.nullable() }),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('topics'), seq: Seq, topics: z.array(Topic), conversations: z.boolean() }),
      z.object({ kind: z.literal('everything'), seq: Seq }),
    ]),
  ),
  /** What an account's engine is doing at this moment, for people who look for the cause of something (SYNC-404, 411). */
  'accounts.inspect': method(
    'engine',
    z.strictObject({ accountId: AccountId }),
    z.object({
      state: AccountState,
      /** False while the account is paused, offline or local: nothing of it runs. */
      running: z.boolean(),
      step: z.string(),
      /** What is open to the server; 'watch' is told of new mail. */
      connections: z.array(
        z.object({
          role: z.enum(['interactive', 'bulk', 'watch']),
          mailbox: z.string().nullable(),
          busy: z.boolean(),
        }),
      ),
      watch: z.enum(['idle', 'poll', 'none']),
      queue: z.object({
        waiting: z.int(),
        parked: z.int(),
        nextDueAt: Instant.nullable(),
        oldestAt: Instant.nullable(),
      }),
      /** The lane that hands messages over; null = nothing is sent from here, or nothing of the account runs. */
      submit: z
        .object({
          step: z.enum(['submit', 'look', 'conclude', 'file', 'check', 'wait']),
          queued: z.int(),
          unknown: z.int(),
          filing: z.int(),
          nextAttemptInMs: z.int().nullable(),
        })
        .nullable(),
      /** Milliseconds until the server is asked again by itself; null = only when a person asks. */
      nextAttemptInMs: z.int().nullable(),
      factsAgeMs: z.int().nullable(),
      /** The thread all accounts share; `delay` is null until somebody has been looking for a moment. */
      loop: z.object({
        busyShare: z.number(),
        meanTurnMs: z.number(),
        delay: z.object({ p99Ms: z.number(), maxMs: z.number() }).nullable(),
      }),
      /** Since the account was started. */
      totals: z.object({
        fetched: z.int(),
        changed: z.int(),
        removed: z.int(),
        pushed: z.int(),
        parked: z.int(),
        /** What looking for the outcome of a lost answer found (SYNC-255), in messages; `undecided` in changes. */
        probedDone: z.int(),
        probedNotDone: z.int(),
        probedUndecided: z.int(),
        roundTrips: z.int(),
        bytesIn: z.int(),
        bytesOut: z.int(),
      }),
    }),
  ),
  /**
   * `clean` is false after a crash or a power cut: the host has the store checked in the background; `fullCheckAt`:
   * when the whole file was last looked through, null = never (SYNC-393).
   */
  'integrity.state': method(
    'engine',
    Empty,
    z.object({ clean: z.boolean(), fullCheckAt: Instant.nullable() }),
  ),
  /** The whole file was looked through a moment ago. */
  'integrity.noteFullCheck': method('engine', Empty, Done),
  /**
   * Takes as long as the database is large: only a worker that answers nothing else may run it. `full`: every index is
   * compared with its table too.
   */
  'integrity.check': method(
    'reader',
    z.strictObject({ full: z.boolean() }),
    z.array(z.object({ name: z.string(), problems: z.array(z.string()) })),
  ),
  /** What the check found wrong: screen and counters are made again now, a broken file is replaced at the next start. */
  'integrity.mend': method('engine', z.strictObject({ brokenFile: z.boolean() }), Done),
  /** Calls of the contract since the start, by method, with a histogram of how long they took (CLI-051). */
  'stats.get': method(
    'host',
    Empty,
    z.object({
      since: Instant,
      /** Upper bounds of the buckets in milliseconds; there is one bucket more. */
      boundsMs: z.array(z.number()),
      methods: z.array(
        z.object({
          method: z.string(),
          count: z.int(),
          failed: z.int(),
          meanMs: z.number(),
          maxMs: z.number(),
          buckets: z.array(z.int()),
        }),
      ),
    }),
  ),
} as const;
