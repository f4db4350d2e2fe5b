import type { HostEvent } from '../../shared/contract/events';
import type { MethodName } from '../../shared/contract/methods';
import type { Failure } from '../../shared/failure';
import type { Outcome } from '../../shared/outcome';
import type { NetworkState } from '../../sync/ports/network';
import type { LogLevel } from '../../sync/ports/stderr-logger';
import type { WantedOrder } from '../../sync/runtime';
import type { ContentRequest } from '../content/content-part';

/** What a worker needs before it can serve; the first message to it. */
export interface WorkerInit {
  readonly profileDir: string;
  readonly client: { readonly name: string; readonly version: string; readonly contact: string };
  readonly logLevel: LogLevel;
  readonly network: NetworkState;
  /** False: the store is opened and answers, but nothing goes to the network by itself. */
  readonly autonomous: boolean;
  /** Measures the delay of the event loop for benchmarks (HOMEPORT_TRACE). */
  readonly trace: boolean;
}

/** Delay of one thread's event loop since it started, in milliseconds. */
export interface LoopDelay {
  readonly mean: number;
  readonly p99: number;
  readonly max: number;
  /** The most processor time between two looks 5 ms apart: no turn cost more. Null where Node cannot tell. */
  readonly busiest: number | null;
}

/** Main thread to worker. The same words over a thread's port and a process's IPC pipe. */
export type ToWorker =
  | { readonly kind: 'init'; readonly init: WorkerInit }
  | { readonly kind: 'call'; readonly id: number; readonly method: MethodName; readonly input: unknown }
  | { readonly kind: 'content'; readonly id: number; readonly request: ContentRequest }
  | { readonly kind: 'loop-delay'; readonly id: number }
  | {
      readonly kind: 'vault-answer';
      readonly id: number;
      readonly value: string | null;
      readonly ok: boolean;
    }
  | { readonly kind: 'network'; readonly state: NetworkState }
  | { readonly kind: 'power'; readonly onBattery: boolean }
  | { readonly kind: 'lay-out'; readonly order: WantedOrder }
  | { readonly kind: 'stop' };

export type VaultRequest =
  | { readonly op: 'get'; readonly secretRef: string }
  | { readonly op: 'put'; readonly secret: string }
  | { readonly op: 'delete'; readonly secretRef: string };

/**
 * Worker to main thread. `ready` comes exactly once, or `failed` when the runtime could not be made. After `stopped` the
 * worker has nothing left to do and is ended from outside.
 */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly kind: 'event'; readonly event: HostEvent }
  | { readonly kind: 'vault'; readonly id: number; readonly request: VaultRequest }
  /** The reader's way to what only the engine may write; there is no answer. */
  | { readonly kind: 'order-wanted'; readonly order: WantedOrder }
  | { readonly kind: 'stopped' };
