import type { AccountView, MailboxView } from '../../shared/contract/views';
import type { AccountId, ListId, MailboxId, MailboxRole } from '../../shared/domain';
import { mailboxName } from '../list/list-title';
import { type FolderNode, folderTree } from '../sidebar/folder-tree';

export interface MoveTarget {
  readonly id: string;
  readonly name: string;
  readonly role: MailboxRole | null;
  /** The folders above it and, with several accounts, whose it is. */
  readonly where: string;
  /** What typing is compared with: the whole path. */
  readonly text: string;
}

/** Folders that rows of these accounts can move to, in the order of the side bar; not the one they are in. */
export function moveTargets(
  mailboxes: readonly MailboxView[],
  accounts: readonly AccountView[],
  concerned: ReadonlySet<AccountId>,
  current: ListId | MailboxId | null,
): MoveTarget[] {
  const targets: MoveTarget[] = [];
  const shown = accounts.filter((account) => concerned.size === 0 || concerned.has(account.id));
  for (const account of [...shown].sort((a, b) => a.position - b.position)) {
    const walk = (nodes: readonly FolderNode[], above: readonly string[]) => {
      for (const { mailbox, children } of nodes) {
        const name = mailboxName(mailbox);
        if (mailbox.selectable && (mailbox.id as number) !== (current as number | null)) {
          const path = shown.length > 1 ? [account.name || account.email, ...above] : above;
          targets.push({
            id: String(mailbox.id),
            name,
            role: mailbox.role,
            where: path.join(' / '),
            text: [...above, name].join(' / '),
          });
        }
        walk(children, [...above, name]);
      }
    };
    walk(folderTree(mailboxes.filter((mailbox) => mailbox.accountId === account.id)), []);
  }
  return targets;
}
