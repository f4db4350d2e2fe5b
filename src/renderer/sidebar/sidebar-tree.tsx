import { ChevronRight, Search } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import type { ListId } from '../../shared/domain';
import { runCommand } from '../commands/registry';
import { targetOfLine } from '../folders/meant-line';
import { currentRowDrag } from '../list/row-drag';
import { useUi } from '../state/ui-store';
import { number } from '../strings/plural';
import { sidebarStrings } from '../strings/sidebar';
import { Avatar } from '../ui/avatar';
import { AccountMark } from './account-mark';
import { canDrop, dropRows } from './drop-rows';
import { canDrag, canDropFolder, dropFolder, startFolderDrag } from './folder-drag';
import type { FolderMenuPlace } from './folder-menu';
import { FolderIcon, OutboxIcon, SmartIcon } from './line-icon';
import styles from './sidebar.module.css';
import { lineName, type SidebarLine } from './sidebar-lines';
import { treeStep, typeAhead } from './tree-walk';

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 700;

interface SidebarTreeProps {
  readonly lines: readonly SidebarLine[];
  /** The list on screen; null = the outbox. */
  readonly listId: ListId | null;
  readonly rail: boolean;
  onChoose(line: SidebarLine): void;
  onFold(key: string, collapse: boolean): void;
  onMenu(place: FolderMenuPlace): void;
}

/** The WAI-ARIA tree of the side bar: one tab stop, arrows, Home/End, type-ahead; rows can be dropped on folders. */
export function SidebarTree({ lines, listId, rail, onChoose, onFold, onMenu }: SidebarTreeProps) {
  const query = useUi((state) => state.search.text);
  const searched = lines.find((line) => line.kind === 'search' && line.search.query === query);
  const shown = lines.find((line) => {
    if (line.kind === 'outbox') return listId === null;
    return (line.kind === 'smart' || line.kind === 'folder') && line.listId === listId;
  });
  const open = searched ?? shown;
  const [focused, setFocused] = useState<string | null>(null);
  const [dropKey, setDropKey] = useState<string | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const elements = useRef(new Map<string, HTMLElement>());
  const stop = lines.find((line) => line.key === focused) ?? open ?? lines[0];

  function focus(key: string | null) {
    if (key === null) return;
    setFocused(key);
    elements.current.get(key)?.focus();
  }
  function keyDown(event: KeyboardEvent) {
    if (!stop || event.target !== elements.current.get(stop.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = treeStep(lines, stop.key, event.key, rtl);
    if (step?.kind === 'focus') focus(step.key);
    else if (step) onFold(step.key, step.kind === 'collapse');
    else if (event.key === 'F2') runCommand('folder.rename', targetOfLine(stop.key) ?? undefined);
    else if (event.key === 'Delete')
      runCommand(
        stop.kind === 'search' ? 'search.keep' : 'folder.delete',
        targetOfLine(stop.key) ?? undefined,
      );
    else if (event.key === 'Enter' || (event.key === ' ' && typed.current.text === '')) onChoose(stop);
    else if ([...event.key].length === 1) {
      const fresh = event.timeStamp - typed.current.at > TYPE_AHEAD_MS;
      typed.current = { text: (fresh ? '' : typed.current.text) + event.key, at: event.timeStamp };
      focus(typeAhead(lines, stop.key, typed.current.text));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div role="tree" aria-label={sidebarStrings.folders} className={styles.tree} onKeyDown={keyDown}>
      {lines.map((line, at) => {
        const current = line === open;
        const before = lines[at - 1];
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its items.
          <div
            key={line.key}
            data-key={line.key}
            ref={(element) => {
              if (element) elements.current.set(line.key, element);
              else elements.current.delete(line.key);
            }}
            role="treeitem"
            aria-level={line.level}
            aria-expanded={rail ? undefined : (line.expanded ?? undefined)}
            aria-selected={current}
            aria-current={current ? 'page' : undefined}
            aria-label={lineName(line)}
            title={rail ? line.label : undefined}
            tabIndex={line === stop ? 0 : -1}
            data-region-focus={line === stop || undefined}
            data-drop={line.key === dropKey || undefined}
            data-kind={line.kind}
            data-first={
              (line.kind === 'account' && before?.kind !== 'account' && before?.kind !== 'folder') ||
              undefined
            }
            className={`${styles.line} ${line.count > 0 && line.unread ? styles.unread : ''}`}
            style={{ '--level': line.level } as CSSProperties}
            onFocus={() => setFocused(line.key)}
            onClick={() => onChoose(line)}
            onContextMenu={(event) => {
              event.preventDefault();
              // It is no list of messages: nothing in the menu would mean it.
              if (line.kind !== 'outbox') onMenu({ line, x: event.clientX, y: event.clientY });
            }}
            draggable={(!rail && canDrag(line)) || undefined}
            onDragStart={(event) => startFolderDrag(event, line)}
            onDragOver={(event) => {
              const drag = currentRowDrag();
              if (drag ? !canDrop(drag, line) : !canDropFolder(line)) return;
              event.preventDefault();
              event.dataTransfer.dropEffect = 'move';
              setDropKey(line.key);
            }}
            onDragLeave={() => setDropKey((key) => (key === line.key ? null : key))}
            onDrop={(event) => {
              event.preventDefault();
              setDropKey(null);
              const drag = currentRowDrag();
              if (!drag) dropFolder(line);
              else if (canDrop(drag, line)) dropRows(drag, line);
            }}
          >
            <Twisty line={line} onFold={onFold} />
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
      })}
    </div>
  );
}

function Twisty({ line, onFold }: Pick<SidebarTreeProps, 'onFold'> & { readonly line: SidebarLine }) {
  if (line.expanded === null) return <span className={styles.twisty} />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the arrow keys of the tree do the same.
    <span
      className={styles.twisty}
      data-open={line.expanded || undefined}
      onClick={(event) => {
        event.stopPropagation();
        onFold(line.key, line.expanded === true);
      }}
    >
      <ChevronRight size={14} aria-hidden />
    </span>
  );
}
