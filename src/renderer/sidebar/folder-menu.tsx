import type { CommandId } from '../commands/catalogue';
import { CommandItems } from '../commands/command-items';
import { targetOfLine } from '../folders/meant-line';
import { sidebarStrings } from '../strings/sidebar';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import type { SidebarLine } from './sidebar-lines';

export interface FolderMenuPlace extends MenuPoint {
  readonly line: Exclude<SidebarLine, { kind: 'outbox' }>;
}

interface FolderMenuProps {
  readonly place: FolderMenuPlace;
  onClose(): void;
}

/** By kind of line; which of them can run there is said by the commands themselves. */
const COMMANDS: Readonly<Record<FolderMenuPlace['line']['kind'], readonly (readonly CommandId[])[]>> = {
  smart: [['sync.now', 'folder.markAllRead']],
  search: [['search.keep']],
  account: [['sync.now', 'folder.new'], ['account.pause', 'account.signIn'], ['account.remove']],
  folder: [
    ['sync.now', 'folder.markAllRead', 'folder.empty'],
    ['folder.newInside', 'folder.rename', 'folder.move', 'folder.delete'],
    ['folder.keep', 'folder.useAs', 'folder.notify', 'folder.subscribe'],
  ],
};

/** What can be done with a line of the side bar. */
export function FolderMenu({ place, onClose }: FolderMenuProps) {
  const { kind, key, label } = place.line;
  const target = targetOfLine(key);
  return (
    target && (
      <ContextMenu at={place} label={sidebarStrings.folderMenu(label)} onClose={onClose}>
        <CommandItems groups={COMMANDS[kind]} target={target} />
      </ContextMenu>
    )
  );
}
