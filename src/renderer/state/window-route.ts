import { parseRoute, type RowRoute, routeFragment } from '../../shared/contract/window-route';
import { useUi } from './ui-store';

/** What of the page's own address and history is needed; a test hands in another. */
export interface PageAddress {
  fragment(): string;
  /** Without leaving the page, and without a step to go back to. */
  replace(fragment: string): void;
}

/**
 * Makes a window whose address names a row or a letter one for that alone (UI-003), and writes into the address where it has
 * gone on to, so that a reload or a crash comes back there. Answers false in a whole window.
 */
export function beginWithRoute(address: PageAddress): boolean {
  const route = parseRoute(address.fragment());
  if (route === null) return false;
  useUi.setState({ route });
  if (route.kind === 'draft') return true;
  const { listId, itemId, sort, descending, filter } = route;
  useUi.setState({
    listId,
    sort,
    descending,
    filters: new Map(filter === null ? [] : [[listId, filter]]),
    openItemId: itemId,
  });
  useUi.subscribe(({ openItemId, route: now }, before) => {
    if (now?.kind !== 'row' || openItemId === null || openItemId === before.openItemId) return;
    const next: RowRoute = { ...now, itemId: openItemId, messageId: null };
    useUi.setState({ route: next });
    address.replace(`#${routeFragment(next)}`);
  });
  return true;
}
