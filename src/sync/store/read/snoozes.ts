import { type AccountId, type MessageId, SNOOZE_UNTIL, type ThreadId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { Snooze } from '../snooze';
import { prepared, readSql } from '../sql';

const SNOOZE = readSql<Snooze>(
  'SELECT mailbox_id AS mailboxId, until, state FROM snoozes WHERE message_id = ?',
);
const DUE = readSql<DueSnooze>(
  `SELECT z.message_id AS messageId, m.account_id AS accountId, m.thread_id AS threadId
   FROM snoozes z CROSS JOIN messages m ON m.id = z.message_id CROSS JOIN accounts a ON a.id = m.account_id
   WHERE z.state = ? AND z.until <= ? AND a.state <> 'removing' ORDER BY z.until LIMIT ?`,
);
const ONLINE = readSql<DueSnooze>(
  `SELECT z.message_id AS messageId, m.account_id AS accountId, m.thread_id AS threadId
   FROM snoozes z CROSS JOIN messages m ON m.id = z.message_id CROSS JOIN accounts a ON a.id = m.account_id
   WHERE z.state = 'asleep' AND z.until = ? AND a.state = 'ok' LIMIT ?`,
);
const EARLIEST = readSql<{ until: number }>(
  "SELECT until FROM snoozes WHERE state = 'asleep' AND until < ? ORDER BY until LIMIT 1",
);
const ASLEEP = readSql<{ messageId: MessageId }>(
  "SELECT message_id AS messageId FROM snoozes WHERE state = 'asleep' ORDER BY until, message_id LIMIT ? OFFSET ?",
);

const COUNT = readSql<{ n: number }>(
  `SELECT count(*) AS n FROM snoozes z CROSS JOIN messages m ON m.id = z.message_id
   WHERE z.state = 'asleep' AND m.account_id = ?`,
);

/** Messages of an account that are put off (SYNC-380). */
export function countSnoozed(db: ReadableDb, accountId: AccountId): number {
  return prepared(db, COUNT).get(accountId)?.n ?? 0;
}

export interface DueSnooze {
  readonly messageId: MessageId;
  readonly accountId: AccountId;
  readonly threadId: ThreadId;
}

/** Null when the message is not put off, nor back with a note. */
export function readSnooze(db: ReadableDb, messageId: MessageId): Snooze | null {
  return prepared(db, SNOOZE).get(messageId) ?? null;
}

/** What has to be brought back or cleared away now, the answered ones first; at most `limit`. */
export function dueSnoozes(db: ReadableDb, nowMs: number, limit: number): DueSnooze[] {
  const due = prepared(db, DUE);
  const answered = due.all('answered', Number.MAX_SAFE_INTEGER, limit);
  const timely = due.all('asleep', nowMs, limit - answered.length);
  const left = limit - answered.length - timely.length;
  return [...answered, ...timely, ...prepared(db, ONLINE).all(SNOOZE_UNTIL.online, left)];
}

/** When the next message wakes up (milliseconds UTC); null when none sleeps until an instant. */
export function earliestSnooze(db: ReadableDb): number | null {
  return prepared(db, EARLIEST).get(SNOOZE_UNTIL.online)?.until ?? null;
}

/** Messages put off, the one that comes back next first. */
export function asleepMessages(db: ReadableDb, offset: number, limit: number): MessageId[] {
  return prepared(db, ASLEEP)
    .all(limit, offset)
    .map(({ messageId }) => messageId);
}
