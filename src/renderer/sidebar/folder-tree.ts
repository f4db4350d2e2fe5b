import type { MailboxView } from '../../shared/contract/views';
import { MAILBOX_ROLES, type MailboxId } from '../../shared/domain';

export interface FolderNode {
  readonly mailbox: MailboxView;
  readonly children: readonly FolderNode[];
}

/** Folders with a role in the order people look for them, then the rest by name (APP-032). */
const ROLE_ORDER = [
  'inbox',
  'drafts',
  'sent',
  'archive',
  'junk',
  'trash',
  'all',
  'flagged',
  'important',
] as const;
const RANK = new Map(MAILBOX_ROLES.map((role) => [role, ROLE_ORDER.indexOf(role)]));

/** Mailboxes of one account as a tree. A folder whose parent is not known stands at the top. */
export function folderTree(mailboxes: readonly MailboxView[], locale?: string): readonly FolderNode[] {
  const known = new Set(mailboxes.map((mailbox) => mailbox.id));
  const byParent = new Map<MailboxId | null, MailboxView[]>();
  for (const mailbox of mailboxes) {
    const parent = mailbox.parentId !== null && known.has(mailbox.parentId) ? mailbox.parentId : null;
    const siblings = byParent.get(parent);
    if (siblings) siblings.push(mailbox);
    else byParent.set(parent, [mailbox]);
  }
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const rank = (mailbox: MailboxView) => (mailbox.role ? (RANK.get(mailbox.role) ?? 99) : 99);
  const level = (parent: MailboxId | null): FolderNode[] =>
    (byParent.get(parent) ?? [])
      .sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name))
      .map((mailbox) => ({ mailbox, children: level(mailbox.id) }));
  return level(null);
}

/** Unread shown beside a folder: its own, and when it is collapsed also what is hidden below it. */
export function unreadBelow(node: FolderNode): number {
  return node.children.reduce((sum, child) => sum + child.mailbox.unread + unreadBelow(child), 0);
}
