import { useEffect } from 'react';
import { SMART_LISTS } from '../../shared/domain';
import { appStrings } from '../strings/app';
import { useLiveQuery } from '../transport/use-live-query';

/** Unread messages of the inboxes in the window's title: what a tab or task bar shows (APP-394). */
export function useTitle(): void {
  const lists = useLiveQuery('lists.list', {}, ['lists']).data;
  const unread = lists?.find(({ id }) => id === SMART_LISTS.inbox)?.unreadMessages ?? 0;
  useEffect(() => {
    document.title = appStrings.title(unread);
  }, [unread]);
}
