import type { AccountId, MailboxId } from '../../shared/domain';
import { showFailure } from '../feedback/undo';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';

/** Starts a sync of one folder, one account or all; the status pill shows how it goes. */
export async function syncNow(
  accountId: AccountId | null,
  mailboxId: MailboxId | null = null,
): Promise<void> {
  const outcome = await call('sync.now', { accountId, mailboxId, wait: false, timeoutMs: 0 });
  if (!outcome.ok) showFailure(statusStrings.notSynced, outcome.failure);
}
