import { MailOpen, RefreshCw } from 'lucide-react';
import { markAllRead } from '../actions/mark-all-read';
import { syncNow } from '../panels/sync-now';
import { sidebarStrings } from '../strings/sidebar';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import { MenuItem } from '../ui/menu';
import type { SidebarLine } from './sidebar-lines';

export interface FolderMenuPlace extends MenuPoint {
  readonly line: SidebarLine;
}

interface FolderMenuProps {
  readonly place: FolderMenuPlace;
  onClose(): void;
}

/** What can be done with a line of the side bar. */
export function FolderMenu({ place, onClose }: FolderMenuProps) {
  const { line } = place;
  const accountId =
    line.kind === 'account' ? line.account.id : line.kind === 'folder' ? line.mailbox.accountId : null;
  const mailboxId = line.kind === 'folder' ? line.mailbox.id : null;
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
    </ContextMenu>
  );
}
