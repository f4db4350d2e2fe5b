import type { MailboxView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS, type SmartListName } from '../../shared/domain';
import { sidebarStrings } from '../strings/sidebar';

const SMART_NAMES = new Map<number, SmartListName>(
  Object.entries(SMART_LISTS).map(([name, id]) => [id, name as SmartListName]),
);

export function smartListName(listId: ListId): SmartListName | null {
  return SMART_NAMES.get(listId) ?? null;
}

/** The view of what is put off, where a row's time is when it comes back. */
export function isSnoozedList(listId: ListId): boolean {
  return listId === SMART_LISTS.snoozed;
}

/** What people call a mailbox: folders with a role have our word, the others their own name. */
export function mailboxName(mailbox: Pick<MailboxView, 'name' | 'role'>): string {
  return mailbox.role ? sidebarStrings.roles[mailbox.role] : mailbox.name;
}

/** Title of a list; empty while its mailbox is not known yet. */
export function listTitle(listId: ListId, mailboxes: readonly MailboxView[], accounts: number): string {
  const smart = smartListName(listId);
  if (smart === 'inbox' && accounts > 1) return sidebarStrings.inboxOfAll;
  if (smart) return sidebarStrings.smartLists[smart];
  const mailbox = mailboxes.find((candidate) => (candidate.id as number) === (listId as number));
  return mailbox ? mailboxName(mailbox) : '';
}
