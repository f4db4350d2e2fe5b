import type { PushItemResult } from '../connectors/contract';
import type { TargetOutcome } from '../store/write/settle-targets';
import type { PushGroup } from './plan-push';

/** A connector's answers about UIDs as answers about our messages. */
export function toOutcomes(group: PushGroup, items: readonly PushItemResult[]): TargetOutcome[] {
  const messageOf = new Map(group.uids.map(({ uid, messageId }) => [uid, messageId]));
  const outcomes: TargetOutcome[] = [];
  for (const item of items) {
    const messageId = messageOf.get(item.uid);
    if (messageId !== undefined) outcomes.push({ ...item, messageId, mailboxId: group.mailboxId });
  }
  return outcomes;
}
