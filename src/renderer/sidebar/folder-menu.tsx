import {
  FolderInput,
  FolderPlus,
  HardDriveDownload,
  MailOpen,
  Pencil,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import { CHOSEN_ROLES } from '../../shared/contract/mailbox-change';
import type { MailboxView } from '../../shared/contract/views';
import { knownSettings } from '../actions/known';
import { markAllRead } from '../actions/mark-all-read';
import { askToDelete, emptiable, giveRole, subscribeFolder } from '../folders/change-folder';
import { canDelete, canHoldFolders, canMove, canRename } from '../folders/folder-rules';
import { syncNow } from '../panels/sync-now';
import { removeSearch } from '../search/saved-searches';
import { saveSettings, useSettings } from '../settings/use-settings';
import { openDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { sidebarStrings } from '../strings/sidebar';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import { MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import type { SidebarLine } from './sidebar-lines';

export interface FolderMenuPlace extends MenuPoint {
  readonly line: Exclude<SidebarLine, { kind: 'outbox' }>;
}

interface FolderMenuProps {
  readonly place: FolderMenuPlace;
  /** There is no server to subscribe at. */
  readonly isLocal: boolean;
  onClose(): void;
}

/** What can be done with a line of the side bar. */
export function FolderMenu({ place, isLocal, onClose }: FolderMenuProps) {
  const { line } = place;
  const { notifications } = useSettings();
  const accountId =
    line.kind === 'account' ? line.account.id : line.kind === 'folder' ? line.mailbox.accountId : null;
  const mailboxId = line.kind === 'folder' ? line.mailbox.id : null;
  if (line.kind === 'search') {
    return (
      <ContextMenu at={place} label={sidebarStrings.folderMenu(line.label)} onClose={onClose}>
        <MenuItem
          icon={<Trash2 />}
          label={sidebarStrings.removeSearch}
          onAction={() => removeSearch(line.search.query)}
        />
      </ContextMenu>
    );
  }
  return (
    <ContextMenu at={place} label={sidebarStrings.folderMenu(line.label)} onClose={onClose}>
      <MenuItem
        icon={<RefreshCw />}
        label={sidebarStrings.syncNow}
        onAction={() => void syncNow(accountId, mailboxId)}
      />
      {line.kind !== 'account' && line.unread && line.count > 0 && (
        <MenuItem
          icon={<MailOpen />}
          label={sidebarStrings.markAllRead}
          onAction={() => void markAllRead(line.listId)}
        />
      )}
      {line.kind === 'account' && (
        <MenuItem
          icon={<FolderPlus />}
          label={folderStrings.create}
          onAction={() => openDialog({ kind: 'new-folder', accountId: line.account.id, parentId: null })}
        />
      )}
      {line.kind === 'folder' && folderItems(line.mailbox, isLocal, notifications.folders ?? {})}
    </ContextMenu>
  );
}

type FolderChoices = Readonly<Record<string, boolean>>;
/** What arrives there is the user's own, or nothing to look at at once. */
const NEVER_NEWS: readonly (string | null)[] = ['sent', 'drafts', 'trash', 'junk'];

/** New mail of the folder is told from now on, or not any more (APP-270). */
function tellOf(mailboxId: number, told: boolean): void {
  const { notifications } = knownSettings();
  const folders = { ...notifications.folders, [mailboxId]: told };
  void saveSettings({ notifications: { ...notifications, folders } });
}

/** The items of a folder, as children of the menu itself. */
function folderItems(mailbox: MailboxView, isLocal: boolean, folders: FolderChoices) {
  const { id: mailboxId, accountId, role } = mailbox;
  const empties = emptiable(mailbox);
  const told = folders[mailboxId] ?? role === 'inbox';
  return (
    <>
      {empties && (
        <MenuItem
          icon={<Trash2 />}
          label={folderStrings.empty[empties]}
          danger
          onAction={() => openDialog({ kind: 'empty-folder', mailboxId })}
        />
      )}
      <MenuSeparator />
      {canHoldFolders(mailbox) && (
        <MenuItem
          icon={<FolderPlus />}
          label={folderStrings.createInside}
          onAction={() => openDialog({ kind: 'new-folder', accountId, parentId: mailboxId })}
        />
      )}
      {canRename(mailbox) && (
        <MenuItem
          icon={<Pencil />}
          label={folderStrings.rename}
          onAction={() => openDialog({ kind: 'rename-folder', mailboxId })}
        />
      )}
      {canMove(mailbox) && (
        <MenuItem
          icon={<FolderInput />}
          label={folderStrings.move}
          onAction={() => openDialog({ kind: 'move-folder', mailboxId })}
        />
      )}
      {canDelete(mailbox) && (
        <MenuItem
          icon={<Trash2 />}
          label={folderStrings.delete}
          danger
          onAction={() => askToDelete(mailbox)}
        />
      )}
      {!isLocal && mailbox.selectable && (
        <MenuItem
          icon={<HardDriveDownload />}
          label={folderStrings.keep.menu}
          onAction={() => openDialog({ kind: 'keep-folder', mailboxId })}
        />
      )}
      {role !== 'inbox' && mailbox.selectable && (
        <MenuSection title={folderStrings.useAs} selected={role ? [role] : []} multiple>
          {CHOSEN_ROLES.map((choice) => (
            <MenuItem
              key={choice}
              id={choice}
              label={folderStrings.roles[choice]}
              onAction={() => void giveRole(mailbox, role === choice ? null : choice)}
            />
          ))}
        </MenuSection>
      )}
      {!isLocal && mailbox.selectable && !NEVER_NEWS.includes(role) && (
        <MenuSection title={folderStrings.newMail} selected={told ? ['told'] : []} multiple>
          <MenuItem id="told" label={folderStrings.notify} onAction={() => tellOf(mailboxId, !told)} />
        </MenuSection>
      )}
      {!isLocal && role !== 'inbox' && (
        <MenuSection
          title={folderStrings.subscription}
          selected={mailbox.subscribed ? ['subscribed'] : []}
          multiple
        >
          <MenuItem
            id="subscribed"
            label={folderStrings.subscribed}
            onAction={() => void subscribeFolder(mailbox, !mailbox.subscribed)}
          />
        </MenuSection>
      )}
    </>
  );
}
