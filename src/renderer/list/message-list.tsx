import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListRow } from '../../shared/contract/views';
import { type ListId, SMART_LISTS } from '../../shared/domain';
import { openRowWindow } from '../actions/open-window';
import { writeOn } from '../compose/start-draft';
import { useWork } from '../feedback/use-work';
import { useSettings } from '../settings/use-settings';
import { openItem, useUi } from '../state/ui-store';
import { listStrings } from '../strings/list';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { ListEmpty } from './list-empty';
import { ListFooter } from './list-footer';
import { ListHeader } from './list-header';
import { coverage, listState } from './list-state';
import { isSnoozedList, listTitle } from './list-title';
import { MessageGrid } from './message-grid';
import styles from './message-list.module.css';
import { rowControls } from './row-controls';
import { startRowDrag } from './row-drag';
import { RowMenu, type RowMenuPlace } from './row-menu';
import { selectedCount } from './selection';
import { SelectionBar, WholeListLine } from './selection-bar';
import { shownColumns } from './table-columns';
import { TableHead } from './table-head';
import { useListCommands } from './use-list-commands';
import { useListController } from './use-list-controller';
import { useRowTimes } from './use-row-times';
import { useToday } from './use-today';
import { useTroubles } from './use-troubles';

interface MessageListProps {
  readonly listId: ListId;
  /** True when the reader stands beside the list: moving the focus shows the message. */
  readonly readerBeside: boolean;
  /** False while something lies over it: no command acts on it. */
  readonly active: boolean;
}

/** The middle pane: header, rows or what stands in their place, footer. */
export function MessageList({ listId, readerBeside, active }: MessageListProps) {
  const settings = useSettings();
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  const view = useLiveQuery('lists.list', {}, ['lists']).data?.find((candidate) => candidate.id === listId);
  const { list, snapshot } = useListController(listId, view?.mode ?? 'threads', active);
  const online = useHost((state) => state.status?.online ?? true);
  const openItemId = useUi((state) => state.openItemId);
  const [menu, setMenu] = useState<RowMenuPlace | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const today = useToday();
  const times = useRowTimes();
  const { changeOf, troubleOf } = useTroubles();

  const hues = useMemo(() => new Map(accounts?.map((account) => [account.id, account.hue])), [accounts]);
  const unified = (listId as number) < 0 && hues.size > 1;
  const hueOf = useCallback(
    (row: ListRow) => (unified ? (hues.get(row.accountId) ?? null) : null),
    [unified, hues],
  );

  const shown = (mailboxes ?? []).filter((mailbox) =>
    (listId as number) > 0
      ? (mailbox.id as number) === (listId as number)
      : listId === SMART_LISTS.inbox
        ? mailbox.role === 'inbox'
        : false,
  );
  const inbox = shown.some((mailbox) => mailbox.role === 'inbox');
  const { total, failure, selection, query } = snapshot;
  useWork(active && total === null && failure === null, {
    ...{ place: 'list', doing: listStrings.opening },
    local: true,
  });
  const state = listState({
    total,
    failure,
    filter: query.filter,
    unfiltered: view?.rows ?? 0,
    inbox,
    snoozed: isSnoozedList(listId),
    mailboxes: shown,
    online,
  });
  const checked = shown.map((mailbox) => mailbox.lastSyncedAt ?? 0).reduce((a, b) => Math.max(a, b), 0);
  const columns = useMemo(
    () => (settings.layout === 'table' ? shownColumns(settings.tableColumns) : null),
    [settings.layout, settings.tableColumns],
  );

  // The last row went while it had the focus: what stands in the list's place takes it.
  const empty = state.kind !== 'rows';
  useEffect(() => {
    if (empty && active && document.activeElement === document.body) place.current?.focus();
  }, [empty, active]);

  const control = rowControls(list, changeOf);
  /** A draft is not read but written on (SYNC-304). */
  const drafts = listId === SMART_LISTS.drafts || shown.some(({ role }) => role === 'drafts');
  const open = (itemId: number) => {
    const row = drafts ? list.rowOf(itemId) : undefined;
    if (row) void writeOn(row.messageId);
    else openItem(itemId);
  };
  const openWindow = (itemId: number) => {
    if (drafts) open(itemId);
    else openRowWindow(list, view?.mode ?? 'threads', itemId);
  };
  useListCommands(list, readerBeside, { active, open, openWindow });

  const title = listTitle(listId, mailboxes ?? [], accounts?.length ?? 0);
  return (
    <div
      className={styles.pane}
      ref={place}
      tabIndex={-1}
      data-region-focus={empty || total === null || undefined}
    >
      {selectedCount(selection, total ?? 0) > 0 ? (
        <SelectionBar snapshot={snapshot} />
      ) : (
        <ListHeader title={title} view={view} total={total} filter={query.filter} settings={settings} />
      )}
      {state.kind === 'rows' ? (
        <MessageGrid
          list={list}
          snapshot={snapshot}
          name={title}
          density={settings.density}
          columns={columns}
          tableHead={
            columns && (
              <TableHead
                columns={columns}
                sort={query.sort}
                descending={query.descending}
                onSort={(sort, descending) => useUi.setState({ sort, descending })}
              />
            )
          }
          openItemId={active ? openItemId : null}
          menuItemId={menu?.row.itemId ?? null}
          hueOf={hueOf}
          troubleOf={troubleOf}
          times={times}
          today={today}
          onOpen={open}
          onOpenWindow={openWindow}
          onLand={(itemId) => readerBeside && openItem(itemId)}
          onControl={control}
          onDragStart={(event, row) => startRowDrag(event, list, row)}
          onContextMenu={(event, row) => {
            event.preventDefault();
            setMenu({ row, x: event.clientX, y: event.clientY });
          }}
        />
      ) : (
        <ListEmpty
          state={state}
          title={title}
          mode={view?.mode ?? 'threads'}
          checkedAt={checked > 0 ? times.short(checked, today) : null}
          onRetry={() => list.retry()}
        />
      )}
      <WholeListLine list={list} snapshot={snapshot} />
      <ListFooter coverage={coverage(shown)} online={online} />
      {menu && <RowMenu place={menu} list={list} onClose={() => setMenu(null)} />}
    </div>
  );
}
