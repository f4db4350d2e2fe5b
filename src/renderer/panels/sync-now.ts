import type { AccountId, MailboxId } from '../../shared/domain';
import { showFailure } from '../feedback/undo';
import { filterAfresh } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';

/** Starts a sync of one folder, one account or all; the status pill shows how it goes. A filtered list begins afresh. */
export async function syncNow(
  accountId: AccountId | null,
  mailboxId: MailboxId | null = null,
): Promise<void> {
  filterAfresh();
  const outcome = await call('sync.now', { accountId, mailboxId, wait: false, timeoutMs: 0 });
  if (!outcome.ok) showFailure(statusStrings.notSynced, outcome.failure);
}
