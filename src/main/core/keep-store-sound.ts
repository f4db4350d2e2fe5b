import type { HostEvent } from '../../shared/contract/events';
import type { MethodOutput } from '../../shared/contract/methods';
import type { SupervisedWorker } from '../engine-host/supervise-worker';
import { checkStore } from './check-store';
import type { WorkersOptions } from './workers-options';

/** Nightly: everything on screen is counted again from facts and intents (SYNC-381). */
const EVERY_MS = 24 * 60 * 60_000;

/** Checks the store after a crash or a power cut (SYNC-393) and once a day, until the signal aborts. */
export async function keepStoreSound(
  options: WorkersOptions,
  engine: Pick<SupervisedWorker, 'call'>,
  publish: (event: HostEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = await engine.call('integrity.startedClean', {});
  const clean = !started.ok || (started.value as MethodOutput<'integrity.startedClean'>).clean;
  if (!clean) await checkStore(options, engine, publish);
  for (;;) {
    await options.clock.sleep(EVERY_MS, signal);
    if (signal.aborted) return;
    await checkStore(options, engine, publish);
  }
}
