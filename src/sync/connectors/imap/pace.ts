/**
 * Gives others a turn of the event loop while a long answer is read (SYNC-395). Without it the socket hands over
 * megabytes in one go: reading is paused and resumed inside one turn, so backpressure alone is no pause.
 */
import type { Clock } from '../../ports/clock';
import type { Turns } from '../../ports/turn-queue';

/** Work between two pauses; the row in progress and the consumer's own work come on top, the limit is 50 ms. */
const TURN_MS = 15;
/** Reading the clock for every line would cost more than it saves. */
const LINES_PER_LOOK = 32;

/**
 * To be asked after every line; a promise means "wait for this first". Answers are read at the pace of old mail: a short
 * one needs no second turn, whatever it is for.
 */
export function createPace(clock: Clock, turns: Turns): () => Promise<void> | null {
  let lines = 0;
  let turnStart = clock.monotonic();
  return () => {
    lines++;
    if (lines % LINES_PER_LOOK !== 0 || clock.monotonic() - turnStart < TURN_MS) return null;
    return turns.next('backfill').then(() => {
      turnStart = clock.monotonic();
    });
  };
}
