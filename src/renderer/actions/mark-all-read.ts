import type { MutationTarget } from '../../shared/contract/mutation';
import { type ListId, SEEN } from '../../shared/domain';
import { followGesture, newGestureId } from '../feedback/follow-gesture';
import { showFailure, showUndo } from '../feedback/undo';
import { actionStrings } from '../strings/actions';
import { call } from '../transport/call';

/** Marks every message of a list as read, also those never loaded; one step to undo. */
export async function markAllRead(listId: ListId): Promise<void> {
  const target: MutationTarget = { kind: 'list', listId, exceptItemIds: [] };
  const gestureId = newGestureId();
  const { answer: outcome } = await followGesture(
    gestureId,
    actionStrings.doing.read,
    () =>
      call('mutations.apply', { target, mutation: { kind: 'keywords', add: [SEEN], remove: [] }, gestureId }),
    true,
  );
  if (!outcome.ok) showFailure(actionStrings.failed.read, outcome.failure);
  else if (outcome.value.affected > 0) {
    showUndo({ text: actionStrings.done.read(outcome.value.affected), gestureId: outcome.value.gestureId });
  }
}
