import type { AccountView, MailboxView } from '../../shared/contract/views';
import type { AccountId, MailboxId } from '../../shared/domain';

/** A folder and what lies in it, at any depth; the folder itself first. */
export function withInner(mailbox: MailboxView, mailboxes: readonly MailboxView[]): MailboxView[] {
  const found = [mailbox];
  for (let at = 0; at < found.length; at++)
    for (const other of mailboxes)
      if (other.parentId === found[at]?.id && !found.includes(other)) found.push(other);
  return found;
}

export function canMove({ role }: MailboxView): boolean {
  return role !== 'inbox';
}

/** Folders with a role are shown by our word for it: another name would not be seen. */
export function canRename({ role }: MailboxView): boolean {
  return role === null;
}

/** Mail of a trash has nowhere to go: it is emptied first. */
export function canDelete(mailbox: MailboxView): boolean {
  return mailbox.role !== 'inbox' && !(mailbox.role === 'trash' && mailbox.total > 0);
}

export function canHoldFolders({ delimiter }: MailboxView): boolean {
  return delimiter !== null;
}

/** Whether a folder may be put into another one, or (null) at the top; not where it is. */
export function canLieIn(
  mailbox: MailboxView,
  parent: MailboxView | null,
  accountId: AccountId,
  mailboxes: readonly MailboxView[],
): boolean {
  if (!canMove(mailbox) || mailbox.accountId !== accountId) return false;
  if (mailbox.parentId === (parent?.id ?? null)) return false;
  return parent === null || (canHoldFolders(parent) && !withInner(mailbox, mailboxes).includes(parent));
}

/** Whether deleting it has to be asked about: when something is lost from sight with it, or it has a part to play. */
export function asksBeforeDelete(inner: readonly MailboxView[]): boolean {
  return inner.length > 1 || inner.some(({ total, role }) => total > 0 || role !== null);
}

export function isLocal(accounts: readonly AccountView[], accountId: AccountId): boolean {
  return accounts.find(({ id }) => id === accountId)?.protocol === 'local';
}

export function mailboxOf(mailboxes: readonly MailboxView[], id: MailboxId): MailboxView | null {
  return mailboxes.find((mailbox) => mailbox.id === id) ?? null;
}

/** Ages in days that are offered; one that was chosen elsewhere stays a choice. */
const AGES: readonly (number | null)[] = [null, 30, 90, 365, 1_095];

/** How far back bodies of a folder may be kept, in days, ascending after null = without limit. */
export function ageChoices(chosen: number | null): (number | null)[] {
  const days = [...new Set([...AGES, chosen])];
  return days.sort((a, b) => (a ?? 0) - (b ?? 0));
}
