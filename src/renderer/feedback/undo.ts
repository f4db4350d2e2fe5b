import type { FailureView } from '../../shared/contract/views';
import { feedbackStrings } from '../strings/feedback';
import { call } from '../transport/call';
import { earlierGestures, type Gesture, lookForEarlier } from './earlier-gestures';
import { followGesture } from './follow-gesture';
import { History } from './history';
import { closeToastOf, showToast } from './toast-store';

const history = new History<Gesture>();

/** Undo and redo go one after the other: a second `z` means the gesture before, not the one that is just being undone. */
let atWork: Promise<void> = Promise.resolve();
function inOrder(step: () => Promise<void>): Promise<void> {
  atWork = atWork.then(step, step);
  return atWork;
}

/** Gestures whose answer is still on its way. */
let underway = 0;

/** What the screen shows as done can be undone from that moment: an undo that is pressed meanwhile waits for it. */
export async function undoable(gesture: Promise<void>): Promise<void> {
  const before = atWork;
  underway++;
  atWork = gesture.then(
    () => before,
    () => before,
  );
  try {
    await gesture;
  } finally {
    underway--;
  }
}

/** Resolves when no gesture waits for its answer any more. */
export async function gesturesAnswered(): Promise<void> {
  let seen: Promise<void>;
  do {
    seen = atWork;
    await seen.catch(() => undefined);
  } while (seen !== atWork || underway > 0);
}

/** Shows what was done with a button to undo it, and lets `z` undo it (promise 3: every action can be undone). */
export function showUndo(gesture: Gesture): void {
  history.did(gesture);
  void lookForEarlier();
  offerUndo(gesture);
}

function offerUndo(gesture: Gesture): void {
  showToast({
    tone: 'done',
    text: gesture.text,
    gestureId: gesture.gestureId,
    action: { label: feedbackStrings.undo, run: () => void inOrder(() => undo(gesture)) },
  });
}

/** A failure stays until it is closed, with what the server said and what to do. */
export function showFailure(text: string, failure: FailureView): void {
  showToast({
    tone: 'failure',
    text,
    detail: [failure.message, failure.hint].filter(Boolean).join(' '),
  });
}

export function canUndo(): boolean {
  return underway > 0 || history.nextUndo() !== undefined || earlierGestures().undo !== null;
}

export function canRedo(): boolean {
  return history.nextRedo() !== undefined || earlierGestures().redo !== null;
}

/** Undoes a gesture somebody chose from a history. */
export function undoGesture(gesture: Gesture): Promise<void> {
  const { gestureId } = gesture;
  return inOrder(() => undo(history.find((known) => known.gestureId === gestureId) ?? gesture));
}

/** Undoes the newest gesture that is not undone yet. */
export function undoLast(): Promise<void> {
  return inOrder(async () => {
    const gesture = history.nextUndo() ?? (await lookForEarlier()).undo;
    if (gesture) await undo(gesture);
  });
}

/** Does again what was undone last. */
export function redoLast(): Promise<void> {
  return inOrder(async () => {
    const gesture = history.nextRedo() ?? (await lookForEarlier()).redo;
    if (gesture) await redo(gesture);
  });
}

async function redo(gesture: Gesture): Promise<void> {
  const { gestureId } = gesture;
  const { answer: outcome } = await followGesture(
    gestureId,
    feedbackStrings.redoing,
    () => call('mutations.redo', { gestureId }),
    false,
  );
  if (!outcome.ok) {
    showFailure(feedbackStrings.notRedone(gesture.text), outcome.failure);
    return;
  }
  const again = { text: gesture.text, gestureId: outcome.value.gestureId };
  history.redid(gesture, again);
  void lookForEarlier();
  offerUndo(again);
}

async function undo(gesture: Gesture): Promise<void> {
  const { gestureId } = gesture;
  closeToastOf(gestureId);
  const { answer: outcome, cancelled } = await followGesture(
    gestureId,
    feedbackStrings.undoing,
    () => call('mutations.undo', { gestureId }),
    false,
  );
  if (!outcome.ok) {
    showFailure(feedbackStrings.notUndone(gesture.text), outcome.failure);
    return;
  }
  if (cancelled) {
    offerUndo(gesture);
    return;
  }
  history.undid(gesture);
  void lookForEarlier();
  const { skipped } = outcome.value;
  showToast({
    tone: 'done',
    text: feedbackStrings.undone(gesture.text, skipped),
    action: { label: feedbackStrings.redo, run: () => void redoLast() },
  });
}
