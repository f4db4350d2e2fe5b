import { useCallback } from 'react';
import type { ListRow, PendingView } from '../../shared/contract/views';
import { listStrings } from '../strings/list';
import { useLiveQuery } from '../transport/use-live-query';

const LIMIT = 1000;

/** The parked change a marked row belongs to: the one that names its message, else the account's first. */
export function parkedChangeOf(
  row: Pick<ListRow, 'mark' | 'messageId' | 'accountId'>,
  parked: readonly PendingView[],
): PendingView | undefined {
  if (row.mark !== 'parked') return undefined;
  return (
    parked.find(({ messages }) => messages.some(({ id }) => id === row.messageId)) ??
    parked.find(({ accountId }) => accountId === row.accountId)
  );
}

/** What is parked, by row: the change itself, and what is wrong with it in one line (APP-194). */
export function useTroubles() {
  const parked = useLiveQuery('pending.list', { state: 'parked', limit: LIMIT }, ['pending']).data;
  const changeOf = useCallback((row: ListRow) => parkedChangeOf(row, parked ?? []), [parked]);
  const troubleOf = useCallback(
    (row: ListRow) => {
      const change = changeOf(row);
      return change ? listStrings.troubleOf(change.title, change.failure?.message ?? '') : null;
    },
    [changeOf],
  );
  return { changeOf, troubleOf };
}
