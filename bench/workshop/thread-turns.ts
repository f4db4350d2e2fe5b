import type { MethodOutput } from '../../src/shared/contract/methods';
import { atMost, type Row } from '../row';

/** How a thread's event loop was held up, in milliseconds. */
type LoopDelay = MethodOutput<'debug.loopDelay'>['main'];

/** What each thread may be held up by us at most: the main thread one frame, the engine 50 ms (SYNC-395). */
const LIMIT_MS = { 'main thread': 16, engine: 50 };

/**
 * Rows about the turns of a thread. The claim is their cost, in processor time; the delay on the clock stands beside it
 * at p99 only, because the longest is what two cores gave to other programs meanwhile.
 */
export function threadTurns(
  thread: keyof typeof LIMIT_MS,
  { busiest, p99 }: LoopDelay,
  during: string,
): Row[] {
  const limit = LIMIT_MS[thread];
  return [
    atMost(
      { name: `longest ${thread} turn, processor time, ${during}`, value: known(busiest), unit: 'ms' },
      limit,
    ),
    atMost({ name: `${thread} turns, p99 on the clock, ${during}`, value: p99, unit: 'ms' }, limit),
  ];
}

/** Processor time is known since Node 23.9. */
export function known(busiest: number | null): number {
  if (busiest === null) throw new Error('this Node cannot tell the processor time of a thread');
  return busiest;
}
