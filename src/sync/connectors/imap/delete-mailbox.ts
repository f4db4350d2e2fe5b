/** DELETE (SYNC-042), only of an empty mailbox and only of the one that was meant: nothing is lost with it. */
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { PushAction, PushReport, WireRecord } from '../contract';
import { atom, mailbox } from './arguments';
import { findListed } from './find-listed';
import { isSelectable } from './list-line';
import { fetchStatus } from './mailbox-status';
import { refused } from './pull-failures';
import type { PushRun } from './push-run';
import { leave } from './rename-mailbox';
import type { CommandResult, ImapSession } from './session';
import { tokenText } from './tokens';

export type DeletionAction = Extract<PushAction, { kind: 'delete-mailbox' }>;

const NOT_EMPTY: Failure = {
  kind: 'conflict',
  message: 'Mail lies in this folder that was not there when you deleted it.',
  hint: 'Discard this, look at the folder, then delete it again.',
};
const ANOTHER: Failure = {
  kind: 'conflict',
  message: 'On another device this folder was deleted and one of the same name was made.',
  hint: 'Discard this: the new folder is left alone.',
};

/** Notes which mailbox bears the name now, so that after a lost answer no other one is taken for it. */
export async function prepareDeletion(
  session: ImapSession,
  action: DeletionAction,
): Promise<Outcome<WireRecord>> {
  const status = await fetchStatus(session, action.remoteKey);
  // A container has no status, and of one that is gone the deletion itself is told.
  if (!status.ok)
    return status.error.kind === 'lost'
      ? fail(status.error.failure)
      : ok({ source: null, destination: null });
  const source = status.value.status;
  if (action.uidValidity !== null && source !== null && source.uidValidity !== action.uidValidity)
    return fail(ANOTHER);
  return ok({ source, destination: null });
}

export async function deleteMailbox(
  run: PushRun,
  { remoteKey }: DeletionAction,
): Promise<CommandResult<PushReport>> {
  const { session } = run;
  const done = ok({ items: [], createdRemoteKey: remoteKey });
  const listed = await findListed(session, remoteKey);
  if (!listed.ok) return listed;
  if (!listed.value) return done;
  if (isSelectable(listed.value)) {
    const holds = await holdsMail(session, remoteKey);
    if (!holds.ok) return holds;
    if (holds.value) return refused(NOT_EMPTY);
  }
  const left = await leave(session, remoteKey);
  if (!left.ok) return left;
  const deleted = await run.write('DELETE', [mailbox(remoteKey)]);
  if (!deleted.ok && (deleted.error.kind === 'lost' || deleted.error.status.code !== 'NONEXISTENT'))
    return deleted;
  // Servers keep the subscription to a name that is gone (RFC 9051 6.3.5).
  const forgotten = await run.write('UNSUBSCRIBE', [mailbox(remoteKey)]);
  return !forgotten.ok && forgotten.error.kind === 'lost' ? forgotten : done;
}

/** What is only marked \Deleted does not count: nobody sees it (SYNC-091). */
async function holdsMail(session: ImapSession, remoteKey: string): Promise<CommandResult<boolean>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) return selected;
  if (selected.value.exists === 0) return ok(false);
  let found = false;
  const esearch = session.capabilities.esearch;
  const args = [...(esearch ? [atom('RETURN'), [atom('COUNT')]] : []), atom('UNDELETED')];
  const reply = await session.command('UID SEARCH', args, {
    onLine: (line) => {
      const tokens = line.tokens();
      if (line.name === 'SEARCH') found ||= tokens.length > 0;
      if (line.name !== 'ESEARCH') return;
      const at = tokens.findIndex((token) => tokenText(token)?.toUpperCase() === 'COUNT');
      found ||= at >= 0 && tokenText(tokens[at + 1]) !== '0';
    },
  });
  return reply.ok ? ok(found) : reply;
}
