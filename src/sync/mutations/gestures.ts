import type { MailboxChangeResult } from '../../shared/contract/mailbox-change';
import type { MutationResult, UndoResult } from '../../shared/contract/mutation';
import type { GestureId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { applyMutation, type MutationRequest } from './apply-mutation';
import { changeMailbox, type MailboxChangeRequest } from './change-mailbox';
import type { GestureCore } from './gesture-core';
import { createGestureJobs } from './gesture-jobs';
import { redoGesture, undoGesture } from './undo';

/** At the end of the program a gesture gets this long to finish; the rest of a longer one stays undone, and whole. */
const FINISH_MS = 1_500;

export interface Gestures {
  apply(request: MutationRequest): Promise<Outcome<MutationResult>>;
  changeMailbox(request: MailboxChangeRequest): Promise<Outcome<MailboxChangeResult>>;
  undo(gestureId: GestureId): Promise<Outcome<UndoResult>>;
  redo(gestureId: GestureId): Promise<Outcome<MutationResult>>;
  /** Stops a gesture, its undo or redo after the present turn; false when it has ended already (SYNC-252). */
  cancel(gestureId: GestureId): Promise<boolean>;
  stop(): Promise<void>;
}

export interface GestureDeps {
  readonly store: Store;
  readonly clock: Ports['clock'];
  readonly random: Ports['random'];
  readonly report: GestureCore['report'];
}

/** Everything that can be done with gestures; one per store, so that their order is kept. */
export function createGestures({ store, clock, random, report }: GestureDeps): Gestures {
  const jobs = createGestureJobs(clock, store.turns);
  const core: GestureCore = { store, clock, random, jobs, report };
  return {
    apply: (request) => applyMutation(core, request),
    changeMailbox: (request) => changeMailbox(core, request),
    undo: (gestureId) => undoGesture(core, gestureId),
    redo: (gestureId) => redoGesture(core, gestureId),
    cancel: async (gestureId) => {
      const runs = jobs.isRunning(gestureId);
      await jobs.stop(gestureId);
      return runs;
    },
    stop: () => jobs.settle(FINISH_MS),
  };
}
