import { fail, type Outcome, ok } from '../../shared/outcome';
import { createStderrLogger } from '../../sync/ports/stderr-logger';
import { createSystemClock } from '../../sync/ports/system-clock';
import type { createReaderRuntime, ReaderRuntime, WantedOrder } from '../../sync/runtime';
import type { ParentChannel } from './parent-channel';
import { describeBug, internalFailure, runSafely } from './run-safely';
import type { ToWorker, WorkerInit } from './worker-messages';

/** The reader behind a channel: read-only connections for what is on screen. It never writes and never goes online. */
export function serveReader(channel: ParentChannel, createRuntime: typeof createReaderRuntime): void {
  const clock = createSystemClock();
  let reader: ReaderRuntime | undefined;
  let logger = createStderrLogger(clock);

  const wantOrder = (order: WantedOrder): void => channel.post({ kind: 'order-wanted', order });
  const init = async ({ profileDir, logLevel }: WorkerInit): Promise<void> => {
    logger = createStderrLogger(clock, logLevel);
    try {
      reader = await createRuntime({ profileDir, clock, wantOrder });
      channel.post({ kind: 'ready' });
    } catch (error) {
      logger.error('reader.start-failed', describeBug(error));
      channel.post({
        kind: 'failed',
        failure: internalFailure('The mail store could not be opened for reading.'),
      });
    }
  };
  const answer = (
    id: number,
    what: string,
    work: (runtime: ReaderRuntime) => Promise<Outcome<unknown>>,
  ): void => {
    const guarded = async () =>
      reader === undefined ? fail(internalFailure('The reader is not running yet.')) : work(reader);
    void runSafely(guarded, (error) =>
      logger.error('reader.bug', { method: what, ...describeBug(error) }),
    ).then((outcome) => channel.post({ kind: 'outcome', id, outcome }));
  };

  channel.onOrphaned(() => process.exit(0));
  channel.listen((message: ToWorker) => {
    switch (message.kind) {
      case 'init':
        void init(message.init);
        return;
      case 'call':
        answer(message.id, message.method, (runtime) => runtime.call(message.method, message.input));
        return;
      case 'content':
        answer(message.id, 'content', (runtime) => runtime.content(message.request));
        return;
      case 'loop-delay':
        channel.post({ kind: 'outcome', id: message.id, outcome: ok(null) });
        return;
      case 'vault-answer':
      case 'network':
      case 'lay-out':
        return;
      case 'stop':
        reader?.close();
        channel.post({ kind: 'stopped' });
        return;
    }
  });
}
