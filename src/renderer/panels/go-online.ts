import { showFailure } from '../feedback/undo';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';

/** Ends working offline; the accounts go on where they were. */
export async function goOnline(): Promise<void> {
  const outcome = await call('sync.setOffline', { offline: false });
  if (!outcome.ok) showFailure(statusStrings.stillOffline, outcome.failure);
}
