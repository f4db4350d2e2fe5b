import { ArrowDown, ArrowUp, Paperclip, Star } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { ListSort } from '../../shared/contract/views';
import { listStrings } from '../strings/list';
import { VisuallyHidden } from '../ui/visually-hidden';
import { gridHeading, gridRow } from './grid-roles';
import { type TableColumn, tableTracks } from './table-columns';
import styles from './table-head.module.css';

interface TableHeadProps {
  readonly columns: readonly TableColumn[];
  readonly sort: ListSort;
  readonly descending: boolean;
  onSort(sort: ListSort, descending: boolean): void;
}

const ICONS: Partial<Record<TableColumn['id'], ReactNode>> = {
  star: <Star size={14} aria-hidden />,
  attachment: <Paperclip size={14} aria-hidden />,
};

/** Headings of the table view; a click sorts, a second one turns the order round (APP-053). */
export function TableHead({ columns, sort, descending, onSort }: TableHeadProps) {
  return (
    <div
      {...gridRow(1)}
      className={styles.head}
      style={{ gridTemplateColumns: tableTracks(columns) } as CSSProperties}
    >
      <div {...gridHeading(undefined)}>
        <VisuallyHidden>{listStrings.select}</VisuallyHidden>
      </div>
      {columns.map((column) => {
        const sorted = column.sort === sort;
        const Arrow = descending ? ArrowDown : ArrowUp;
        const name = listStrings.columns[column.id];
        const words = ICONS[column.id] ? <VisuallyHidden>{name}</VisuallyHidden> : name;
        return (
          <div
            key={column.id}
            {...gridHeading(sorted ? (descending ? 'descending' : 'ascending') : undefined)}
            className={`${styles.heading} ${column.id === 'size' ? styles.end : ''}`}
          >
            {column.sort === null ? (
              <span className={styles.plain}>
                {ICONS[column.id]}
                {words}
              </span>
            ) : (
              <button
                type="button"
                className={styles.button}
                onClick={() =>
                  column.sort && onSort(column.sort, sorted ? !descending : column.descendingFirst)
                }
              >
                {ICONS[column.id]}
                {words}
                {sorted && <Arrow size={14} aria-hidden />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
