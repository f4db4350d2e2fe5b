import type { ChangeId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import type { Store } from '../store/open-store';
import { discardChange, retryChange } from '../store/write/retry-change';
import type { WriteTx } from '../store/write-tx';

/** Sends parked or waiting changes again now, on the facts of this moment (SYNC-243). Answers how many it could. */
export function retryChanges(store: Store, ids: readonly ChangeId[]): Outcome<{ count: number }> {
  return each(store, ids, retryChange);
}

/** Gives parked or waiting changes up; can be taken back for 10 s by undoing their gesture (SYNC-244). */
export function discardChanges(store: Store, ids: readonly ChangeId[]): Outcome<{ count: number }> {
  return each(store, ids, discardChange);
}

function each(
  store: Store,
  ids: readonly ChangeId[],
  act: (tx: WriteTx, id: ChangeId) => boolean,
): Outcome<{ count: number }> {
  const count = store.writeTx('user', (tx) => ids.filter((id) => act(tx, id)).length);
  return ok({ count });
}
