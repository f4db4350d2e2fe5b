import type { AccountView } from '../../shared/contract/views';
import type { AccountId, MailboxId } from '../../shared/domain';
import { knownAccounts } from '../actions/known';
import { follow } from '../feedback/running-work';
import { showFailure } from '../feedback/undo';
import { filterAfresh } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { request } from '../transport/request';

/**
 * Starts a sync of one folder, one account or all, and shows of how many accounts the news are here; what is loaded after
 * that is for the status pill. A filtered list begins afresh.
 */
export async function syncNow(
  accountId: AccountId | null,
  mailboxId: MailboxId | null = null,
): Promise<void> {
  filterAfresh();
  const accounts = knownAccounts().filter(({ id }) => accountId === null || id === accountId);
  const rounds = accounts.map((account) => ({
    account,
    pending: request('sync.now', { accountId: account.id, mailboxId, wait: true, timeoutMs: 0 }),
  }));
  const cancel = () => {
    for (const { pending } of rounds) pending.cancel();
  };
  const spec = {
    place: 'list',
    doing: statusStrings.checking,
    counted: statusStrings.ofAccounts,
    cancel,
  } as const;
  await follow(spec, async (running) => {
    const total = rounds.length;
    let done = 0;
    const tell = () => running.progress(total > 1 ? { done, total } : null);
    tell();
    await Promise.all(
      rounds.map(async ({ account, pending }) => {
        const news = watchNews(account);
        const outcome = await Promise.race([pending.answer, news.told]).finally(news.end);
        done += 1;
        tell();
        if (outcome !== null && !outcome.ok && outcome.failure.kind !== 'cancelled')
          showFailure(statusStrings.notSynced, outcome.failure);
      }),
    );
  });
}

/** `told` resolves when the account's server has been asked for news since. */
function watchNews({ id, lastSyncedAt }: AccountView) {
  let end = (): void => undefined;
  const told = new Promise<null>((resolve) => {
    end = onHostEvent((event) => {
      if (event.kind !== 'notice' || !event.topics.includes('accounts')) return;
      void call('accounts.list', {}).then((now) => {
        const account = now.ok ? now.value.find((one) => one.id === id) : undefined;
        if (account && account.lastSyncedAt !== lastSyncedAt) resolve(null);
      });
    });
  });
  return { told, end };
}
