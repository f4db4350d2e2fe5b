/**
 * What every pushed action shares: the write selection, the validity check before every write, and the memory of
 * whether something was written when the link breaks (SYNC 7.2).
 */
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { PushItemResult, PushReport, RemoteMessage } from '../contract';
import { UNKNOWN_OUTCOME } from './failure-translation';
import { refused, VALIDITY_CHANGED } from './pull-failures';
import type { ServerStatus } from './response-line';
import type { SelectedMailbox } from './selected-mailbox';
import type { CommandOptions, CommandResult, ImapSession } from './session';
import { formatUidSets } from './uid-set';
import type { Argument } from './wire';

export class PushRun {
  readonly session: ImapSession;
  #written = false;

  constructor(session: ImapSession) {
    this.session = session;
  }

  /** A command that changes something at the server. */
  async write(
    name: string,
    args: readonly Argument[],
    options?: CommandOptions,
  ): Promise<CommandResult<ServerStatus>> {
    const reply = await this.session.command(name, args, options);
    if (reply.ok || (reply.error.kind === 'lost' && reply.error.sent)) this.#written = true;
    return reply;
  }

  /** The end of the run by a broken link: what was certainly not begun is simply offline. */
  async report<T>(result: CommandResult<T>): Promise<Outcome<T>> {
    if (result.ok) return ok(result.value);
    if (result.error.kind === 'lost' && this.#written) return fail(UNKNOWN_OUTCOME);
    return fail(result.error.failure);
  }
}

/** Selects for writing; a read-only mailbox and a changed UIDVALIDITY end the action before anything is sent. */
export async function selectForWrite(
  session: ImapSession,
  remoteKey: string,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<SelectedMailbox>> {
  const selected = await session.ensureSelected(remoteKey, true);
  if (!selected.ok) return selected;
  if (!selected.value.writable) return refused(READ_ONLY);
  if (messages.some(({ uidValidity }) => uidValidity !== selected.value.uidValidity))
    return refused(VALIDITY_CHANGED);
  // A session sees what came since its SELECT only once it was told: without, a message just arrived would be "gone".
  const newest = Math.max(0, ...messages.map(({ uid }) => uid));
  if (newest < selected.value.seenBelow) return selected;
  const told = await session.command('NOOP');
  if (!told.ok) return told;
  selected.value.seenBelow = newest + 1;
  return selected;
}

const READ_ONLY: Failure = { kind: 'rejected', code: 'READ-ONLY', message: 'This folder can only be read.' };

/** Sets of UIDs that fit a command line each, with the messages in them. */
export function batchesOf(
  messages: readonly RemoteMessage[],
): { readonly set: string; readonly messages: RemoteMessage[] }[] {
  const byUid = new Map(messages.map((message) => [message.uid, message]));
  return formatUidSets(rangesFromUids([...byUid.keys()])).map((set) => ({
    set,
    messages: set.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split(':').map(Number);
      const uids = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      return uids.flatMap((uid) => byUid.get(uid) ?? []);
    }),
  }));
}

export function goneItems(messages: readonly RemoteMessage[]): PushItemResult[] {
  return messages.map(({ uid }) => ({ uid, result: 'gone' }));
}

export function doneItems(messages: readonly RemoteMessage[]): PushItemResult[] {
  return messages.map(({ uid }) => ({ uid, result: 'done', newUid: null, newUidValidity: null }));
}

export function failedItems(messages: readonly RemoteMessage[], failure: Failure): PushItemResult[] {
  return messages.map(({ uid }) => ({ uid, result: 'failed', failure }));
}

export function reportOf(items: readonly PushItemResult[]): PushReport {
  return { items, createdRemoteKey: null };
}
