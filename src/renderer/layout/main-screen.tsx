import { Menu as MenuIcon } from 'lucide-react';
import { type CSSProperties, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ActionDialogs } from '../actions/action-dialogs';
import { useMailCommands } from '../actions/use-mail-commands';
import { MAIL_REGION } from '../commands/use-shortcuts';
import { ComposerDock } from '../compose/composer-dock';
import { useComposeCommands } from '../compose/use-compose-commands';
import { HeaderWork } from '../feedback/header-work';
import { useFolderCommands } from '../folders/use-folder-commands';
import { MessageList } from '../list/message-list';
import { useSearchCommands } from '../search/saved-searches';
import { SearchList } from '../search/search-list';
import { useSettings } from '../settings/use-settings';
import { Sidebar } from '../sidebar/sidebar';
import { isSearching, useUi } from '../state/ui-store';
import { layoutStrings } from '../strings/layout';
import { IconButton } from '../ui/icon-button';
import { BottomBar } from './bottom-bar';
import { FolderDrawer } from './folder-drawer';
import styles from './main-screen.module.css';
import { DEFAULT_PANES, paneRange } from './pane-sizes';
import { ReaderPane } from './reader-pane';
import { currentRegion, focusRegion } from './regions';
import { Splitter } from './splitter';
import { useElementWidth } from './use-element-width';
import { useLayoutCommands } from './use-layout-commands';
import { usePaneSizes } from './use-pane-sizes';
import { useWindowClass } from './use-window-class';
import { sideBySide } from './window-class';

// Not needed for the first look at the mail (APP-348).
const OutboxPane = lazy(async () => ({ default: (await import('../outbox/outbox-view')).OutboxPane }));
const FolderDialogs = lazy(async () => ({
  default: (await import('../folders/folder-dialogs')).FolderDialogs,
}));

/**
 * Folders, list and reader: side by side where they fit, one in place of the other where not
 * (UI-001, UI-002); a table takes the whole width, with the reader below it, and without a reading pane a message opens
 * as a page (UI-003).
 */
export function MainScreen() {
  const window = useWindowClass();
  const listId = useUi((state) => state.listId);
  const openItemId = useUi((state) => state.openItemId);
  const searching = useUi(isSearching);
  const outbox = useUi((state) => state.outbox);
  const { layout, readingPane } = useSettings();
  const [drawer, setDrawer] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const rail = window !== 'wide';
  // Never asked of the element while rendering: that would lay out the window in the middle of a change.
  const width = useElementWidth(frame);
  const { sizes, move, rest } = usePaneSizes(width, rail);
  useMailCommands();
  useFolderCommands();
  useLayoutCommands();
  useComposeCommands();
  useSearchCommands();

  const beside = sideBySide(window) && readingPane === 'on';
  const stacked = beside && layout === 'table';
  const showReader = !outbox && (beside || openItemId !== null);
  const showMessages = outbox || beside || openItemId === null;

  // One pane at a time: the focus follows to the pane that came.
  const shown = useRef(openItemId);
  useEffect(() => {
    const changed = (shown.current === null) !== (openItemId === null);
    shown.current = openItemId;
    // Whoever types what to search for goes on typing.
    if (changed && !beside && currentRegion() !== 'top-bar')
      focusRegion(openItemId === null ? 'list' : 'reader');
  }, [beside, openItemId]);

  const splitter = (pane: 'sidebar' | 'list', available: number) => (
    <Splitter
      label={pane === 'sidebar' ? layoutStrings.resizeSidebar : layoutStrings.resizeList}
      controls={`pane-${pane}`}
      value={sizes[pane]}
      range={paneRange(pane, sizes, available, rail)}
      initial={DEFAULT_PANES[pane]}
      onMove={(value) => move(pane, value)}
      onRest={(value) => rest(pane, value)}
    />
  );

  return (
    <div
      ref={frame}
      className={styles.screen}
      data-window={window}
      style={{ '--sidebar-now': `${sizes.sidebar}px`, '--list-now': `${sizes.list}px` } as CSSProperties}
    >
      {window !== 'phone' && (
        <nav
          id="pane-sidebar"
          className={styles.sidebar}
          aria-label={layoutStrings.folders}
          data-region="sidebar"
        >
          {rail && (
            <div className={styles.expand}>
              <IconButton label={layoutStrings.showFolders} onPress={() => setDrawer(true)}>
                <MenuIcon />
              </IconButton>
            </div>
          )}
          <Sidebar rail={rail} />
        </nav>
      )}
      {!rail && splitter('sidebar', width)}
      <div className={styles.panes} data-stacked={stacked || undefined}>
        <main
          id="pane-list"
          className={styles.list}
          aria-label={layoutStrings.messages}
          data-region="list"
          hidden={!showMessages}
          data-whole={outbox || !beside || undefined}
          {...MAIL_REGION}
        >
          {outbox ? (
            <Suspense fallback={null}>
              <OutboxPane />
            </Suspense>
          ) : (
            searching && <SearchList listId={listId} readerBeside={beside} />
          )}
          {/* Stays as it is meanwhile: where one was, with what was ticked there. */}
          <div className={styles.whole} hidden={searching || outbox}>
            <MessageList key={listId} listId={listId} readerBeside={beside} active={!searching && !outbox} />
          </div>
          <HeaderWork place="list" />
        </main>
        {beside && !stacked && !outbox && splitter('list', width)}
        {showReader && (
          <section
            className={styles.reader}
            aria-label={layoutStrings.readingPane}
            data-region="reader"
            {...MAIL_REGION}
          >
            <ReaderPane listId={listId} itemId={openItemId} found={searching} hasBack={!beside} />
            <HeaderWork place="reader" />
          </section>
        )}
      </div>
      {window === 'phone' && <BottomBar onMore={() => setDrawer(true)} />}
      {drawer && <FolderDrawer onClose={() => setDrawer(false)} />}
      <ActionDialogs />
      <Suspense fallback={null}>
        <FolderDialogs />
      </Suspense>
      <ComposerDock />
    </div>
  );
}
