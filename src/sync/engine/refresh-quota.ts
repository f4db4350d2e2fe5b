import type { AccountId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { Store } from '../store/open-store';
import { quotaKey, readQuota } from '../store/read/upkeep';
import { setSetting } from '../store/write/settings';
import type { RunnerContext } from './runner-context';

const EVERY_MS = 6 * 60 * 60_000;

/** Asks how full the account is at its server when that is six hours old (SYNC-044). Trouble is no news: later again. */
export async function refreshQuota(context: RunnerContext, signal: AbortSignal): Promise<void> {
  const { store, accountId, clock, connector } = context;
  const known = readQuota(store.read, accountId);
  if (!connector.quota || (known && clock.now() - known.checkedAt < EVERY_MS)) return;
  const quota = await connector.quota(signal);
  if (!quota.ok) return;
  store.writeTx('server', (tx) =>
    setSetting(tx, quotaKey(accountId), { checkedAt: clock.now(), resources: quota.value }),
  );
}

/** The server refused something because the account is full: what we know of its quota is out of date. */
export function forgetQuotaWhenFull(store: Store, accountId: AccountId, failure: Failure): void {
  const known = readQuota(store.read, accountId);
  if (failure.kind !== 'rejected' || failure.code !== 'OVERQUOTA' || !known) return;
  store.writeTx('server', (tx) => setSetting(tx, quotaKey(accountId), { ...known, checkedAt: 0 }));
}
