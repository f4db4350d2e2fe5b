/** Deleting for good: \Deleted, then UID EXPUNGE of exactly these; never a plain EXPUNGE (SYNC-104). */
import { ok } from '../../../shared/outcome';
import type { PushAction, PushItemResult, PushReport, RemoteMessage } from '../contract';
import { atom, uidSet } from './arguments';
import { inBatches } from './bisect';
import { batchesOf, doneItems, goneItems, type PushRun, reportOf, selectForWrite } from './push-run';
import type { CommandResult } from './session';
import { findPresent } from './uid-facts';

type DeleteAction = Extract<PushAction, { kind: 'delete' }>;

export async function deleteMessages(run: PushRun, action: DeleteAction): Promise<CommandResult<PushReport>> {
  const selected = await selectForWrite(run.session, action.remoteKey, action.messages);
  if (!selected.ok) return selected;
  const presence = await findPresent(run.session, action.messages);
  if (!presence.ok) return presence;
  const deleted = await inBatches(
    presence.value.present,
    async (_set, messages): Promise<CommandResult<PushItemResult[]>> => {
      const removed = await removeMessages(run, messages);
      return removed.ok ? ok(doneItems(messages)) : removed;
    },
  );
  return deleted.ok ? ok(reportOf([...deleted.value, ...goneItems(presence.value.gone)])) : deleted;
}

/**
 * Without UIDPLUS the messages stay marked `\Deleted` and hidden: a plain EXPUNGE would also remove what somebody
 * else has marked.
 */
export async function removeMessages(
  run: PushRun,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<null>> {
  for (const { set } of batchesOf(messages)) {
    const marked = await run.write('UID STORE', [uidSet(set), atom('+FLAGS.SILENT'), [atom('\\Deleted')]]);
    if (!marked.ok) return marked;
    if (!run.session.capabilities.uidplus) continue;
    const expunged = await run.write('UID EXPUNGE', [uidSet(set)]);
    if (!expunged.ok) return expunged;
  }
  return ok(null);
}
