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

/** By what they are about; which of them a line offers is said by the commands themselves. */
const COMMANDS: readonly (readonly CommandId[])[] = [
  ['search.keep', 'sync.now', 'folder.markAllRead', 'folder.empty'],
  ['folder.new', 'folder.newInside', 'folder.rename', 'folder.move', 'folder.delete'],
  ['folder.keep', 'folder.useAs', 'folder.notify', 'folder.subscribe'],
  ['account.signIn', 'account.pause', 'account.remove'],
];

/** What can be done with a line of the side bar. */
export function FolderMenu({ place, onClose }: FolderMenuProps) {
  const { key, label } = place.line;
  const target = targetOfLine(key);
  return (
    target && (
      <ContextMenu at={place} label={sidebarStrings.folderMenu(label)} onClose={onClose}>
        <CommandItems groups={COMMANDS} target={target} />
      </ContextMenu>
    )
  );
}
