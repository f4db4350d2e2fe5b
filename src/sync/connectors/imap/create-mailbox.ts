/** CREATE under the personal prefix, with its role where the server can keep it (SYNC-038, SYNC-042). */
import type { MailboxRole } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import type { PushAction, PushReport } from '../contract';
import { atom, mailbox } from './arguments';
import { findListed } from './find-listed';
import { isSelectable } from './list-line';
import { newKey } from './new-key';
import { refused } from './pull-failures';
import type { PushRun } from './push-run';
import type { CommandResult } from './session';

type CreateAction = Extract<PushAction, { kind: 'create-mailbox' }>;

const USE: Partial<Record<MailboxRole, string>> = {
  archive: '\\Archive',
  drafts: '\\Drafts',
  sent: '\\Sent',
  trash: '\\Trash',
  junk: '\\Junk',
};

export const BAD_NAME: Failure = {
  kind: 'invalid',
  message: 'A folder cannot have this name on this server.',
};

export async function createMailbox(run: PushRun, action: CreateAction): Promise<CommandResult<PushReport>> {
  const { session } = run;
  const remoteKey = newKey(
    session,
    action.parent ?? null,
    action.parent ? action.path.slice(-1) : action.path,
  );
  if (remoteKey === null) return refused(BAD_NAME);
  const use = action.role && session.advertised.has('CREATE-SPECIAL-USE') ? USE[action.role] : undefined;
  const created = await run.write('CREATE', [
    mailbox(remoteKey),
    ...(use ? [[atom('USE'), [atom(use)]]] : []),
  ]);
  // Already there, by us in an unknown attempt or by somebody else: adopted (SYNC 7.3).
  if (!created.ok) {
    if (created.error.kind === 'lost') return created;
    const there = await findListed(session, remoteKey);
    if (!there.ok) return there;
    if (!there.value || !isSelectable(there.value)) return created;
  }
  const subscribed = await run.write('SUBSCRIBE', [mailbox(remoteKey)]);
  if (!subscribed.ok && subscribed.error.kind === 'lost') return subscribed;
  return ok({ items: [], createdRemoteKey: remoteKey });
}
