/** Looks what became of a change of a mailbox whose answer was lost (SYNC 7.3): by the names the server lists. */
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import type { MailboxAction, ProbeReport, WireRecord } from '../contract';
import type { DeletionAction } from './delete-mailbox';
import { findListed } from './find-listed';
import { isSelectable } from './list-line';
import { fetchStatus } from './mailbox-status';
import { newKey } from './new-key';
import { refused } from './pull-failures';
import { PushRun } from './push-run';
import { carrySubscriptions, type RenameAction } from './rename-mailbox';
import type { CommandResult, ImapSession } from './session';

const BOTH: Failure = { kind: 'conflict', message: 'Folders of the old and of the new name exist.' };

export async function probeMailbox(
  session: ImapSession,
  action: MailboxAction,
  wire: WireRecord,
): Promise<CommandResult<ProbeReport>> {
  const key = await doneAs(session, action, wire);
  return key.ok ? ok({ done: [], repeat: [], gone: [], mailboxKey: key.value }) : key;
}

/** The mailbox's name where it is certainly done; null where repeating is right. */
async function doneAs(
  session: ImapSession,
  action: MailboxAction,
  wire: WireRecord,
): Promise<CommandResult<string | null>> {
  switch (action.kind) {
    case 'create-mailbox':
    case 'subscribe-mailbox':
      return ok(null);
    case 'rename-mailbox':
      return await renamedAs(session, action);
    case 'delete-mailbox':
      return await deletedAs(session, action, wire);
  }
}

/** Old only: repeat; new only: done; both: nobody can tell. With neither the facts decide. */
async function renamedAs(session: ImapSession, action: RenameAction): Promise<CommandResult<string | null>> {
  const toKey = newKey(session, action.parent, [action.name]);
  const old = await findListed(session, action.remoteKey);
  if (!old.ok) return old;
  const renamed = toKey === null ? ok(null) : await findListed(session, toKey);
  if (!renamed.ok) return renamed;
  if (old.value && renamed.value) return refused(BOTH);
  if (toKey === null || !renamed.value) return ok(null);
  const followed = await carrySubscriptions(new PushRun(session), action, toKey);
  return followed.ok ? ok(toKey) : followed;
}

/** Never repeated when the name belongs to another mailbox now; a container is what is left of one that held others. */
async function deletedAs(
  session: ImapSession,
  { remoteKey, uidValidity }: DeletionAction,
  { source }: WireRecord,
): Promise<CommandResult<string | null>> {
  const listed = await findListed(session, remoteKey);
  if (!listed.ok) return listed;
  const meant = source?.uidValidity ?? uidValidity;
  if (!listed.value) return ok(remoteKey);
  if (!isSelectable(listed.value)) return ok(meant === null ? null : remoteKey);
  const status = await fetchStatus(session, remoteKey);
  if (!status.ok) return status;
  return ok(status.value.status?.uidValidity === meant ? null : remoteKey);
}
