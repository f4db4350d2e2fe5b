import type { AccountView, PendingView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { useLiveQuery } from '../transport/use-live-query';

interface AccountFacts {
  readonly account: AccountView | undefined;
  /** Its changes that have not reached the server. */
  readonly unsent: readonly PendingView[];
}

/** An account and what it has not sent yet. */
export function useAccount(accountId: AccountId): AccountFacts {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const pending = useLiveQuery('pending.list', { state: 'all', limit: 1000 }, ['pending']).data ?? [];
  return {
    account: accounts?.find(({ id }) => id === accountId),
    unsent: pending.filter((change) => change.accountId === accountId),
  };
}
