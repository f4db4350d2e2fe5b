import type { FromWorker, ToWorker } from '../workers/worker-messages';

/** Which of the two workers: the writer with the network, or the read-only one. */
export type WorkerName = 'engine' | 'reader';

/** One running worker, thread or process alike. */
export interface WorkerLink {
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Calls once when the worker is gone, for whatever reason. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it now; safe to call twice. */
  kill(): void;
}

/** How workers are started (architecture.md 2). */
export interface EngineHost {
  readonly kind: 'thread' | 'process';
  start(name: WorkerName): WorkerLink;
}
