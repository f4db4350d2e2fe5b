import type { MethodInput } from '../../shared/contract/methods';
import type { PendingView } from '../../shared/contract/views';
import { showToast } from '../feedback/toast-store';
import { showFailure, showUndo } from '../feedback/undo';
import { changesStrings } from '../strings/changes';
import { call } from '../transport/call';

/** The engine leaves alone what it is just sending. */
const ON_ITS_WAY = { kind: 'conflict', message: changesStrings.onItsWay } as const;

/** Asks the engine to try these again now. */
export async function retryChanges(changes: readonly PendingView[]): Promise<void> {
  const outcome = await call('pending.retry', { ids: changes.map(({ id }) => id) });
  if (!outcome.ok) showFailure(changesStrings.notRetried, outcome.failure);
  else if (outcome.value.count === 0) showFailure(changesStrings.notRetried, ON_ITS_WAY);
  else showToast({ tone: 'done', text: changesStrings.retried(outcome.value.count) });
}

/** Sends a move that needs attention to another folder, or to the one that is gone and is made again. */
export async function redirectChange(
  { id, title, targetCount }: Pick<PendingView, 'id' | 'title' | 'targetCount'>,
  to: MethodInput<'pending.redirect'>['to'],
  folder: string | null,
): Promise<void> {
  const outcome = await call('pending.redirect', { id, to });
  if (!outcome.ok) {
    showFailure(changesStrings.notRetried, outcome.failure);
    return;
  }
  const text =
    folder === null ? changesStrings.createdAgain(title) : changesStrings.redirected(targetCount, folder);
  showUndo({ text, gestureId: outcome.value.gestureId });
}

/** Gives a change up; the server's facts stay. For a moment it can be taken back (SYNC-244). */
export async function discardChange(change: PendingView): Promise<void> {
  const outcome = await call('pending.discard', { ids: [change.id] });
  if (!outcome.ok) showFailure(changesStrings.notDiscarded, outcome.failure);
  else if (outcome.value.count === 0) showFailure(changesStrings.notDiscarded, ON_ITS_WAY);
  else showUndo({ text: changesStrings.discarded(change.title), gestureId: change.gestureId });
}
