import { Check } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import type { ListRow } from '../../shared/contract/views';
import { listStrings } from '../strings/list';
import { Avatar } from '../ui/avatar';
import type { Density } from './density';
import { asFound } from './found-row';
import { GRID_CELL, gridRow, gridTick } from './grid-roles';
import { hueOf } from './hue-of';
import { LabelChips, LabelDots } from './label-chips';
import { fromFirstMark } from './marked-pieces';
import { MarkedText } from './marked-text';
import styles from './message-row.module.css';
import { type ParticipantLine, participantLine, participantsText } from './participants';
import { rowName } from './row-name';
import { QuickActions, RowIcons, RowMarkIcon, RowTime, StarButton } from './row-parts';
import names from './row-people.module.css';
import bars from './row-placeholder.module.css';
import type { RowTimes } from './row-time';
import { snoozePhrase } from './snooze-words';
import { type TableColumn, tableTracks } from './table-columns';
import { textDirection } from './text-direction';

export interface RowProps {
  readonly row: ListRow;
  readonly index: number;
  readonly ariaRowIndex: number;
  /** Distance from the top of the slab in px. */
  readonly top: number;
  readonly selected: boolean;
  readonly open: boolean;
  readonly hovered: boolean;
  /** The row that Tab reaches; it holds the quick actions that Right arrow enters. */
  readonly tabStop: boolean;
  /** Tick boxes show in every row while at least one row is ticked. */
  readonly ticking: boolean;
  /** Account hue 0-7 in lists over several accounts, else null. */
  readonly hue: number | null;
  /** What is wrong with a change of this row that needs attention (APP-194). */
  readonly trouble: string | null;
  /** Of what was found: the folder it lies in, and whose. */
  readonly where: string | null;
  readonly times: RowTimes;
  /** Start of the present day; the short time depends on it. */
  readonly today: number;
}

interface MessageRowProps extends RowProps {
  readonly density: Density;
}

/** Attributes that every shape of row shares: role, name, state and what the grid's listeners read. */
export function rowAttributes(props: RowProps, people: ParticipantLine) {
  const { row, hue, trouble, where } = props;
  const words = trouble === null ? listStrings : { ...listStrings, parked: trouble };
  const name = rowName(row, participantsText(people), timeName(row, props.times), words);
  return {
    'aria-selected': props.selected,
    ...gridRow(props.ariaRowIndex, where === null ? name : `${name}, ${listStrings.foundIn(where)}`),
    'aria-current': props.open ? ('true' as const) : undefined,
    tabIndex: props.tabStop ? 0 : -1,
    draggable: true,
    'data-index': props.index,
    'data-open': props.open || undefined,
    'data-hover': props.hovered || undefined,
    'data-ticking': props.ticking || props.selected || undefined,
    'data-region-focus': props.tabStop || undefined,
    style: {
      top: props.top,
      '--stripe-hue': hue === null ? undefined : `var(--hue-${hue})`,
    } as CSSProperties,
  };
}

/** The time of a row in full, and what it means. */
export function timeName({ date, snoozedUntil, backSince }: ListRow, times: RowTimes): string {
  if (snoozedUntil !== null) return listStrings.snoozed(snoozePhrase(snoozedUntil, null));
  return backSince === null ? times.full(date) : listStrings.backSince(times.full(backSince));
}

export function TickCell({ selected, unread }: { readonly selected: boolean; readonly unread: boolean }) {
  return (
    <>
      <button
        type="button"
        {...gridTick(selected)}
        aria-label={listStrings.select}
        tabIndex={-1}
        data-control="select"
        className={styles.check}
      >
        <span className={styles.box}>{selected && <Check size={14} />}</span>
      </button>
      {unread && <span className={styles.dot} title={listStrings.unread} />}
    </>
  );
}

export function SubjectText({ row }: { readonly row: ListRow }) {
  return (
    <bdi className={styles.subjectText}>
      {row.subject ? (
        <MarkedText text={row.subject} marks={asFound(row)?.subjectMarks} />
      ) : (
        listStrings.noSubject
      )}
    </bdi>
  );
}

/** The folder a row was found in (APP-168). */
export function Where({ where }: { readonly where: string | null }) {
  if (where === null) return null;
  return (
    <bdi className={styles.where} title={where}>
      {where}
    </bdi>
  );
}

