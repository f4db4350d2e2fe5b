import type { AccountId, GestureId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import type { GestureJobs } from './gesture-jobs';

export const TAKEN: Failure = { kind: 'conflict', message: 'This action was asked for before.' };

/** A gesture that takes longer than one turn. */
export interface LongGesture {
  readonly gestureId: GestureId;
  /** Of its first message. */
  readonly accountId: AccountId;
}

/** In messages. */
export interface GestureProgress {
  readonly done: number;
  readonly total: number;
}

/** What every gesture needs. */
export interface GestureCore {
  readonly store: Store;
  readonly clock: Ports['clock'];
  readonly random: Ports['random'];
  readonly jobs: GestureJobs;
  /** Called after each turn, and with null when the gesture has ended. */
  readonly report: (gesture: LongGesture, progress: GestureProgress | null) => void;
}
