import type { PendingView } from '../../shared/contract/views';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { changesStrings } from '../strings/changes';
import { call } from '../transport/call';

/** Asks the engine to try these again now. */
export async function retryChanges(changes: readonly PendingView[]): Promise<void> {
  const outcome = await call('pending.retry', { ids: changes.map(({ id }) => id) });
  if (outcome.ok) showToast({ tone: 'done', text: changesStrings.retried(outcome.value.count) });
  else showFailure(changesStrings.notRetried, outcome.failure);
}

/** Forgets a change for good; the server's facts stay. */
export async function discardChange(change: PendingView): Promise<void> {
  const outcome = await call('pending.discard', { ids: [change.id] });
  if (outcome.ok) showToast({ tone: 'done', text: changesStrings.discarded(change.title) });
  else showFailure(changesStrings.notDiscarded, outcome.failure);
}
