import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListRow } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { useWindowClass } from '../layout/use-window-class';
import { type Density, rowHeight } from './density';
import { gridKey } from './grid-keys';
import { GRID_ROWS } from './grid-roles';
import type { ListController, ListSnapshot } from './list-controller';
import styles from './message-grid.module.css';
import { MessageRow, PlaceholderRow, type RowProps } from './message-row';
import { NewMailPill } from './new-mail-pill';
import { ROW_CONTROLS, type RowControl } from './row-parts';
import type { RowTimes } from './row-time';
import { isSelected, selectedCount } from './selection';
import type { TableColumn } from './table-columns';
import { TableRow } from './table-row';
import { useDateGroups } from './use-date-groups';
import { useLooking } from './use-looking';
import { useRowLeave } from './use-row-leave';
import { useRowsOnScreen } from './use-rows-on-screen';
import { useSwipes } from './use-swipes';

/** Rows that stand for a list that is not here yet. */
const PLACEHOLDERS = 30;

export interface MessageGridProps {
  readonly list: ListController;
  readonly snapshot: ListSnapshot;
  readonly name: string;
  readonly density: Density;
  /** Columns of the table view, or null for rows. */
  readonly columns: readonly TableColumn[] | null;
  readonly tableHead: ReactNode;
  readonly openItemId: number | null;
  /** The row whose menu is open: it looks pointed at, so that one sees what the menu is about. */
  readonly menuItemId: number | null;
  /** Hue of a row's account in lists over several accounts. */
  hueOf(row: ListRow): number | null;
  /** What is wrong with a row that needs attention. */
  troubleOf(row: ListRow): string | null;
  /** Of rows that were found: where they lie. */
  whereOf?(row: ListRow): string | null;
  /** False while nobody knows how many rows there are. */
  readonly counted?: boolean;
  readonly times: RowTimes;
  readonly today: number;
  onOpen(itemId: number): void;
  /** In a window of its own: by a double click, or Shift and Enter. */
  onOpenWindow(itemId: number): void;
  /** The focus moved by key; shown beside the list when there is room. */
  onLand(itemId: number): void;
  onControl(control: RowControl, row: ListRow): void;
  onDragStart(event: React.DragEvent, row: ListRow): void;
  onContextMenu(event: React.MouseEvent, row: ListRow): void;
}

/**
 * The unbounded list as an ARIA grid (ui.md section 8): true row count, row-first roving tab stop, focus that follows
 * the item and survives the row being unmounted, one set of listeners for all rows.
 */
