import { useMemo } from 'react';
import { SMART_LISTS } from '../../shared/domain';
import { useSettings } from '../settings/use-settings';
import { listStrings } from '../strings/list';
import { useLiveQuery } from '../transport/use-live-query';
import { dateGroups, GroupSlots, groupStarts } from './date-groups';
import type { ListQuery } from './page-loader';

/** The rows of a list with the headers of their dates between them (UI-025), where there are any. */
export function useDateGroups(query: ListQuery, rows: number, today: number, isTable: boolean): GroupSlots {
  const { listId, sort, descending, filter } = query;
  const isOn =
    useSettings().dateGroups &&
    !isTable &&
    sort === 'date' &&
    descending &&
    filter === null &&
    (listId as number) !== SMART_LISTS.snoozed;
  const groups = useMemo(() => dateGroups(today, listStrings.groups), [today]);
  const since = useMemo(() => groups.slice(0, -1).map((group) => group.since), [groups]);
  const counts = useLiveQuery('lists.countSince', { listId, since }, [`list:${listId}`], {
    enabled: isOn,
    keepPrevious: true,
  }).data;
  return useMemo(
    () => new GroupSlots(isOn && counts ? groupStarts(groups, counts, rows) : [], rows),
    [isOn, counts, groups, rows],
  );
}
