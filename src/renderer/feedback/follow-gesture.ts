import { GestureId } from '../../shared/domain';
import { feedbackStrings } from '../strings/feedback';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { changeToast, closeToast, showToast } from './toast-store';

/** Waits shorter than this say nothing (UI-052). */
const SILENT_MS = 300;

/** A name for a gesture that is about to be asked for: known before the engine answers, so it can be followed. */
export function newGestureId(): GestureId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return GestureId.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/**
 * Says how far a large gesture, its undo or redo is, with Cancel, while `work` goes on; what is done by then stays.
 * `doing`: "Archiving". Answers what `work` answers and whether the user cancelled.
 */
export async function followGesture<T>(
  gestureId: GestureId,
  doing: string,
  work: () => Promise<T>,
): Promise<{ readonly answer: T; readonly cancelled: boolean }> {
  let toast: number | null = null;
  let cancelled = false;
  let text = feedbackStrings.doing(doing, null);
  const cancel = () => {
    cancelled = true;
    void call('mutations.cancel', { gestureId });
  };
  const timer = setTimeout(() => {
    toast = showToast({ tone: 'done', text, action: { label: feedbackStrings.cancel, run: cancel } });
  }, SILENT_MS);
  const unfollow = onHostEvent((event) => {
    if (event.kind !== 'status') return;
    const activity = event.status.activities.find((one) => one.gestureId === gestureId);
    if (!activity) return;
    text = feedbackStrings.doing(doing, activity);
    if (toast !== null) changeToast(toast, text);
  });
  try {
    const answer = await work();
    return { answer, cancelled };
  } finally {
    clearTimeout(timer);
    unfollow();
    if (toast !== null) closeToast(toast);
  }
}
