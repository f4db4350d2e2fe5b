import type { ReadableDb } from '../handles';
import { parseArgs } from '../pending-args';
import type { Intent } from '../replay';
import { prepared, readSql } from '../sql';

const INTENTS = readSql<{ kind: string; args_json: string; mailbox_id: number }>(
  `SELECT c.kind, c.args_json, t.mailbox_id FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id
   WHERE t.message_id = ? AND c.state <> 'parked' ORDER BY t.change_id`,
);

/** The unsettled intents on a message in the order they were asked for; parked ones are off the screen (SYNC-242). */
export function intentsOf(db: ReadableDb, messageId: number): Intent[] {
  const intents: Intent[] = [];
  for (const row of prepared(db, INTENTS).all(messageId)) {
    const intent = toIntent(row.kind, row.args_json, row.mailbox_id);
    if (intent) intents.push(intent);
  }
  return intents;
}

/** Null for kinds that do not concern a message's screen, and for arguments nobody understands (SYNC-250). */
export function toIntent(kind: string, argsJson: string, sourceMailboxId: number): Intent | null {
  const args = parseArgs(kind, argsJson);
  if (!args) return null;
  switch (args.kind) {
    case 'keywords':
      return { kind: 'keywords', add: args.add, remove: args.remove };
    case 'move':
      return { kind: 'move', from: sourceMailboxId, to: args.toMailboxId, aim: args.aim };
    case 'delete':
      return { kind: 'delete', from: sourceMailboxId };
    // Its message leaves the drafts at once; how it leaves the server is another matter.
    case 'discard-draft':
      return { kind: 'delete', from: sourceMailboxId };
    case 'append':
    case 'save-draft':
    case 'create-mailbox':
    case 'rename-mailbox':
    case 'delete-mailbox':
    case 'subscribe-mailbox':
      return null;
  }
}
