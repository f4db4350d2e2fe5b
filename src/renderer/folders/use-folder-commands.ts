import { CHOSEN_ROLES } from '../../shared/contract/mailbox-change';
import type { MailboxView } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { knownAccounts, knownLists, knownSettings } from '../actions/known';
import { markAllRead } from '../actions/mark-all-read';
import { useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { saveSettings } from '../settings/use-settings';
import { type DialogState, openDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { menuPoint } from '../ui/menu-point';
import { askToDelete, emptiable, giveRole, subscribeFolder } from './change-folder';
import { canDelete, canHoldFolders, canMove, canRename, isLocal } from './folder-rules';
import { meantAccount, meantList, meantMailbox } from './meant-line';

type FolderDialog = Extract<DialogState, { readonly mailboxId: unknown }>['kind'];

const ask =
  (kind: FolderDialog) =>
  ({ id: mailboxId }: MailboxView): void =>
    openDialog({ kind, mailboxId });

/** There is a server that has it too, and mail lies in it. */
function isOfServer({ accountId, selectable }: MailboxView): boolean {
  return selectable && !isLocal(knownAccounts(), accountId);
}

/** What arrives there is the user's own, or nothing to look at at once. */
const NEVER_NEWS: readonly MailboxView['role'][] = ['sent', 'drafts', 'trash', 'junk'];

function isTold({ id, role }: MailboxView): boolean {
  return knownSettings().notifications.folders?.[id] ?? role === 'inbox';
}

/** New mail of the folder is told from now on, or not any more (APP-270). */
function tellOf(mailbox: MailboxView): void {
  const { notifications } = knownSettings();
  const folders = { ...notifications.folders, [mailbox.id]: !isTold(mailbox) };
  void saveSettings({ notifications: { ...notifications, folders } });
}

function chooseRole(mailbox: MailboxView): void {
  openDialog({
    kind: 'choose',
    title: folderStrings.useAs,
    at: menuPoint(),
    options: CHOSEN_ROLES.map((id) => ({ id, label: folderStrings.roles[id] })),
    selected: mailbox.role,
    choose: (id) => {
      const role = CHOSEN_ROLES.find((choice) => choice === id) ?? null;
      void giveRole(mailbox, role === mailbox.role ? null : role);
    },
  });
}

function hasUnread(listId: ListId): boolean {
  return (knownLists().find(({ id }) => id === listId)?.unreadMessages ?? 0) > 0;
}

/** With neither a folder nor an account meant, that of the first folder. */
function accountForNew(target: CommandTarget | undefined) {
  return meantAccount(target) ?? (target === undefined ? (knownAccounts()[0]?.id ?? null) : null);
}

/** Gives the commands about folders their action; used once, by the main screen. */
export function useFolderCommands(): void {
  useCommandsOn(accountForNew, {
    'folder.new': { run: (accountId) => openDialog({ kind: 'new-folder', accountId, parentId: null }) },
  });
  useCommandsOn(meantList, {
    'folder.markAllRead': { can: hasUnread, run: (listId) => void markAllRead(listId) },
  });
  useCommandsOn(meantMailbox, {
    'folder.newInside': {
      can: canHoldFolders,
      run: ({ id, accountId }) => openDialog({ kind: 'new-folder', accountId, parentId: id }),
    },
    'folder.rename': { can: canRename, run: ask('rename-folder') },
    'folder.move': { can: canMove, run: ask('move-folder') },
    'folder.delete': { can: canDelete, run: askToDelete },
    'folder.empty': {
      can: (mailbox) => emptiable(mailbox) !== null,
      variant: emptiable,
      run: ask('empty-folder'),
    },
    'folder.keep': { can: isOfServer, run: ask('keep-folder') },
    'folder.useAs': { can: ({ role, selectable }) => role !== 'inbox' && selectable, run: chooseRole },
    'folder.notify': {
      can: (mailbox) => isOfServer(mailbox) && !NEVER_NEWS.includes(mailbox.role),
      variant: (mailbox) => (isTold(mailbox) ? 'told' : null),
      run: tellOf,
    },
    'folder.subscribe': {
      can: ({ role, accountId }) => role !== 'inbox' && !isLocal(knownAccounts(), accountId),
      variant: ({ subscribed }) => (subscribed ? 'subscribed' : null),
      run: (mailbox) => void subscribeFolder(mailbox, !mailbox.subscribed),
    },
  });
}
