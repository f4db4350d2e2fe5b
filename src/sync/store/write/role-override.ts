import type { MailboxId, MailboxRole } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { NO_ROLE } from '../read/mailboxes';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

export type RoleOverride = MailboxRole | typeof NO_ROLE | null;

const SET = writeSql('UPDATE mailboxes SET role_override = ? WHERE id = ?');
const ROLES = readSql<{ id: MailboxId; role: MailboxRole | null; role_override: RoleOverride }>(
  'SELECT id, role, role_override FROM mailboxes WHERE account_id = ? AND tombstoned_at IS NULL',
);
const THREADS_IN = readSql<{ thread_id: number }>(
  'SELECT m.thread_id FROM memberships s JOIN messages m ON m.id = s.message_id WHERE s.mailbox_id = ?',
);

/** One mailbox whose role the user chose: what was chosen for it before and is now; null = as the server says. */
export interface RoleStep {
  readonly kind: 'role';
  readonly mailboxId: MailboxId;
  readonly from: RoleOverride;
  readonly to: RoleOverride;
}

/**
 * What has to be chosen so that the mailbox has this role and no other one does (SYNC-037); null = no role, and its
 * former one goes back to the mailbox the server names.
 */
export function planRole(
  db: ReadableDb,
  mailbox: { id: MailboxId; accountId: number },
  role: MailboxRole | null,
): RoleStep[] {
  const rows = prepared(db, ROLES).all(mailbox.accountId);
  const own = rows.find(({ id }) => id === mailbox.id);
  if (!own) return [];
  const former =
    own.role_override === null ? own.role : own.role_override === NO_ROLE ? null : own.role_override;
  return rows.flatMap((row): RoleStep[] => {
    const { id: mailboxId, role_override: from } = row;
    const to = choice(row);
    return to === from ? [] : [{ kind: 'role', mailboxId, from, to }];
  });

  function choice(row: {
    id: MailboxId;
    role: MailboxRole | null;
    role_override: RoleOverride;
  }): RoleOverride {
    if (row.id === mailbox.id) return row.role === role ? null : (role ?? NO_ROLE);
    const given = row.role_override === null ? row.role : row.role_override;
    if (role !== null && given === role) return row.role === role ? NO_ROLE : null;
    return former !== null && former !== role && row.role === former && row.role_override === NO_ROLE
      ? null
      : row.role_override;
  }
}

export function setRoleOverride(tx: WriteTx, mailboxId: MailboxId, to: RoleOverride): void {
  prepared(tx.db, SET).run(to, mailboxId);
  // Lists over all accounts go by role: every thread in it may enter or leave some.
  for (const { thread_id } of prepared(tx.db, THREADS_IN).iterate(mailboxId))
    tx.dirty.threads.set(thread_id, null);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
  tx.touch('lists');
}

/** A listing may have given a role to a mailbox that the user gave to another one: the user's choice stays. */
export function keepChosenRoles(tx: WriteTx, accountId: number): void {
  const rows = prepared(tx.db, ROLES).all(accountId);
  const chosen = new Set(rows.flatMap(({ role_override }) => role_override ?? []));
  for (const { id, role, role_override } of rows)
    if (role_override === null && role !== null && chosen.has(role)) setRoleOverride(tx, id, NO_ROLE);
}

export function overrideOf(db: ReadableDb, accountId: number, mailboxId: MailboxId): RoleOverride {
  return (
    prepared(db, ROLES)
      .all(accountId)
      .find(({ id }) => id === mailboxId)?.role_override ?? null
  );
}
