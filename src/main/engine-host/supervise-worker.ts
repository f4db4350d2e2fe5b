import type { HostEvent } from '../../shared/contract/events';
import type { MethodName } from '../../shared/contract/methods';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Clock } from '../../sync/ports/clock';
import type { Logger } from '../../sync/ports/logger';
import type { NetworkState } from '../../sync/ports/network';
import type { SecretVault } from '../../sync/ports/secret-vault';
import type { WantedOrder } from '../../sync/runtime';
import type { Content, ContentRequest } from '../content/content-part';
import type { FromWorker, LoopDelay, VaultRequest, WorkerInit } from '../workers/worker-messages';
import { createCallsInFlight } from './calls-in-flight';
import type { EngineHost, WorkerLink, WorkerName } from './engine-host';
import { FAILED_AFTER, HEALTHY_AFTER_MS, restartDelayMs } from './restart-delay';

/** Workers end their own connections within 2 s (SYNC-403); then they are ended from outside. */
const STOP_WITHIN_MS = 2500;

export type WorkerState = 'running' | 'restarting' | 'failed';

export interface SupervisedWorker {
  /** Settles with the first start: ok, or why it could not be. */
  readonly started: Promise<Outcome<null>>;
  call(method: MethodName, input: unknown): Promise<Outcome<unknown>>;
  content(request: ContentRequest): Promise<Outcome<Content>>;
  /** Null without HOMEPORT_TRACE. */
  loopDelay(): Promise<LoopDelay | null>;
  reportNetwork(state: NetworkState): void;
  reportPower(onBattery: boolean): void;
  layOut(order: WantedOrder): void;
  stop(): Promise<void>;
}

export interface SupervisionOptions {
  readonly host: EngineHost;
  readonly name: WorkerName;
  readonly init: WorkerInit;
  readonly vault: SecretVault;
  readonly clock: Clock;
  readonly logger: Logger;
  onEvent(event: HostEvent): void;
  onState(state: WorkerState): void;
  /** A reader would like the engine to lay out an order. */
  onOrderWanted?(order: WantedOrder): void;
}

/**
 * Keeps one worker alive (APP-279): a crash fails the calls in flight, tells everyone, and starts it again after a
 * growing pause. A worker that fails its very first start is not tried again; its failure is the answer of `started`.
 */
export function superviseWorker(options: SupervisionOptions): SupervisedWorker {
  const { host, name, vault, clock, logger } = options;
  const calls = createCallsInFlight();
  let network = options.init.network;
  let link: WorkerLink | null = null;
  let ready = false;
  let everReady = false;
  let crashes = 0;
  let stopping = false;
  let tellStarted: (outcome: Outcome<null>) => void = () => undefined;
  let tellStopped: () => void = () => undefined;
  const started = new Promise<Outcome<null>>((resolve) => {
    tellStarted = resolve;
  });

  const launch = (): void => {
    const current = host.start(name);
    let startedAt = clock.monotonic();
    link = current;
    current.onMessage((message) => {
      if (link !== current) return;
      if (message.kind === 'ready') {
        startedAt = clock.monotonic();
        ready = true;
        tellStarted(ok(null));
        if (everReady) options.onState('running');
        everReady = true;
        return;
      }
      if (message.kind === 'failed' && !everReady) {
        stopping = true;
        tellStarted(fail(message.failure));
      }
      handle(current, message);
    });
    current.onExit((reason) => {
      if (link !== current) return;
      link = null;
      const healthy = ready && clock.monotonic() - startedAt >= HEALTHY_AFTER_MS;
      ready = false;
      calls.failAll(lostCall(name));
      if (stopping) {
        tellStopped();
        return;
      }
      if (!everReady) {
        stopping = true;
        tellStarted(fail(stoppedAtStart(name)));
        return;
      }
      crashes = healthy ? 1 : crashes + 1;
      logger.error('worker.crashed', { worker: name, reason, crashes });
      options.onState(crashes >= FAILED_AFTER ? 'failed' : 'restarting');
      // Not the clock's timer: that one never keeps a process alive, and a host waiting for its engine must stay.
      setTimeout(() => {
        if (!stopping) launch();
      }, restartDelayMs(crashes));
    });
    current.post({ kind: 'init', init: { ...options.init, network } });
  };

  const handle = (current: WorkerLink, message: FromWorker): void => {
    switch (message.kind) {
      case 'ready':
        return;
      case 'stopped':
        // All is written and closed; a socket that lingers must not hold up the end.
        current.kill();
        return;
      case 'failed':
        logger.error('worker.start-failed', { worker: name, kind: message.failure.kind });
        current.kill();
        return;
      case 'outcome':
        calls.settle(message.id, message.outcome);
        return;
      case 'event':
        options.onEvent(message.event);
        return;
      case 'order-wanted':
        options.onOrderWanted?.(message.order);
        return;
      case 'vault': {
        const { id, request } = message;
        void askVault(vault, request).then(
          (value) => current.post({ kind: 'vault-answer', id, ok: true, value }),
          () => {
            logger.error('vault.failed', { op: request.op });
            current.post({ kind: 'vault-answer', id, ok: false, value: null });
          },
        );
        return;
      }
    }
  };

  const ask = (send: (link: WorkerLink, id: number) => void): Promise<Outcome<unknown>> => {
    const current = link;
    if (current === null || !ready) return Promise.resolve(fail(notRunning(name)));
    return calls.add((id) => send(current, id));
  };

  launch();
  return {
    started,
    call: (method, input) => ask((current, id) => current.post({ kind: 'call', id, method, input })),
    content: async (request) => {
      const outcome = await ask((current, id) => current.post({ kind: 'content', id, request }));
      return outcome as Outcome<Content>;
    },
    loopDelay: async () => {
      const outcome = await ask((current, id) => current.post({ kind: 'loop-delay', id }));
      return outcome.ok ? (outcome.value as LoopDelay | null) : null;
    },
    reportNetwork: (state) => {
      network = state;
      link?.post({ kind: 'network', state });
    },
    reportPower: (onBattery) => link?.post({ kind: 'power', onBattery }),
    layOut: (order) => link?.post({ kind: 'lay-out', order }),
    stop: async () => {
      stopping = true;
      const current = link;
      if (current === null) return;
      const exited = new Promise<void>((resolve) => {
        tellStopped = resolve;
      });
      current.post({ kind: 'stop' });
      const timer = setTimeout(() => {
        logger.warn('worker.stop-late', { worker: name });
        current.kill();
      }, STOP_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function askVault(vault: SecretVault, request: VaultRequest): Promise<string | null> {
  switch (request.op) {
    case 'get':
      return vault.get(request.secretRef);
    case 'put':
      return vault.put(request.secret);
    case 'delete':
      return vault.delete(request.secretRef).then(() => null);
  }
}

/** A question to the reader changed nothing and may be asked again; what the engine did with a call is not known. */
function lostCall(name: WorkerName): Failure {
  return name === 'reader'
    ? notRunning(name)
    : {
        kind: 'internal',
        message: 'The mail engine stopped while it was working on this.',
        hint: 'It starts again by itself; look whether the change is there before you repeat it.',
      };
}

function notRunning(name: WorkerName): Failure {
  const what = name === 'engine' ? 'The mail engine' : 'The mail reader';
  return {
    kind: 'offline',
    message: `${what} is starting again.`,
    hint: 'Try again in a moment.',
    retryAfterMs: 1000,
  };
}

function stoppedAtStart(name: WorkerName): Failure {
  return {
    kind: 'internal',
    message: `The ${name} worker stopped while starting.`,
    hint: 'Start Homeport in a terminal to see its messages.',
  };
}
