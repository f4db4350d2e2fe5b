import type { MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { getMailbox } from '../store/read/mailboxes';
import { bodyState } from '../store/read/messages';
import { missingBodyOf } from '../store/read/missing-bodies';
import { fetchGroup } from './fetch-missing-bodies';
import type { RunnerContext } from './runner-context';

/** The message somebody opened: fetched on the interactive connection, before everything else (SYNC-344). */
export async function fetchOneBody(
  context: RunnerContext,
  messageId: MessageId,
  signal: AbortSignal,
): Promise<Outcome<'here' | 'gone'>> {
  const { read } = context.store;
  const missing = missingBodyOf(read, messageId);
  const mailbox = missing && getMailbox(read, missing.mailboxId);
  if (!missing || !mailbox) return ok(bodyState(read, messageId) === 'here' ? 'here' : 'gone');
  context.store.space.requireRoom();
  const connected = await context.connector.connect('interactive', signal);
  if (!connected.ok) return connected;
  const fetched = await fetchGroup(context, 'interactive', mailbox, [missing], signal);
  if (!fetched.ok) return fetched;
  const [failed] = fetched.value.failed;
  if (failed) return fail(failed.failure);
  switch (bodyState(read, messageId)) {
    case 'here':
      return ok('here');
    case 'gone':
      return ok('gone');
    default:
      return fail({ kind: 'not-found', message: 'The server did not give this message.' });
  }
}
