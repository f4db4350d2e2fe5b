import type { ChangeId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import type { Clock } from '../ports/clock';
import type { Store } from '../store/open-store';
import { countTargets } from '../store/read/pending';
import { discardChange, retryChange } from '../store/write/retry-change';
import type { WriteTx } from '../store/write-tx';

/** Messages of one turn, unless one change alone has more (SYNC-395): then it is a turn of its own. */
const TURN_MESSAGES = 250;

/** Sends parked or waiting changes again now, on the facts of this moment (SYNC-243). Answers how many it could. */
export function retryChanges(
  store: Store,
  clock: Clock,
  ids: readonly ChangeId[],
): Promise<Outcome<{ count: number }>> {
  return inTurns(store, clock, ids, retryChange);
}

/** Gives parked or waiting changes up; can be taken back for 10 s by undoing their gesture (SYNC-244). */
export function discardChanges(
  store: Store,
  clock: Clock,
  ids: readonly ChangeId[],
): Promise<Outcome<{ count: number }>> {
  return inTurns(store, clock, ids, discardChange);
}

/** Each turn is one transaction over whole changes; other work of the thread runs between two. */
async function inTurns(
  store: Store,
  clock: Clock,
  ids: readonly ChangeId[],
  act: (tx: WriteTx, id: ChangeId) => boolean,
): Promise<Outcome<{ count: number }>> {
  let count = 0;
  for (let at = 0; at < ids.length; ) {
    if (at > 0) await clock.sleep(0);
    store.writeTx('user', (tx) => {
      let messages = 0;
      do {
        const id = ids[at] as ChangeId;
        messages += countTargets(tx.db, id);
        if (act(tx, id)) count++;
        at++;
      } while (at < ids.length && messages + countTargets(tx.db, ids[at] as ChangeId) <= TURN_MESSAGES);
    });
  }
  return ok({ count });
}
