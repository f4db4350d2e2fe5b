import type { HostEvent } from '../../shared/contract/events';
import type { MethodOutput } from '../../shared/contract/methods';
import type { SupervisedWorker } from '../engine-host/supervise-worker';
import { checkStore } from './check-store';
import type { WorkersOptions } from './workers-options';

/** Nightly: everything on screen is counted again from facts and intents (SYNC-381). */
const EVERY_MS = 24 * 60 * 60_000;
/** The whole file with all its indexes (SYNC-393); also of a program that never runs for a whole day. */
const FULL_EVERY_MS = 7 * EVERY_MS;
/** After the start, so that the first sync and the first screens come first. */
const FIRST_AFTER_MS = 10 * 60_000;

/** Checks the store after a crash or a power cut (SYNC-393) and once a day, until the signal aborts. */
export async function keepStoreSound(
  options: WorkersOptions,
  engine: Pick<SupervisedWorker, 'call'>,
  publish: (event: HostEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = options;
  const asked = await engine.call('integrity.state', {});
  const state = asked.ok ? (asked.value as MethodOutput<'integrity.state'>) : null;
  let fullCheckAt = state?.fullCheckAt ?? null;
  const isFullDue = (): boolean => fullCheckAt === null || clock.now() - fullCheckAt >= FULL_EVERY_MS;

  async function check(full: boolean): Promise<void> {
    const looked = await checkStore(options, engine, publish, full);
    if (!full || !looked || signal.aborted) return;
    fullCheckAt = clock.now();
    await engine.call('integrity.noteFullCheck', {});
  }

  if (state?.clean === false) await check(false);
  let waitMs = isFullDue() ? FIRST_AFTER_MS : EVERY_MS;
  for (;;) {
    await clock.sleep(waitMs, signal);
    if (signal.aborted) return;
    await check(isFullDue());
    waitMs = EVERY_MS;
  }
}