export function Sender({ row, people }: { readonly row: ListRow; readonly people: ParticipantLine }) {
  return (
    <>
      {row.draft && <span className={names.draft}>{listStrings.draft}</span>}
      <bdi className={people.newest ? `${names.people} ${names.first}` : names.people}>{people.first}</bdi>
      {people.newest && <bdi className={names.newest}>{people.newest}</bdi>}
      {row.messageCount > 1 && <span className={names.count}>({row.messageCount})</span>}
    </>
  );
}

/**
 * One row of the list (ui.md section 3). Has no handlers of its own: the grid listens once and reads `data-index` and
 * `data-control`. Renders again only when one of its values changes.
 */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, density, times, today } = props;
  const people = participantLine(row.participants, row.messageCount, listStrings);
  const unread = row.unreadCount > 0;
  const newest = row.participants.at(-1);
  const found = asFound(row);
  const relaxed = density === 'relaxed';
  return (
    <div
      {...rowAttributes(props, people)}
      className={`${styles.row} ${styles[density]} ${unread ? styles.unread : ''}`}
    >
      <span className={styles.stripe} />
      <div {...GRID_CELL} className={styles.mark}>
        <TickCell selected={props.selected} unread={unread} />
        {!relaxed && <StarButton starred={row.starred} />}
      </div>
      {relaxed && newest && (
        <span className={styles.avatar}>
          <Avatar name={newest.name || newest.address} hue={hueOf(newest.address)} />
        </span>
      )}
      <div {...GRID_CELL} className={styles.sender}>
        <Sender row={row} people={people} />
      </div>
      {/* Two lines run each as its own words do; in a row of its own the cell keeps the star at the end of the window. */}
      <div
        {...GRID_CELL}
        className={styles.subject}
        dir={relaxed ? undefined : textDirection(row.subject || row.snippet)}
      >
        <SubjectText row={row} />
        {row.snippet && (
          <span className={styles.snippet} dir={relaxed ? textDirection(row.snippet) : undefined}>
            <span className={styles.dash}> – </span>
            <bdi>
              <MarkedText
                {...(found ? fromFirstMark(row.snippet, found.snippetMarks) : { text: row.snippet })}
              />
            </bdi>
          </span>
        )}
        {relaxed && (
          <span className={styles.second}>
            <StarButton starred={row.starred} />
            <LabelChips labels={row.labels} />
          </span>
        )}
      </div>
      <div {...GRID_CELL} className={styles.end}>
        <Where where={props.where} />
        {!relaxed && (
          <span className={styles.labels}>
            <LabelChips labels={row.labels} />
          </span>
        )}
        {density === 'compact' && (
          <span className={styles.labelDots}>
            <LabelDots labels={row.labels} />
          </span>
        )}
        <RowIcons row={row} />
        <span className={styles.time} title={timeName(row, times)}>
          <RowTime row={row} times={times} today={today} />
        </span>
        <RowMarkIcon mark={row.mark} trouble={props.trouble} />
        {(props.hovered || props.tabStop) && (
          <QuickActions unread={unread} mark={row.mark} trouble={props.trouble} />
        )}
      </div>
    </div>
  );
});

interface PlaceholderProps {
  readonly index: number;
  readonly ariaRowIndex: number;
  readonly top: number;
  readonly density: Density;
  /** Columns of the table view, or null for rows. */
  readonly columns: readonly TableColumn[] | null;
}

/** A row on its way: two grey bars of the row's own geometry (UI-027). It can hold the focus until the row is here. */
export function PlaceholderRow({ index, ariaRowIndex, top, density, columns }: PlaceholderProps) {
  const place = (id: TableColumn['id']): CSSProperties | undefined =>
    columns ? { gridArea: `1 / ${2 + columns.findIndex((column) => column.id === id)}` } : undefined;
  const hasSender = !columns || columns.some(({ id }) => id === 'sender');
  return (
    <div
      {...gridRow(ariaRowIndex, listStrings.loading)}
      tabIndex={-1}
      data-index={index}
      className={`${styles.row} ${columns ? styles.table : styles[density]} ${bars.placeholder}`}
      style={{ top, gridTemplateColumns: columns ? tableTracks(columns) : undefined }}
    >
      {hasSender && (
        <div {...GRID_CELL} className={styles.sender} style={place('sender')}>
          <div className={bars.sender} />
        </div>
      )}
      <div {...GRID_CELL} className={styles.subject} style={place('subject')}>
        <div className={!columns && density === 'relaxed' ? bars.relaxedSubject : bars.subject} />
      </div>
    </div>
  );
}
