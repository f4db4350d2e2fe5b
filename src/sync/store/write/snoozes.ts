import type { MailboxRole, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import type { SnoozeStep } from './gestures';

const PUT = writeSql(
  `INSERT INTO snoozes (message_id, mailbox_id, until, state) VALUES (?, ?, ?, ?)
   ON CONFLICT (message_id) DO UPDATE SET mailbox_id = excluded.mailbox_id, until = excluded.until,
     state = excluded.state`,
);
const DROP = writeSql('DELETE FROM snoozes WHERE message_id = ?');
const THREAD = readSql<{ thread_id: number }>('SELECT thread_id FROM messages WHERE id = ?');
const ANY_ASLEEP = readSql<{ message_id: number }>(
  "SELECT message_id FROM snoozes WHERE state = 'asleep' LIMIT 1",
);
const ROLE = readSql<{ role: MailboxRole | null }>(
  "SELECT nullif(coalesce(role_override, role), 'none') AS role FROM mailboxes WHERE id = ?",
);
const ASLEEP_BEFORE = readSql<{ message_id: number; thread_id: number }>(
  `SELECT z.message_id, a.thread_id FROM messages a CROSS JOIN messages m ON m.thread_id = a.thread_id
     CROSS JOIN snoozes z ON z.message_id = m.id
   WHERE a.id = ? AND m.received_at <= a.received_at AND z.state = 'asleep'`,
);
const ANSWER = writeSql("UPDATE snoozes SET state = 'answered' WHERE message_id = ?");

/** Mail that comes in here is no answer somebody waits for. */
const NO_ANSWERS: readonly (MailboxRole | null)[] = ['sent', 'drafts', 'trash', 'junk'];

/** Sets or takes away what only this computer knows of the messages; nothing is queued for a server. */
export function applySnoozeSteps(tx: WriteTx, steps: readonly SnoozeStep[]): void {
  for (const { messageId, to } of steps) {
    const thread = prepared(tx.db, THREAD).get(messageId);
    if (!thread) continue;
    if (to) prepared(tx.db, PUT).run(messageId, to.mailboxId, to.until, to.state);
    else prepared(tx.db, DROP).run(messageId);
    changed(tx, messageId, thread.thread_id);
  }
}

/**
 * Ends the sleep of messages whose conversation got a newer one: people expect the answer to bring it back at once.
 * Old mail that is found later has an older date and wakes nobody.
 */
export function wakeByAnswers(tx: WriteTx, mailboxId: number, added: readonly MessageId[]): void {
  if (added.length === 0 || !prepared(tx.db, ANY_ASLEEP).get()) return;
  if (NO_ANSWERS.includes(prepared(tx.db, ROLE).get(mailboxId)?.role ?? null)) return;
  for (const id of added) {
    for (const { message_id, thread_id } of prepared(tx.db, ASLEEP_BEFORE).all(id)) {
      prepared(tx.db, ANSWER).run(message_id);
      changed(tx, message_id, thread_id);
    }
  }
}

function changed(tx: WriteTx, messageId: number, threadId: number): void {
  tx.dirty.threads.set(threadId, null);
  tx.log(COLLECTIONS.snoozes, messageId, 'change');
  tx.touch(`body:${messageId}`);
}
