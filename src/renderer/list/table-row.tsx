import { Paperclip } from 'lucide-react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { listStrings } from '../strings/list';
import { formatSize } from './format-size';
import { GRID_CELL } from './grid-roles';
import { LabelChips } from './label-chips';
import { type RowProps, rowAttributes, Sender, SubjectText, TickCell, timeName, Where } from './message-row';
import styles from './message-row.module.css';
import { type ParticipantLine, participantLine } from './participants';
import { QuickActions, RowMarkIcon, RowTime, StarButton } from './row-parts';
import { type TableColumn, tableTracks } from './table-columns';
import { textDirection } from './text-direction';

interface TableRowProps extends RowProps {
  readonly columns: readonly TableColumn[];
}

/** One row of the table view (APP-053): the same row with one cell per column. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, columns } = props;
  const people = participantLine(row.participants, row.messageCount, listStrings);
  const unread = row.unreadCount > 0;
  const attributes = rowAttributes(props, people);
  const style: CSSProperties = { ...attributes.style, gridTemplateColumns: tableTracks(columns) };
  return (
    <div
      {...attributes}
      style={style}
      className={`${styles.row} ${styles.table} ${unread ? styles.unread : ''}`}
    >
      <span className={styles.stripe} />
      <div {...GRID_CELL} className={styles.tickCell}>
        <TickCell selected={props.selected} unread={unread} />
      </div>
      {columns.map((column, at) => (
        <div
          {...GRID_CELL}
          key={column.id}
          className={styles.cell}
          {...(column.id === 'subject' && { dir: textDirection(row.subject) })}
        >
          {cell(column, props, people)}
          {at === columns.length - 1 && (props.hovered || props.tabStop) && (
            <QuickActions unread={unread} mark={row.mark} trouble={props.trouble} />
          )}
        </div>
      ))}
    </div>
  );
});

function cell(
  column: TableColumn,
  { row, times, today, trouble, where }: TableRowProps,
  people: ParticipantLine,
): ReactNode {
  switch (column.id) {
    case 'star':
      return <StarButton starred={row.starred} />;
    case 'sender':
      return (
        <span className={styles.sender}>
          <Sender row={row} people={people} />
        </span>
      );
    case 'subject':
      return (
        <>
          <SubjectText row={row} />
          <Where where={where} />
        </>
      );
    case 'labels':
      return <LabelChips labels={row.labels} />;
    case 'attachment':
      return row.hasAttachment ? <Paperclip size={16} aria-hidden /> : null;
    case 'size':
      return <span className={styles.number}>{formatSize(row.size)}</span>;
    case 'date':
      return (
        <span className={styles.date}>
          <span title={timeName(row, times)}>
            <RowTime row={row} times={times} today={today} />
          </span>
          <RowMarkIcon mark={row.mark} trouble={trouble} />
        </span>
      );
  }
}
