import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { I18nProvider, mergeProps, useCollator, useLocale, useTree } from 'react-aria';
import { useTreeState } from 'react-stately';
import type { ListId } from '../../shared/domain';
import { useUi } from '../state/ui-store';
import { sidebarStrings } from '../strings/sidebar';
import type { FolderMenuPlace } from './folder-menu';
import { LineCollection } from './line-collection';
import { lineKeys } from './line-keys';
import styles from './sidebar.module.css';
import type { SidebarLine } from './sidebar-lines';
import { TreeLine } from './tree-line';

interface SidebarTreeProps {
  readonly lines: readonly SidebarLine[];
  /** The list on screen; null = the outbox. */
  readonly listId: ListId | null;
  readonly rail: boolean;
  onChoose(line: SidebarLine): void;
  onFold(key: string, collapse: boolean): void;
  onMenu(place: FolderMenuPlace): void;
}

/** Any language of the other direction will do: the words are ours. */
const WRITTEN = { ltr: 'en', rtl: 'ar' } as const;

/**
 * The WAI-ARIA tree of the side bar: one tab stop, arrows, Home/End, type-ahead; rows can be dropped on folders. The keys are
 * react-aria's, which looks at the system's language for the direction; what counts here is how the window is laid out.
 */
export function SidebarTree(props: SidebarTreeProps) {
  const { locale, direction } = useLocale();
  const shown = document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr';
  return (
    <I18nProvider locale={shown === direction ? locale : WRITTEN[shown]}>
      <Tree {...props} />
    </I18nProvider>
  );
}

function Tree({ lines, listId, rail, onChoose, onFold, onMenu }: SidebarTreeProps) {
  const query = useUi((state) => state.search.text);
  const searched = lines.find((line) => line.kind === 'search' && line.search.query === query);
  const shown = lines.find((line) => {
    if (line.kind === 'outbox') return listId === null;
    return (line.kind === 'smart' || line.kind === 'folder') && line.listId === listId;
  });
  const open = searched ?? shown;
  const ref = useRef<HTMLDivElement>(null);
  const { direction } = useLocale();
  const collator = useCollator({ usage: 'search', sensitivity: 'base' });
  const collection = useMemo(() => new LineCollection(lines), [lines]);
  const keyboardDelegate = useMemo(
    () => lineKeys({ collection, collator, ref, direction }),
    [collection, collator, direction],
  );
  const unfolded = lines.filter((line) => line.expanded).map((line) => line.key);
  const state = useTreeState<SidebarLine>({
    collection,
    expandedKeys: rail ? [] : unfolded,
    onExpandedChange: (keys) => {
      const changed = lines.find((line) => line.expanded !== null && line.expanded !== keys.has(line.key));
      if (changed) onFold(changed.key, changed.expanded === true);
    },
  });
  const { gridProps } = useTree<SidebarLine>(
    {
      'aria-label': sidebarStrings.folders,
      keyboardDelegate,
      // Tab goes on to the button of a line; the arrows are for the lines alone.
      keyboardNavigationBehavior: 'tab',
      onAction: (key) => {
        const line = collection.getItem(key)?.value;
        if (line) onChoose(line);
      },
    },
    state,
    ref,
  );
  const { selectionManager: focus } = state;
  const entry = open?.key ?? lines[0]?.key ?? null;
  const followed = useRef<string | null>(null);
  // One comes in at what is on screen, or where one has been since.
  useEffect(() => {
    if (focus.focusedKey === null || (followed.current !== entry && !focus.isFocused))
      focus.setFocusedKey(entry);
    followed.current = entry;
  }, [focus, entry]);

  return (
    <div
      {...mergeProps(gridProps, { className: styles.tree })}
      ref={ref}
      // Theirs is a treegrid, which has cells; the lines have none.
      role="tree"
      onKeyDown={(event: KeyboardEvent<HTMLDivElement>) => {
        // With these keys an arrow is a shortcut of the window's.
        if (!event.ctrlKey && !event.metaKey && !event.altKey) gridProps.onKeyDown?.(event);
      }}
    >
      {lines.map((line, at) => {
        const node = collection.getItem(line.key);
        return (
          node && (
            <TreeLine
              key={line.key}
              node={node}
              line={line}
              before={lines[at - 1]}
              state={state}
              isOpen={line === open}
              isStop={line.key === (focus.focusedKey ?? entry)}
              rail={rail}
              onChoose={onChoose}
              onMenu={onMenu}
            />
          )
        );
      })}
    </div>
  );
}
