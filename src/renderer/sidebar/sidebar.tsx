import { Settings as SettingsIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { runCommand } from '../commands/registry';
import { isWaiting, needsPerson } from '../outbox/outbox-state';
import { showSearch } from '../search/saved-searches';
import { saveSettings, useSettings } from '../settings/use-settings';
import { showList, showOutbox, useUi } from '../state/ui-store';
import { sidebarStrings } from '../strings/sidebar';
import { useLiveQuery } from '../transport/use-live-query';
import { FolderMenu, type FolderMenuPlace } from './folder-menu';
import styles from './sidebar.module.css';
import { type SidebarLine, sidebarLines } from './sidebar-lines';
import { SidebarTree } from './sidebar-tree';

interface SidebarProps {
  /** Icons only (UI-002). */
  readonly rail?: boolean;
  /** A list was chosen: a drawer closes. */
  onChosen?(): void;
}

/** Smart lists, accounts and their folders (UI-005). */
export function Sidebar({ rail = false, onChosen }: SidebarProps) {
  const listId = useUi((state) => state.listId);
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  const lists = useLiveQuery('lists.list', {}, ['lists']).data;
  const outboxOpen = useUi((state) => state.outbox);
  const outgoing = useLiveQuery('outbox.list', {}, ['outbox']).data;
  const settings = useSettings();
  const [menu, setMenu] = useState<FolderMenuPlace | null>(null);
  const lines = useMemo(
    () =>
      sidebarLines({
        accounts: accounts ?? [],
        mailboxes: mailboxes ?? [],
        lists: lists ?? [],
        collapsed: new Set(settings.collapsed),
        searches: settings.savedSearches,
        outbox: {
          waiting: (outgoing ?? []).filter(isWaiting).length,
          failures: (outgoing ?? []).filter(needsPerson).length,
        },
      }),
    [accounts, mailboxes, lists, settings.collapsed, settings.savedSearches, outgoing],
  );

  function choose(line: SidebarLine) {
    if (line.kind === 'account') {
      if (!rail) return fold(line.key, line.expanded === true);
      if (line.inboxId !== null) showList(line.inboxId);
    } else if (line.kind === 'search') {
      showSearch(line.search);
    } else if (line.kind === 'outbox') {
      showOutbox();
    } else if (line.kind === 'smart' || line.mailbox.selectable) {
      showList(line.listId);
    } else {
      return fold(line.key, line.expanded === true);
    }
    onChosen?.();
  }
  function fold(key: string, collapse: boolean) {
    const others = settings.collapsed.filter((other) => other !== key);
    void saveSettings({ collapsed: collapse ? [...others, key] : others });
  }

  return (
    <div className={`${styles.sidebar} ${rail ? styles.rail : ''}`}>
      <SidebarTree
        lines={rail ? lines.filter((line) => line.level === 1) : lines}
        listId={outboxOpen ? null : listId}
        rail={rail}
        onChoose={choose}
        onFold={fold}
        onMenu={setMenu}
      />
      <button
        type="button"
        className={`${styles.line} ${styles.settings}`}
        aria-label={sidebarStrings.settings}
        title={rail ? sidebarStrings.settings : undefined}
        onClick={() => runCommand('settings.open')}
      >
        <SettingsIcon size={16} aria-hidden />
        <span className={styles.label}>{sidebarStrings.settings}</span>
      </button>
      {menu && <FolderMenu place={menu} onClose={() => setMenu(null)} />}
    </div>
  );
}
