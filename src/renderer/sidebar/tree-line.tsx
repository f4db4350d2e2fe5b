import { ChevronRight, Search } from 'lucide-react';
import { type CSSProperties, type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { mergeProps, type PressEvent, usePress, useTreeItem } from 'react-aria';
import type { TreeState } from 'react-stately';
import { runCommand } from '../commands/registry';
import { targetOfLine } from '../folders/meant-line';
import { currentRowDrag } from '../list/row-drag';
import { number } from '../strings/plural';
import { Avatar } from '../ui/avatar';
import { AccountMark } from './account-mark';
import { canDrop, dropRows } from './drop-rows';
import { canDrag, canDropFolder, dropFolder, startFolderDrag } from './folder-drag';
import type { FolderMenuPlace } from './folder-menu';
import type { LineNode } from './line-collection';
import { FolderIcon, OutboxIcon, SmartIcon } from './line-icon';
import styles from './sidebar.module.css';
import type { SidebarLine } from './sidebar-lines';

interface TreeLineProps {
  readonly node: LineNode;
  readonly line: SidebarLine;
  /** The line above. */
  readonly before: SidebarLine | undefined;
  readonly state: TreeState<SidebarLine>;
  /** It is what is on screen. */
  readonly isOpen: boolean;
  /** Where the focus comes in. */
  readonly isStop: boolean;
  readonly rail: boolean;
  onChoose(line: SidebarLine): void;
  onMenu(place: FolderMenuPlace): void;
}

/** It knows the lines of a level; react-aria would count anew for each line. */
const COUNTED_BY_BROWSER = { 'aria-posinset': undefined, 'aria-setsize': undefined };

/** One line of the tree. What a key does to the folder itself is said here; walking, unfolding and Enter are react-aria's. */
export function TreeLine({ node, line, before, state, isOpen, isStop, rail, ...on }: TreeLineProps) {
  const ref = useRef<HTMLDivElement>(null);
  const unfolds = !rail && line.expanded !== null;
  const { rowProps, expandButtonProps } = useTreeItem({ node, hasChildItems: unfolds }, state, ref);
  const { isDropTarget, dropProps } = useLineDrop(line);
  const dragProps = { onDragStart: (event: DragEvent) => startFolderDrag(event, line) };

  return (
    <div
      {...mergeProps(rowProps, dragProps, dropProps)}
      {...COUNTED_BY_BROWSER}
      ref={ref}
      data-key={line.key}
      role="treeitem"
      tabIndex={rowProps.tabIndex}
      aria-selected={isOpen}
      aria-current={isOpen ? 'page' : undefined}
      title={rail ? line.label : undefined}
      data-region-focus={isStop || undefined}
      data-drop={isDropTarget || undefined}
      data-kind={line.kind}
      data-first={
        (line.kind === 'account' && before?.kind !== 'account' && before?.kind !== 'folder') || undefined
      }
      className={`${styles.line} ${line.count > 0 && line.unread ? styles.unread : ''}`}
      style={{ '--level': line.level } as CSSProperties}
      draggable={(!rail && canDrag(line)) || undefined}
      onKeyDown={(event: KeyboardEvent<HTMLDivElement>) => {
        // With these a key is a shortcut of the window's.
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target === event.currentTarget && ownKey(event.key, line, on.onChoose)) {
          event.preventDefault();
          event.stopPropagation();
        } else rowProps.onKeyDown?.(event);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        // It is no list of messages: nothing in the menu would mean it.
        if (line.kind !== 'outbox') on.onMenu({ line, x: event.clientX, y: event.clientY });
      }}
    >
      {line.expanded === null ? (
        <span className={styles.twisty} />
      ) : (
        <Twisty isOpen={line.expanded} onPress={(event) => expandButtonProps.onPress?.(event)} />
      )}
      {line.kind === 'account' && <Avatar name={line.label} hue={line.account.hue} size={24} />}
      {line.kind === 'smart' && <SmartIcon name={line.name} />}
      {line.kind === 'search' && <Search size={16} aria-hidden />}
      {line.kind === 'outbox' && <OutboxIcon />}
      {line.kind === 'folder' && <FolderIcon role={line.mailbox.role} />}
      <span className={styles.label} dir="auto">
        {line.label}
      </span>
      {line.kind === 'account' && <AccountMark account={line.account} />}
      {line.count > 0 && <span className={styles.count}>{number(line.count)}</span>}
    </div>
  );
}

/** True when the key meant the line. Space is here because react-aria has it select, and a list is shown instead. */
function ownKey(key: string, line: SidebarLine, choose: (line: SidebarLine) => void): boolean {
  const target = targetOfLine(line.key) ?? undefined;
  if (key === ' ') choose(line);
  else if (key === 'F2') runCommand('folder.rename', target);
  else if (key === 'Delete') runCommand(line.kind === 'search' ? 'search.keep' : 'folder.delete', target);
  else return false;
  return true;
}

/** Takes rows of the list and other folders. */
function useLineDrop(line: SidebarLine) {
  const [isDropTarget, setDropTarget] = useState(false);
  const dropProps = {
    onDragOver: (event: DragEvent) => {
      const drag = currentRowDrag();
      if (drag ? !canDrop(drag, line) : !canDropFolder(line)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      setDropTarget(true);
    },
    onDragLeave: () => setDropTarget(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDropTarget(false);
      const drag = currentRowDrag();
      if (!drag) dropFolder(line);
      else if (canDrop(drag, line)) dropRows(drag, line);
    },
  };
  return { isDropTarget, dropProps };
}

/** For pointers alone: the arrow keys of the line do the same. */
function Twisty({ isOpen, onPress }: { readonly isOpen: boolean; onPress(event: PressEvent): void }) {
  const { pressProps } = usePress({ onPress, preventFocusOnPress: true });
  return (
    <span {...pressProps} className={styles.twisty} data-open={isOpen || undefined}>
      <ChevronRight size={14} aria-hidden />
    </span>
  );
}
