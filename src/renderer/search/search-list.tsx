import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ListRow } from '../../shared/contract/views';
import type { ListId, MessageId } from '../../shared/domain';
import { openMessageWindow } from '../actions/open-window';
import { runCommand, useCommand } from '../commands/registry';
import { focusRegion } from '../layout/regions';
import { asFound } from '../list/found-row';
import { mailboxName } from '../list/list-title';
import { MessageGrid } from '../list/message-grid';
import { useCommandedList } from '../list/open-list';
import { rowControls } from '../list/row-controls';
import { startRowDrag } from '../list/row-drag';
import { RowMenu, type RowMenuPlace } from '../list/row-menu';
import { shownColumns } from '../list/table-columns';
import { useListCommands } from '../list/use-list-commands';
import { useRowTimes } from '../list/use-row-times';
import { useToday } from '../list/use-today';
import { useTroubles } from '../list/use-troubles';
import { useSettings } from '../settings/use-settings';
import { changeSearch, openItem, useUi } from '../state/ui-store';
import { listed } from '../strings/plural';
import { searchStrings } from '../strings/search';
import { useLiveQuery } from '../transport/use-live-query';
import { announce } from '../ui/live-region';
import { CoverageLine } from './coverage-line';
import { SearchEmpty } from './search-empty';
import { foundSentence, SearchHeader } from './search-header';
import styles from './search-list.module.css';
import type { Found } from './search-runner';
import { useServerSearch } from './server-search';
import { Understood } from './understood';
import { useSearch } from './use-search';
import { WholeSearchLine } from './whole-search-line';

/** What was found are messages. */
const openWindow = (itemId: number) => void openMessageWindow(itemId as MessageId);
/** Somebody who types on does not want to hear every number. */
const ANNOUNCE_AFTER_MS = 600;

interface SearchListProps {
  /** The list one came from. */
  readonly listId: ListId;
  /** True when the reader stands beside the list. */
  readonly readerBeside: boolean;
}

/** What was found, in the list's place (APP-168): the same rows, keys and actions. */
export function SearchList({ listId, readerBeside }: SearchListProps) {
  const { found, busy } = useSearch(listId);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the search from anywhere inside (UI-062)
    <div
      className={styles.pane}
      tabIndex={-1}
      data-region-focus={found === null || undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) runCommand('list.back');
      }}
    >
      <SearchHeader listId={listId} found={found} busy={busy} />
      {found && <FoundList key={keyOf(found)} found={found} readerBeside={readerBeside} listId={listId} />}
    </div>
  );
}

const keys = new WeakMap<Found, number>();
let lastKey = 0;

/** Another question is another list, with its own place to scroll to. */
function keyOf(found: Found): number {
  const key = keys.get(found) ?? ++lastKey;
  keys.set(found, key);
  return key;
}

interface FoundListProps extends SearchListProps {
  readonly found: Found;
}

function FoundList({ found, readerBeside, listId }: FoundListProps) {
  const { list, pages } = found;
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);
  const settings = useSettings();
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  const openItemId = useUi((state) => state.openItemId);
  const [menu, setMenu] = useState<RowMenuPlace | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const today = useToday();
  const times = useRowTimes();
  const { changeOf, troubleOf } = useTroubles();
  const server = useServerSearch(found);
  useCommandedList(list, snapshot);
  useListCommands(list, readerBeside, { openWindow });
  useCommand('search.scope', () =>
    changeSearch({ scope: found.question.scope.kind === 'list' ? 'everywhere' : 'list' }),
  );

  const several = (accounts?.length ?? 0) > 1;
  const hueOf = useCallback(
    (row: ListRow) => (several ? (accounts?.find(({ id }) => id === row.accountId)?.hue ?? null) : null),
    [several, accounts],
  );
  const whereOf = useCallback(
    (row: ListRow) => {
      const folders = asFound(row)?.where.map(({ mailboxId, path }) => {
        const mailbox = mailboxes?.find(({ id }) => id === mailboxId);
        return mailbox ? mailboxName(mailbox) : path;
      });
      const folder = listed(folders ?? []);
      const account = accounts?.find(({ id }) => id === row.accountId);
      const where =
        several && account ? searchStrings.whereOf(folder, account.name || account.email) : folder;
      return found.server.has(row.itemId) ? searchStrings.byServer(where) : where;
    },
    [found, several, accounts, mailboxes],
  );
  const columns = useMemo(
    () => (settings.layout === 'table' ? shownColumns(settings.tableColumns) : null),
    [settings.layout, settings.tableColumns],
  );

  const { total, failure } = snapshot;
  const count = pages.counted ? (total ?? 0) : null;
  const sentence = foundSentence(found);
  useEffect(() => {
    if (sentence === null) return;
    const timer = window.setTimeout(() => announce(sentence), ANNOUNCE_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [sentence]);

  // What had the focus before has gone, or waited for the answer: the rows take it.
  useEffect(() => {
    const active = document.activeElement;
    if (active === document.body || active?.contains(place.current)) focusRegion('list');
  }, []);
  useEffect(() => {
    if (openItemId !== null) pages.keep(openItemId);
  }, [pages, openItemId]);
  const empty = (total ?? 0) === 0;
  useEffect(() => {
    if (empty && document.activeElement === document.body) place.current?.focus();
  }, [empty]);

  return (
    <div ref={place} className={styles.found} tabIndex={-1} data-region-focus={empty || undefined}>
      <Understood tokens={pages.facts?.understood ?? []} />
      {empty ? (
        <SearchEmpty found={found} failure={failure} listId={listId} server={server} />
      ) : (
        <MessageGrid
          list={list}
          snapshot={snapshot}
          name={searchStrings.results}
          density={settings.density}
          columns={columns}
          tableHead={null}
          openItemId={openItemId}
          menuItemId={menu?.row.itemId ?? null}
          hueOf={hueOf}
          troubleOf={troubleOf}
          whereOf={whereOf}
          counted={count !== null}
          times={times}
          today={today}
          onOpen={openItem}
          onOpenWindow={openWindow}
          onLand={(itemId) => readerBeside && openItem(itemId)}
          onControl={rowControls(list, changeOf)}
          onDragStart={(event, row) => startRowDrag(event, list, row)}
          onContextMenu={(event, row) => {
            event.preventDefault();
            setMenu({ row, x: event.clientX, y: event.clientY });
          }}
        />
      )}
      <WholeSearchLine snapshot={snapshot} count={count} onSelectAll={() => list.selectWholeList()} />
      {!empty && <CoverageLine found={found} server={server} />}
      {menu && <RowMenu place={menu} list={list} onClose={() => setMenu(null)} />}
    </div>
  );
}
