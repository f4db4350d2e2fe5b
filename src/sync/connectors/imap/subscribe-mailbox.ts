/** SUBSCRIBE and UNSUBSCRIBE (SYNC-042): harmless to repeat. */
import { ok } from '../../../shared/outcome';
import type { PushAction, PushReport } from '../contract';
import { mailbox } from './arguments';
import type { PushRun } from './push-run';
import type { CommandResult } from './session';

export async function subscribeMailbox(
  run: PushRun,
  { remoteKey, subscribed }: Extract<PushAction, { kind: 'subscribe-mailbox' }>,
): Promise<CommandResult<PushReport>> {
  const reply = await run.write(subscribed ? 'SUBSCRIBE' : 'UNSUBSCRIBE', [mailbox(remoteKey)]);
  return reply.ok ? ok({ items: [], createdRemoteKey: remoteKey }) : reply;
}
