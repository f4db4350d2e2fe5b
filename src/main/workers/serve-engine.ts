import { fail, ok } from '../../shared/outcome';
import type { Ports } from '../../sync/ports/ports';
import { createStderrLogger } from '../../sync/ports/stderr-logger';
import { createSystemClock } from '../../sync/ports/system-clock';
import { createSystemDns } from '../../sync/ports/system-dns';
import { createSystemGreeter } from '../../sync/ports/system-greeter';
import { createSystemHttp } from '../../sync/ports/system-http';
import { createSystemLoopWatch } from '../../sync/ports/system-loop-watch';
import { createReportedNetwork } from '../../sync/ports/system-network';
import { createSystemPower } from '../../sync/ports/system-power';
import { createSystemRandom } from '../../sync/ports/system-random';
import { createSystemRedirectListener } from '../../sync/ports/system-redirect-listener';
import type { EngineRuntime } from '../../sync/runtime';
import type { ParentChannel } from './parent-channel';
import { createRemoteVault } from './remote-vault';
import { describeBug, internalFailure, runSafely } from './run-safely';
import { createThreadWorkbench } from './thread-workbench';
import { watchLoopDelay } from './watch-loop-delay';
import type { LoopDelay, ToWorker, WorkerInit } from './worker-messages';

/**
 * The engine behind a channel, whether that is a thread's port or a process's pipe. Builds the ports, starts the
 * runtime, answers calls, asks the main thread for secrets, and stops within SYNC-403's bound when told to or when
 * its parent is gone.
 */
export function serveEngine(
  channel: ParentChannel,
  createRuntime: (ports: Ports) => Promise<EngineRuntime>,
): void {
  const clock = createSystemClock();
  const network = createReportedNetwork();
  const power = createSystemPower();
  const vault = createRemoteVault((id, request) => channel.post({ kind: 'vault', id, request }));
  let runtime: EngineRuntime | undefined;
  let loopDelay: (() => LoopDelay) | undefined;
  let logger = createStderrLogger(clock);

  const init = async (options: WorkerInit): Promise<void> => {
    logger = createStderrLogger(clock, options.logLevel);
    network.report(options.network);
    const { profileDir, client } = options;
    try {
      const created = await createRuntime({
        profileDir,
        client,
        clock,
        network,
        power,
        http: createSystemHttp(),
        dns: createSystemDns(),
        greeter: createSystemGreeter(),
        workbench: createThreadWorkbench(logger),
        redirects: createSystemRedirectListener(),
        vault,
        logger,
        loop: createSystemLoopWatch(clock),
        random: createSystemRandom(),
      });
      created.onEvent((event) => channel.post({ kind: 'event', event }));
      if (options.autonomous) await created.start();
      if (options.trace) loopDelay = watchLoopDelay();
      runtime = created;
      channel.post({ kind: 'ready' });
    } catch (error) {
      logger.error('engine.start-failed', describeBug(error));
      channel.post({ kind: 'failed', failure: startFailure(error) });
    }
  };

  const stop = async (): Promise<void> => {
    await runtime?.stop();
    channel.post({ kind: 'stopped' });
  };

  channel.onOrphaned(() => {
    void Promise.resolve(runtime?.stop()).finally(() => process.exit(0));
  });
  channel.listen((message: ToWorker) => {
    switch (message.kind) {
      case 'init':
        void init(message.init);
        return;
      case 'call': {
        const { id, method, input } = message;
        const work = async () =>
          runtime === undefined
            ? fail(internalFailure('The mail engine is not running yet.'))
            : runtime.call(method, input);
        void runSafely(work, (error) => logger.error('engine.bug', { method, ...describeBug(error) })).then(
          (outcome) => channel.post({ kind: 'outcome', id, outcome }),
        );
        return;
      }
      case 'content':
        channel.post({
          kind: 'outcome',
          id: message.id,
          outcome: fail(internalFailure('The engine serves no content.')),
        });
        return;
      case 'loop-delay':
        channel.post({ kind: 'outcome', id: message.id, outcome: ok(loopDelay?.() ?? null) });
        return;
      case 'vault-answer':
        vault.answer(message.id, message.ok, message.value);
        return;
      case 'network':
        network.report(message.state);
        return;
      case 'lay-out':
        runtime?.layOut(message.order);
        return;
      case 'power':
        power.report(message.onBattery);
        return;
      case 'stop':
        void stop();
        return;
    }
  });
}

/** What a person reads when the store cannot be opened; the cause's own words are for the log. */
function startFailure(error: unknown) {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return {
      kind: 'limit',
      bound: 'disk',
      message: 'The disk is full.',
      hint: 'Free some space and start again.',
    } as const;
  }
  return internalFailure('The mail store could not be opened.');
}
