/** preparePush, push and probePush (SYNC 7.3): written down first, done once, looked at before it is repeated. */

import type { MailboxStatus } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import {
  isMailboxAction,
  type ProbeReport,
  type PushAction,
  type PushReport,
  type WireRecord,
} from '../contract';
import { createMailbox } from './create-mailbox';
import { deleteMailbox, prepareDeletion } from './delete-mailbox';
import { deleteMessages } from './delete-messages';
import { findCopies } from './find-copies';
import { fetchStatus } from './mailbox-status';
import { moveMessages } from './move-messages';
import { probeMailbox } from './probe-mailbox';
import { refused, VALIDITY_CHANGED } from './pull-failures';
import { pushKeywords } from './push-keywords';
import { PushRun, selectForWrite } from './push-run';
import { renameMailbox } from './rename-mailbox';
import type { SelectedMailbox } from './selected-mailbox';
import type { CommandResult, ImapSession } from './session';
import { subscribeMailbox } from './subscribe-mailbox';
import { fetchFingerprints, findPresent } from './uid-facts';

/**
 * A move and the deletion of a mailbox need a note: the other actions are harmless to repeat, or told by the names alone.
 * Leaves the source of a move selected for the push.
 */
export async function preparePush(session: ImapSession, action: PushAction): Promise<Outcome<WireRecord>> {
  if (action.kind === 'delete-mailbox') return await prepareDeletion(session, action);
  if (action.kind !== 'move') return ok({ source: null, destination: null });
  const destination = await fetchStatus(session, action.toRemoteKey);
  // A missing destination is told by the move itself, message by message.
  if (!destination.ok && destination.error.kind === 'lost') return fail(destination.error.failure);
  const source = await selectForWrite(session, action.remoteKey, action.messages);
  if (!source.ok) return fail(source.error.failure);
  const nameless = action.messages.filter(({ identity }) => identity === null).map(({ uid }) => uid);
  const fingerprints = await fetchFingerprints(session, rangesFromUids(nameless));
  if (!fingerprints.ok) return fail(fingerprints.error.failure);
  return ok({
    source: toStatus(source.value),
    destination: destination.ok ? destination.value.status : null,
    ...(fingerprints.value.size > 0 ? { fingerprints: Object.fromEntries(fingerprints.value) } : {}),
  });
}

export async function push(
  session: ImapSession,
  action: PushAction,
  wire: WireRecord,
): Promise<Outcome<PushReport>> {
  const run = new PushRun(session);
  return await run.report(await dispatch(run, action, wire));
}

function dispatch(run: PushRun, action: PushAction, wire: WireRecord): Promise<CommandResult<PushReport>> {
  switch (action.kind) {
    case 'keywords':
      return pushKeywords(run, action);
    case 'move':
      return moveMessages(run, action, wire);
    case 'delete':
      return deleteMessages(run, action);
    case 'create-mailbox':
      return createMailbox(run, action);
    case 'rename-mailbox':
      return renameMailbox(run, action);
    case 'delete-mailbox':
      return deleteMailbox(run, action);
    case 'subscribe-mailbox':
      return subscribeMailbox(run, action);
  }
}

export async function probePush(
  session: ImapSession,
  action: PushAction,
  wire: WireRecord,
): Promise<Outcome<ProbeReport>> {
  const result = await look(session, action, wire);
  return result.ok ? ok(result.value) : fail(result.error.failure);
}

async function look(
  session: ImapSession,
  action: PushAction,
  wire: WireRecord,
): Promise<CommandResult<ProbeReport>> {
  if (isMailboxAction(action)) return await probeMailbox(session, action, wire);
  if (action.kind === 'keywords')
    return ok({ done: [], repeat: action.messages.map(({ uid }) => uid), gone: [] });
  const copies = action.kind === 'move' ? await findCopies(session, action, wire) : ok(null);
  if (!copies.ok) return copies;
  const source = await session.select(action.remoteKey, false);
  if (!source.ok) return source;
  if (action.messages.some(({ uidValidity }) => uidValidity !== source.value.uidValidity))
    return refused(VALIDITY_CHANGED);
  const presence = await findPresent(session, action.messages);
  if (!presence.ok) return presence;
  const isDone = (uid: number) => action.kind === 'delete' || copies.value?.newUids.has(uid) === true;
  return ok({
    // Still in the source: the push finds an unfinished copy by itself.
    repeat: presence.value.present.map(({ uid }) => uid),
    done: presence.value.gone
      .filter(({ uid }) => isDone(uid))
      .map(({ uid }) => ({
        uid,
        newUid: copies.value?.newUids.get(uid) ?? null,
        newUidValidity: copies.value?.uidValidity ?? null,
      })),
    gone: presence.value.gone.filter(({ uid }) => !isDone(uid)).map(({ uid }) => uid),
  });
}

function toStatus(selected: SelectedMailbox): MailboxStatus {
  return {
    messages: selected.exists,
    unseen: 0,
    uidNext: selected.uidNext ?? 0,
    uidValidity: selected.uidValidity ?? '',
    highestModseq: selected.highestModseq,
  };
}
