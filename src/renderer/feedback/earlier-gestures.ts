import type { GestureView } from '../../shared/contract/ledger-methods';
import type { GestureId } from '../../shared/domain';
import { actionStrings } from '../strings/actions';
import { feedbackStrings } from '../strings/feedback';
import { call } from '../transport/call';

export interface Gesture {
  /** What was done, as the toast says it: "12 archived". */
  readonly text: string;
  readonly gestureId: GestureId;
}

type Earlier = Readonly<Record<'undo' | 'redo', Gesture | null>>;

/** As it was when it was looked at last: whether the commands can run has to be known at once. */
let known: Earlier = { undo: null, redo: null };

/** What was done before this window was there, which undo and redo go on with (SYNC-246). */
export const earlierGestures = (): Earlier => known;

/** Asks the store, which other windows and the command line change too. */
export async function lookForEarlier(): Promise<Earlier> {
  const outcome = await call('gestures.next', {});
  if (outcome.ok) known = { undo: inWords(outcome.value.undo), redo: inWords(outcome.value.redo) };
  return known;
}

function inWords(gesture: GestureView | null): Gesture | null {
  return gesture && { gestureId: gesture.gestureId, text: textOf(gesture) };
}

function textOf({ what, name, messages }: GestureView): string {
  const { done } = actionStrings;
  switch (what) {
    case 'folder':
      return feedbackStrings.folderChange;
    case 'snooze':
      return done.snooze(messages, '').trim();
    case 'move':
    case 'label':
    case 'unlabel':
      return done[what](messages, name);
    default:
      return done[what](messages);
  }
}
