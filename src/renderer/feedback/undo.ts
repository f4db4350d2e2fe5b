import type { FailureView } from '../../shared/contract/views';
import type { GestureId } from '../../shared/domain';
import { feedbackStrings } from '../strings/feedback';
import { call } from '../transport/call';
import { followGesture } from './follow-gesture';
import { History } from './history';
import { closeToastOf, showToast } from './toast-store';

interface Gesture {
  /** What was done, as the toast says it: "12 archived". */
  readonly text: string;
  readonly gestureId: GestureId;
}

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

/** Shows what was done with a button to undo it, and lets `z` undo it (promise 3: every action can be undone). */
export function showUndo(gesture: Gesture): void {
  history.did(gesture);
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
  return underway > 0 || history.nextUndo() !== undefined;
}

export function canRedo(): boolean {
  return history.nextRedo() !== undefined;
}

/** Undoes a gesture somebody chose from a history. */
export function undoGesture(gesture: Gesture): Promise<void> {
  const { gestureId } = gesture;
  return inOrder(() => undo(history.find((known) => known.gestureId === gestureId) ?? gesture));
}

/** Undoes the newest gesture that is not undone yet. */
export function undoLast(): Promise<void> {
  return inOrder(async () => {
    const gesture = history.nextUndo();
    if (gesture) await undo(gesture);
  });
}

/** Does again what was undone last. */
export function redoLast(): Promise<void> {
  return inOrder(async () => {
    const gesture = history.nextRedo();
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
  const { skipped } = outcome.value;
  showToast({
    tone: 'done',
    text: feedbackStrings.undone(gesture.text, skipped),
    action: { label: feedbackStrings.redo, run: () => void redoLast() },
  });
}
