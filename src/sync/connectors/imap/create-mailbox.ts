/** CREATE under the personal prefix, with its role where the server can keep it (SYNC-038, SYNC-042). */
import type { MailboxRole } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import type { PushAction, PushReport } from '../contract';
import { atom, mailbox } from './arguments';
import { encodeMailboxName } from './mailbox-name';
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

const BAD_NAME: Failure = { kind: 'invalid', message: 'A folder cannot have this name on this server.' };

export async function createMailbox(run: PushRun, action: CreateAction): Promise<CommandResult<PushReport>> {
  const { session } = run;
  const { prefix, delimiter } = session.wire.namespaces?.personal[0] ?? { prefix: '', delimiter: null };
  const levels = action.path.map(encodeMailboxName);
  const isBad = (level: string) =>
    level === '' || (delimiter ? level.includes(delimiter) : action.path.length > 1);
  if (levels.length === 0 || levels.some(isBad)) return refused(BAD_NAME);
  const joined = levels.join(delimiter ?? '');
  const remoteKey = joined.toUpperCase().startsWith(prefix.toUpperCase()) ? joined : `${prefix}${joined}`;
  const use = action.role && session.advertised.has('CREATE-SPECIAL-USE') ? USE[action.role] : undefined;
  const created = await run.write('CREATE', [
    mailbox(remoteKey),
    ...(use ? [[atom('USE'), [atom(use)]]] : []),
  ]);
  // Already there, by us in an unknown attempt or by somebody else: adopted (SYNC 7.3).
  if (!created.ok && (created.error.kind === 'lost' || created.error.status.code !== 'ALREADYEXISTS'))
    return created;
  const subscribed = await run.write('SUBSCRIBE', [mailbox(remoteKey)]);
  if (!subscribed.ok && subscribed.error.kind === 'lost') return subscribed;
  return ok({ items: [], createdRemoteKey: remoteKey });
}
