import { GestureId } from '../../shared/domain';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { randomName } from '../transport/request';
import { follow } from './running-work';

/** A name for a gesture that is about to be asked for: known before the engine answers, so it can be followed. */
export function newGestureId(): GestureId {
  return GestureId.parse(randomName());
}

/**
 * Shows how far a large gesture, its undo or redo is, with Cancel, while `work` goes on; what is done by then stays.
 * `doing`: "Archiving". `large`: of many messages; a small one has changed the screen already, and nothing is shown of
 * it before words are due. Answers what `work` answers and whether the user cancelled.
 */
export async function followGesture<T>(
  gestureId: GestureId,
  doing: string,
  work: () => Promise<T>,
  large: boolean,
): Promise<{ readonly answer: T; readonly cancelled: boolean }> {
  let cancelled = false;
  const cancel = () => {
    cancelled = true;
    void call('mutations.cancel', { gestureId });
  };
  return follow({ place: 'list', doing, cancel, local: !large }, async (running) => {
    const unfollow = onHostEvent((event) => {
      if (event.kind !== 'status') return;
      const activity = event.status.activities.find((one) => one.gestureId === gestureId);
      if (activity) running.progress(activity);
    });
    try {
      return { answer: await work(), cancelled };
    } finally {
      unfollow();
    }
  });
}
