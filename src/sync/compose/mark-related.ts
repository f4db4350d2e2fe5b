import type { GestureId } from '../../shared/domain';
import type { Gestures } from '../mutations/gestures';
import type { OutboxRow } from '../store/read/outbox';

/** Says of the original that it was answered or forwarded, through the one door; asked for twice it happens once. */
export async function markRelated(gestures: Pick<Gestures, 'apply'>, entry: OutboxRow): Promise<void> {
  if (entry.relatedId === null || entry.relatedMark === null) return;
  // A message that is gone meanwhile needs no mark, and a repeat is refused as taken.
  await gestures.apply({
    target: { kind: 'messages', messageIds: [entry.relatedId] },
    mutation: { kind: 'keywords', add: [entry.relatedMark], remove: [] },
    origin: entry.origin,
    gestureId: `related-${entry.token}` as GestureId,
  });
}
