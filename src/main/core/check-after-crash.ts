import type { HostEvent } from '../../shared/contract/events';
import { METHODS, type MethodOutput } from '../../shared/contract/methods';
import { type SupervisedWorker, superviseWorker } from '../engine-host/supervise-worker';
import type { WorkersOptions } from './workers-options';

const DAMAGED: HostEvent = {
  kind: 'parked',
  title: 'Mail store',
  failure: {
    kind: 'internal',
    message: 'The mail store on this computer is damaged.',
    hint: 'Restart Homeport: the last good backup takes its place and newer mail is loaded again.',
  },
};

/**
 * After a crash or a power cut the store is checked in the background, by a reader of its own so that nobody waits for it
 * (SYNC-393). What can be made again is made again at once.
 */
export async function checkAfterCrash(
  options: WorkersOptions,
  engine: SupervisedWorker,
  publish: (event: HostEvent) => void,
): Promise<void> {
  const started = await engine.call('integrity.startedClean', {});
  if (!started.ok || (started.value as MethodOutput<'integrity.startedClean'>).clean) return;
  const quiet = (): void => undefined;
  const checker = superviseWorker({ ...options, name: 'reader', onEvent: quiet, onState: quiet });
  const ready = await checker.started;
  const checked = ready.ok ? await checker.call('integrity.check', {}) : ready;
  await checker.stop();
  if (!checked.ok) {
    options.logger.error('integrity.unchecked', { kind: checked.failure.kind });
    return;
  }
  const broken = METHODS['integrity.check'].output
    .parse(checked.value)
    .filter(({ problems }) => problems.length > 0);
  if (broken.length === 0) return;
  const brokenFile = broken.some(({ name }) => name === 'database-file');
  options.logger.error('integrity.problems', { parts: broken.map(({ name }) => name).join(' ') });
  await engine.call('integrity.mend', { brokenFile });
  if (brokenFile) publish(DAMAGED);
}
