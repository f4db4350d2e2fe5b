import type { Keyword } from '../../shared/domain';
import type { PushItemResult } from '../connectors/contract';
import type { TargetOutcome } from '../store/write/settle-targets';
import type { PushGroup } from './plan-push';

/** A connector's answers about UIDs as answers about our messages; `staysHere` = labels the server does not keep. */
export function toOutcomes(
  group: PushGroup,
  items: readonly PushItemResult[],
  staysHere: readonly Keyword[] = [],
): TargetOutcome[] {
  const messageOf = new Map(group.uids.map(({ uid, messageId }) => [uid, messageId]));
  const outcomes: TargetOutcome[] = [];
  for (const item of items) {
    const messageId = messageOf.get(item.uid);
    if (messageId === undefined) continue;
    const outcome: TargetOutcome = { ...item, messageId, mailboxId: group.mailboxId };
    outcomes.push(outcome.result === 'done' && staysHere.length > 0 ? { ...outcome, staysHere } : outcome);
  }
  return outcomes;
}