export function MessageGrid(props: MessageGridProps) {
  const { list, snapshot, density, columns, openItemId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const holdsFocus = useRef(false);
  const handingOn = useRef(false);
  const [hovered, setHovered] = useState<number | null>(null);
  const windowClass = useWindowClass();
  const rowPx = rowHeight(density, columns !== null, windowClass);
  const loaded = snapshot.total !== null;
  const total = snapshot.total ?? PLACEHOLDERS;
  const slots = useDateGroups(snapshot.query, loaded ? total : 0, props.today, columns !== null);
  const view = useRowsOnScreen(scroller, loaded ? slots.total : total, rowPx);
  const { focusIndex, selection, shifted } = snapshot;
  const first = loaded ? slots.rowFrom(view.first) : view.first;
  const last = loaded ? slots.rowUpTo(view.last) : view.last;
  const show = (index: number) => view.show(loaded ? slots.slotOf(index) : index);

  useRowLeave(view.slab, { list, query: snapshot.query, shifted, total });
  useEffect(() => list.look(first, last), [list, first, last]);
  useLooking(list, first, last, loaded);
  useSwipes(scroller, (index, action) => {
    const row = list.row(index);
    if (row) props.onControl(action, row);
  });

  // Rows came or went above the viewport: scroll by as much, before anything is painted (APP-057).
  const seenShift = useRef(shifted);
  useLayoutEffect(() => {
    if (seenShift.current === shifted) return;
    view.shiftBy(shifted - seenShift.current);
    seenShift.current = shifted;
  });

  // Another list or order, another row height, or a key that moved the focus: the focused row is in view.
  const { sort, descending } = snapshot.query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these changes call for it.
  useLayoutEffect(() => show(focusIndex), [list, sort, descending, rowPx, loaded, snapshot.reveals]);

  // The row element of the focused item may be another one after every change: hand the focus on.
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (!holdsFocus.current) return;
    const lost = active === null || active === document.body;
    const onOtherRow =
      active instanceof HTMLElement && active.matches('[role="row"]') && indexAt(active) !== focusIndex;
    if (!lost && !onOtherRow) return;
    rowElement(scroller.current, focusIndex)?.focus({ preventScroll: true });
  });

  // Before the document changes: the list knows already where the focus is to be.
  useLayoutEffect(() => {
    list.handFocusOn = (index) => {
      if (!holdsFocus.current) return;
      handingOn.current = true;
      rowElement(scroller.current, index)?.focus({ preventScroll: true });
      handingOn.current = false;
    };
    return () => {
      list.handFocusOn = null;
    };
  }, [list]);

  function focusRow(index: number) {
    list.focus(index);
    show(index);
    holdsFocus.current = true;
    rowElement(scroller.current, index)?.focus({ preventScroll: true });
  }

  function keyDown(event: React.KeyboardEvent) {
    const target = event.target as HTMLElement;
    const inControl = target.dataset.control !== undefined;
    const rtl = getComputedStyle(target).direction === 'rtl';
    const step = gridKey(event, { focusIndex, total, pageRows: view.pageRows(), inControl, rtl });
    if (!step) return;
    event.preventDefault();
    const row = rowElement(scroller.current, focusIndex);
    switch (step.kind) {
      case 'move': {
        if (step.extend) void list.extendTo(step.to);
        show(step.to);
        focusRow(step.to);
        const item = list.row(step.to);
        if (item && !step.extend) props.onLand(item.itemId);
        return;
      }
      case 'open': {
        const item = list.row(focusIndex);
        if (item) props.onOpen(item.itemId);
        return;
      }
      case 'open-window': {
        const item = list.row(focusIndex);
        if (item) props.onOpenWindow(item.itemId);
        return;
      }
      case 'toggle': {
        const item = list.row(focusIndex);
        if (item) list.toggle(item.itemId);
        return;
      }
      case 'back':
        runCommand('list.back');
        return;
      case 'enter-controls':
        controlsOf(row)[0]?.focus();
        return;
      case 'leave-controls':
        row?.focus({ preventScroll: true });
        return;
      case 'control': {
        const controls = controlsOf(row);
        const next = controls[controls.indexOf(target) + step.step];
        if (next) next.focus();
        else if (step.step === -1) row?.focus({ preventScroll: true });
      }
    }
  }

  function click(event: React.MouseEvent) {
    const at = indexAt(event.target);
    const row = at === null ? undefined : list.row(at);
    if (at === null || !row) return;
    const control = controlAt(event.target);
    if (control && control !== 'select') return props.onControl(control, row);
    if (event.shiftKey) void list.extendTo(at);
    else if (control === 'select' || event.ctrlKey || event.metaKey) list.toggle(row.itemId);
    else {
      list.clearSelection();
      props.onOpen(row.itemId);
    }
    focusRow(at);
  }

  const focusSlot = slots.slotOf(focusIndex);
  const shownSlots =
    view.indices.includes(focusSlot) || !loaded ? view.indices : [...view.indices, focusSlot];
  const group = slots.starts.length > 0 ? slots.groupAt(view.first) : null;
  const headRows = columns ? 1 : 0;
  const ticking = selectedCount(selection, total) > 0;
  return (
    <div className={styles.frame}>
      <NewMailPill
        count={snapshot.newAbove}
        onShow={() => {
          view.scrollToTop();
          focusRow(0);
        }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised. */}
      <div
        role="grid"
        aria-label={props.name}
        aria-multiselectable
        aria-rowcount={loaded && props.counted !== false ? total + headRows : -1}
        aria-busy={!loaded}
        className={styles.grid}
        style={{ '--row-px': `${rowPx}px` } as CSSProperties}
        onKeyDown={keyDown}
        onClick={click}
        onDoubleClick={(event) => {
          const row = list.row(indexAt(event.target) ?? -1);
          const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
          if (row && plain && controlAt(event.target) === null) props.onOpenWindow(row.itemId);
        }}
        onContextMenu={(event) => {
          const at = indexAt(event.target) ?? focusIndex;
          const row = list.row(at);
          if (row) props.onContextMenu(event, row);
        }}
        onDragStart={(event) => {
          const row = list.row(indexAt(event.target) ?? -1);
          if (row) props.onDragStart(event, row);
        }}
        onFocus={(event) => {
          holdsFocus.current = true;
          if (handingOn.current) return;
          const at = indexAt(event.target);
          // Also where it is the row the focus stood on already: from now on somebody is in the list.
          if (at !== null) list.focus(at);
        }}
        onBlur={(event) => {
          // A row that is unmounted loses the focus without anyone having moved it.
          if (event.target.isConnected) holdsFocus.current = false;
        }}
        onPointerEnter={() => list.hold(true)}
        onPointerOver={(event) => {
          const at = indexAt(event.target);
          setHovered(at === null ? null : (list.row(at)?.itemId ?? null));
        }}
        onPointerLeave={() => {
          list.hold(false);
          setHovered(null);
        }}
      >
        {props.tableHead}
        {group === null ? null : (
          <div className={styles.group} aria-hidden>
            {group}
          </div>
        )}
        <div {...GRID_ROWS} ref={scroller} className={styles.scroller} tabIndex={-1}>
          <div className={styles.spacer} style={{ blockSize: view.spacer }}>
            <div ref={view.slab} className={styles.slab}>
              {shownSlots.map((slot) => {
                const top = (slot - view.origin) * rowPx;
                const index = loaded ? slots.rowAt(slot) : slot;
                if (index === null)
                  return (
                    <div key={`group-${slot}`} className={styles.between} style={{ top }} aria-hidden>
                      <span className={styles.group}>{slots.headerAt(slot)}</span>
                    </div>
                  );
                const row = list.row(index);
                const ariaRowIndex = index + 1 + headRows;
                if (!row)
                  return (
                    <PlaceholderRow key={`at-${index}`} {...{ index, top, density, columns, ariaRowIndex }} />
                  );
                const rowProps: RowProps = {
                  row,
                  index,
                  ariaRowIndex,
                  top,
                  selected: isSelected(selection, row.itemId),
                  open: row.itemId === openItemId,
                  hovered: row.itemId === (props.menuItemId ?? hovered),
                  tabStop: index === focusIndex,
                  ticking,
                  hue: props.hueOf(row),
                  trouble: props.troubleOf(row),
                  where: props.whereOf?.(row) ?? null,
                  times: props.times,
                  today: props.today,
                };
                return columns ? (
                  <TableRow key={row.itemId} {...rowProps} columns={columns} />
                ) : (
                  <MessageRow key={row.itemId} {...rowProps} density={density} />
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

function rowElement(scroller: HTMLElement | null, index: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`) ?? null;
}

function controlsOf(row: HTMLElement | null): HTMLElement[] {
  return row ? [...row.querySelectorAll<HTMLElement>('[data-control]')] : [];
}

function indexAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[role="row"][data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}

function controlAt(target: EventTarget): RowControl | null {
  const name =
    target instanceof Element ? target.closest<HTMLElement>('[data-control]')?.dataset.control : undefined;
  return ROW_CONTROLS.find((control) => control === name) ?? null;
}
