/** RENAME (SYNC-042): the server takes what lies in a mailbox along; subscriptions have to be carried over. */
import { ok } from '../../../shared/outcome';
import type { PushAction, PushReport } from '../contract';
import { mailbox } from './arguments';
import { BAD_NAME } from './create-mailbox';
import { newKey } from './new-key';
import { refused } from './pull-failures';
import type { PushRun } from './push-run';
import type { CommandResult, ImapSession } from './session';

export type RenameAction = Extract<PushAction, { kind: 'rename-mailbox' }>;

export async function renameMailbox(run: PushRun, action: RenameAction): Promise<CommandResult<PushReport>> {
  const { session } = run;
  const toKey = newKey(session, action.parent, [action.name]);
  if (toKey === null) return refused(BAD_NAME);
  const left = await leave(session, action.remoteKey);
  if (!left.ok) return left;
  const renamed = await run.write('RENAME', [mailbox(action.remoteKey), mailbox(toKey)]);
  if (!renamed.ok) return renamed;
  const followed = await carrySubscriptions(run, action, toKey);
  return followed.ok ? ok({ items: [], createdRemoteKey: toKey }) : followed;
}

/** Harmless to repeat; a server that refuses one loses only that subscription. */
export async function carrySubscriptions(
  run: PushRun,
  { remoteKey, subscribed }: RenameAction,
  toKey: string,
): Promise<CommandResult<null>> {
  for (const old of subscribed) {
    const renamed = `${toKey}${old.slice(remoteKey.length)}`;
    for (const [command, name] of [
      ['SUBSCRIBE', renamed],
      ['UNSUBSCRIBE', old],
    ] as const) {
      const reply = await run.write(command, [mailbox(name)]);
      if (!reply.ok && reply.error.kind === 'lost') return reply;
    }
  }
  return ok(null);
}

/** Servers refuse to rename or delete what is selected, or what lies in it stays selected under a name that is gone. */
export async function leave(session: ImapSession, remoteKey: string): Promise<CommandResult<null>> {
  return session.selected?.remoteKey.startsWith(remoteKey) ? await session.unselect() : ok(null);
}
