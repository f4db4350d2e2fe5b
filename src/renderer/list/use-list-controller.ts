import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ListView } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { useHost } from '../transport/use-host';
import { ListController, type ListSnapshot } from './list-controller';
import { useCommandedList } from './open-list';
import { WarmLists } from './warm-lists';

const warm = new WarmLists();

/**
 * Opens a list for as long as the caller is mounted: loads it, keeps it live, makes it the one commands act on
 * while it is `active`. In another mode rows are other items, so the list begins anew.
 */
export function useListController(
  listId: ListId,
  mode: ListView['mode'],
  active: boolean,
): { list: ListController; snapshot: ListSnapshot } {
  const sort = useUi((state) => state.sort);
  const descending = useUi((state) => state.descending);
  const filters = useUi((state) => state.filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order or filter is not another list, another mode is.
  const list = useMemo(() => {
    const query = { listId, sort, descending, filter: filters.get(listId) ?? null };
    return new ListController(query, (request) => call('lists.page', request), warm.find(query, mode));
  }, [listId, mode]);
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);

  useEffect(() => {
    list.start();
    const end = onHostEvent((event) => {
      if (event.kind === 'notice' && event.topics.includes(`list:${listId}`)) list.notice();
    });
    // A page that was asked for when the connection broke, and changes nobody can name (APP-395).
    const endReconnect = useHost.subscribe((host, before) => {
      if (host.gaps !== before.gaps) list.notice();
      else if (host.connection === 'open' && before.connection !== 'open' && list.snapshot().failure)
        list.retry();
    });
    return () => {
      end();
      endReconnect();
      list.stop();
      warm.keep(list.snapshot().query, mode, list.beginning());
    };
  }, [list, listId, mode]);

  useCommandedList(active ? list : null, snapshot);
  useEffect(() => {
    const { query } = list.snapshot();
    if (query.sort !== sort || query.descending !== descending) list.sortBy(sort, descending);
  }, [list, sort, descending]);
  const chosen = useRef(filters);
  useEffect(() => {
    if (chosen.current === filters) return;
    chosen.current = filters;
    list.filterBy(filters.get(listId) ?? null);
  }, [list, listId, filters]);
  return { list, snapshot };
}
