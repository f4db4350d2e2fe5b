import { setTimeout as sleep } from 'node:timers/promises';
import { HostEvent } from '../../shared/contract/events';
import type { MethodName } from '../../shared/contract/methods';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { NetworkState } from '../../sync/ports/network';
import type { Content, ContentRequest } from '../content/content-part';
import { type SupervisedWorker, superviseWorker, type WorkerState } from '../engine-host/supervise-worker';
import type { LoopDelay } from '../workers/worker-messages';
import { keepStoreSound } from './keep-store-sound';
import { systemAddresses, watchWake } from './watch-wake';
import type { WorkersOptions } from './workers-options';

/** It only reads, so there is nothing to finish; the engine needs most of the 3 s a stop may take (SYNC-403). */
const READER_STOPS_WITHIN_MS = 300;

/** Both workers of one profile, and the events of the engine. */
export interface Workers {
  engine(method: MethodName, input: unknown): Promise<Outcome<unknown>>;
  reader(method: MethodName, input: unknown): Promise<Outcome<unknown>>;
  content(request: ContentRequest): Promise<Outcome<Content>>;
  engineDelay(): Promise<LoopDelay | null>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Tells every window something the host itself decided, such as a menu command. */
  publish(event: HostEvent): void;
  reportNetwork(state: NetworkState): void;
  reportPower(onBattery: boolean): void;
  /** Every connection may be dead without knowing it: all accounts begin anew (APP-276). */
  reconnect(): void;
  stop(): Promise<void>;
}

/**
 * Starts the engine and then the reader: the engine makes and migrates the database that the reader opens. Fails with
 * the engine's own reason when it cannot start.
 */
export async function startWorkers(options: WorkersOptions): Promise<Outcome<Workers>> {
  const { logger } = options;
  const listeners = new Set<(event: HostEvent) => void>();
  const publish = (event: HostEvent): void => {
    const parsed = HostEvent.safeParse(event);
    if (!parsed.success) {
      logger.error('event.bad', { kind: String(event.kind) });
      return;
    }
    for (const listener of listeners) listener(parsed.data);
  };
  const onState = (state: WorkerState) => publish({ kind: 'engine', state });

  const engine = superviseWorker({ ...options, name: 'engine', onEvent: publish, onState });
  const engineStarted = await engine.started;
  if (!engineStarted.ok) return engineStarted;
  // A reader that comes back is told like an engine that comes back: windows ask again for what they show.
  const onOrderWanted = engine.layOut;
  const reader = superviseWorker({ ...options, name: 'reader', onEvent: publish, onState, onOrderWanted });
  const readerStarted = await reader.started;
  if (!readerStarted.ok) {
    await engine.stop();
    return fail(readerStarted.failure);
  }
  const stopping = new AbortController();
  const workers = combine(options, engine, reader, listeners, publish, stopping);
  if (options.init.autonomous) {
    void keepStoreSound(options, engine, publish, stopping.signal);
    const { clock } = options;
    const leave = watchWake({ clock, addresses: systemAddresses, woke: workers.reconnect });
    stopping.signal.addEventListener('abort', leave, { once: true });
  }
  return ok(workers);
}

function combine(
  { init, logger }: WorkersOptions,
  engine: SupervisedWorker,
  reader: SupervisedWorker,
  listeners: Set<(event: HostEvent) => void>,
  publish: (event: HostEvent) => void,
  stopping: AbortController,
): Workers {
  let reported = init.network;
  return {
    engine: engine.call,
    reader: reader.call,
    content: reader.content,
    engineDelay: engine.loopDelay,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish,
    reportNetwork: (state) => {
      reported = state;
      engine.reportNetwork(state);
    },
    reportPower: engine.reportPower,
    reconnect: () => {
      logger.info('network.reconnect');
      engine.reportNetwork('offline');
      engine.reportNetwork(reported);
    },
    stop: async () => {
      stopping.abort();
      // The engine closes the database last: only the last one out tidies up the write-ahead log.
      await Promise.race([reader.stop(), sleep(READER_STOPS_WITHIN_MS)]);
      await engine.stop();
    },
  };
}
