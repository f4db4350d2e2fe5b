import { create } from 'zustand';

/** Waits shorter than this say nothing (UI-052). */
export const SILENT_MS = 300;
/** From here on a bar alone is not enough: words with numbers, and a way to stop (UI-052). */
export const WORDS_MS = 2_000;

/** Where the bar stands: at the lower edge of that header. 'none' = whoever waits shows all of it by itself. */
export type WorkPlace = 'list' | 'reader' | 'window' | 'none';

export interface Far {
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

export interface WorkSpec {
  readonly place: WorkPlace;
  /** What is going on, without numbers: "Archiving". */
  readonly doing: string;
  readonly far?: Far | null;
  /** What the numbers count, where that is not what is being done to: "folders". */
  readonly counted?: string;
  /** Stops it; absent = it cannot be stopped. */
  readonly cancel?: (() => void) | undefined;
  /** The words stand where it was asked for, not among the notifications. */
  readonly ownWords?: boolean;
  /** Done by this computer alone: nothing shows it before the words, however busy the computer is (UI-082). */
  readonly local?: boolean;
}

/** Work that goes on for long enough to be shown. */
export interface Work extends Omit<WorkSpec, 'cancel'> {
  readonly id: number;
  /** What its Cancel does; null = it cannot be stopped. */
  readonly stop: (() => void) | null;
  readonly phase: 'bar' | 'words';
  readonly far: Far | null;
  /** Somebody has stopped it, and it has not ended yet. */
  readonly isStopping: boolean;
}

export interface RunningWork {
  readonly id: number;
  progress(far: Far | null): void;
  end(): void;
}

interface RunningState {
  /** The oldest first. */
  readonly works: readonly Work[];
}

/** What the window waits for, as far as it is shown: the one place for it. */
export const useRunning = create<RunningState>()(() => ({ works: [] }));

let lastId = 0;

/** Begins a wait; `end` must be called whatever comes. */
export function beginWork({ cancel, ...spec }: WorkSpec): RunningWork {
  lastId += 1;
  const id = lastId;
  let work: Work | null = null;
  let far = spec.far ?? null;
  let isStopping = false;
  let ended = false;

  const publish = (next: Work | null) => {
    const before = work;
    work = next;
    useRunning.setState(({ works }) => ({
      works: before
        ? works.flatMap((other) => (other.id !== id ? [other] : next ? [next] : []))
        : next
          ? [...works, next]
          : works,
    }));
  };
  const stop = cancel
    ? () => {
        if (isStopping || ended) return;
        isStopping = true;
        if (work) publish({ ...work, isStopping });
        cancel();
      }
    : null;
  const show = (phase: Work['phase']) => publish({ ...spec, id, phase, far, stop, isStopping });
  const timers = [setTimeout(() => show('words'), WORDS_MS)];
  if (!spec.local) timers.push(setTimeout(() => show('bar'), SILENT_MS));

  return {
    id,
    progress: (next) => {
      far = next;
      if (work && !ended) publish({ ...work, far });
    },
    end: () => {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      if (work) publish(null);
    },
  };
}

/** Does something that may take long, and shows it as long as it does. */
export async function follow<T>(spec: WorkSpec, work: (running: RunningWork) => Promise<T>): Promise<T> {
  const running = beginWork(spec);
  try {
    return await work(running);
  } finally {
    running.end();
  }
}

/** 0 to 1; null while the end is not known. */
export function shareOf(far: Far | null): number | null {
  return far === null || far.total === null || far.total === 0 ? null : far.done / far.total;
}
