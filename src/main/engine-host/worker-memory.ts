import type { WorkerName } from './engine-host';

/**
 * Space for young objects in a worker, in MiB. V8 would take 48 of them per worker on a large machine and keep them. The
 * short-lived objects of a page fit into a quarter of that; of the batches of a first sync, which live until they are
 * stored, half as many are copied around in twice the room (SYNC section 17: memory after a sync, headers a second).
 */
export const YOUNG_GENERATION_MIB: Readonly<Record<WorkerName, number>> = { engine: 24, reader: 12 };

/** V8 counts one of its three semi-spaces where a process is told by flag. */
export function semiSpaceMib(name: WorkerName): number {
  return YOUNG_GENERATION_MIB[name] / 3;
}
