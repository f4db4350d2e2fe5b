import type { AccountId, ChangeId, MailboxId, PendingState } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { isMailboxArgs, type MailboxArgs, parseArgs } from '../pending-args';
import { type MailboxIntent, replayMailboxes } from '../replay-mailboxes';
import { prepared, readSql } from '../sql';
import { getMailbox, listMailboxes, type MailboxRow } from './mailboxes';

const OPEN = readSql<{ id: ChangeId; kind: string; args_json: string; state: PendingState }>(
  `SELECT id, kind, args_json, state FROM pending_changes INDEXED BY pending_changes_mailboxes
   WHERE account_id = ? AND lane = 'mailboxes' AND state <> 'parked' ORDER BY id`,
);

const LEAVING = readSql<{ id: number; state: PendingState }>(
  `SELECT c.id, c.state FROM placements p JOIN pending_targets t ON t.message_id = p.message_id
     AND t.mailbox_id = p.mailbox_id JOIN pending_changes c ON c.id = t.change_id
     WHERE p.mailbox_id = @id AND p.verified = 1
   UNION ALL SELECT c.id, c.state FROM placements p JOIN pending_targets t ON t.message_id = p.message_id
     AND t.mailbox_id = p.mailbox_id JOIN pending_changes c ON c.id = t.change_id
     WHERE p.mailbox_id = @id AND p.verified = 0`,
);

/** A change of a mailbox that is neither settled nor set aside. */
export interface OpenMailboxChange {
  readonly id: ChangeId;
  readonly state: PendingState;
  readonly args: MailboxArgs;
  /** Nothing of it is at the server: it may still be merged or taken out. */
  readonly untouched: boolean;
}

/** In order of intent. */
export function openMailboxChanges(db: ReadableDb, accountId: AccountId): OpenMailboxChange[] {
  return prepared(db, OPEN)
    .all(accountId)
    .flatMap(({ id, kind, args_json, state }) => {
      const args = parseArgs(kind, args_json);
      return args && isMailboxArgs(args) ? [{ id, state, args, untouched: state === 'waiting' }] : [];
    });
}

/** The account's mailboxes as people see them, pending changes of theirs included (SYNC-042). */
export function screenMailboxes(db: ReadableDb, accountId: AccountId): MailboxRow[] {
  const living = listMailboxes(db, accountId).filter(({ tombstonedAt }) => tombstonedAt === null);
  const intents = openMailboxChanges(db, accountId).map(({ args }) => args);
  return replayMailboxes(living, intents.filter(isIntent));
}

/** One mailbox as people see it; null when it is gone or about to be. */
export function screenMailbox(db: ReadableDb, mailboxId: MailboxId): MailboxRow | null {
  const fact = getMailbox(db, mailboxId);
  if (!fact) return null;
  return screenMailboxes(db, fact.accountId).find(({ id }) => id === mailboxId) ?? null;
}

/** Changes that still take messages out of the mailbox, by id: before they are through it cannot be deleted. */
export function leavingChanges(db: ReadableDb, mailboxId: MailboxId): ReadonlyMap<number, PendingState> {
  return new Map(
    prepared(db, LEAVING)
      .all({ id: mailboxId })
      .map(({ id, state }) => [id, state]),
  );
}

function isIntent(args: MailboxArgs): args is MailboxIntent {
  return args.kind !== 'create-mailbox';
}
