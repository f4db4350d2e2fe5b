import type { HostEvent } from '../../shared/contract/events';
import { METHODS } from '../../shared/contract/methods';
import { type SupervisedWorker, superviseWorker } from '../engine-host/supervise-worker';
import type { WorkersOptions } from './workers-options';

const DAMAGED: HostEvent = {
  kind: 'parked',
  title: 'Mail store',
  failure: {
    kind: 'internal',
    message: 'The mail store on this computer is damaged.',
    hint: 'Restart Homeport: the last good backup takes its place, what you did since is kept, and newer mail is loaded again.',
  },
};

/**
 * Checks the store in the background, by a reader of its own so that nobody waits for it (SYNC-381, SYNC-393). A
 * difference is a bug and logged as one; what can be made again is made again at once. Answers whether it could look.
 */
export async function checkStore(
  options: WorkersOptions,
  engine: Pick<SupervisedWorker, 'call'>,
  publish: (event: HostEvent) => void,
  full: boolean,
): Promise<boolean> {
  const quiet = (): void => undefined;
  const checker = superviseWorker({ ...options, name: 'reader', onEvent: quiet, onState: quiet });
  const ready = await checker.started;
  const checked = ready.ok ? await checker.call('integrity.check', { full }) : ready;
  await checker.stop();
  if (!checked.ok) {
    options.logger.error('integrity.unchecked', { kind: checked.failure.kind });
    return false;
  }
  const broken = METHODS['integrity.check'].output
    .parse(checked.value)
    .filter(({ problems }) => problems.length > 0);
  if (broken.length === 0) return true;
  const brokenFile = broken.some(({ name }) => name === 'database-file');
  options.logger.error('integrity.problems', { parts: broken.map(({ name }) => name).join(' ') });
  await engine.call('integrity.mend', { brokenFile });
  if (brokenFile) publish(DAMAGED);
  return true;
}
