/** One bad message must not fail the other 499 (SYNC-236): a refused batch is halved until the bad one stands alone. */
import { ok } from '../../../shared/outcome';
import type { PushItemResult, RemoteMessage } from '../contract';
import { refusesWholeBatch } from './failure-translation';
import { batchesOf, failedItems } from './push-run';
import type { CommandResult } from './session';

export type Attempt = (
  set: string,
  messages: readonly RemoteMessage[],
) => Promise<CommandResult<PushItemResult[]>>;

/** Results for every message; only a lost link or a refusal of the session as a whole ends it early. */
export async function inBatches(
  messages: readonly RemoteMessage[],
  attempt: Attempt,
): Promise<CommandResult<PushItemResult[]>> {
  const items: PushItemResult[] = [];
  for (const batch of batchesOf(messages)) {
    const reply = await attempt(batch.set, batch.messages);
    if (reply.ok) {
      items.push(...reply.value);
      continue;
    }
    const { error } = reply;
    if (error.kind === 'lost') return reply;
    if (error.failure.kind !== 'rejected')
      return items.length === 0 ? reply : ok([...items, ...rest(messages, items, error.failure)]);
    if (batch.messages.length === 1 || refusesWholeBatch(error.failure)) {
      items.push(...failedItems(batch.messages, error.failure));
      continue;
    }
    const middle = batch.messages.length >> 1;
    for (const half of [batch.messages.slice(0, middle), batch.messages.slice(middle)]) {
      const answer = await inBatches(half, attempt);
      if (!answer.ok) return answer;
      items.push(...answer.value);
    }
  }
  return ok(items);
}

/** What a pause of the server left undone carries its failure, so that only that is tried again. */
function rest(
  messages: readonly RemoteMessage[],
  items: readonly PushItemResult[],
  failure: Parameters<typeof failedItems>[1],
): PushItemResult[] {
  const answered = new Set(items.map(({ uid }) => uid));
  return failedItems(
    messages.filter(({ uid }) => !answered.has(uid)),
    failure,
  );
}
