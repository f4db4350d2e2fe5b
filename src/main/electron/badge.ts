import type { ListView } from '../../shared/contract/views';
import { SMART_LISTS } from '../../shared/domain';

/** Unread messages of all inboxes: what tray, dock and title tell (APP-272, APP-273). */
export function unreadInInboxes(lists: readonly ListView[]): number {
  return lists.find(({ id }) => id === SMART_LISTS.inbox)?.unreadMessages ?? 0;
}

export function trayTitle(unread: number): string {
  if (unread === 0) return 'Homeport';
  return unread === 1 ? 'Homeport - 1 unread message' : `Homeport - ${unread} unread messages`;
}
