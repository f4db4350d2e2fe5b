import type { ListSort } from '../../shared/contract/views';

/** Columns of the table view (APP-053). `sort` = what a click on the heading sorts by; `grow` columns share what is left. */
export interface TableColumn {
  readonly id: 'star' | 'sender' | 'subject' | 'labels' | 'attachment' | 'size' | 'date';
  readonly sort: ListSort | null;
  /** Direction of the first click: newest, largest and unread first, names from A. */
  readonly descendingFirst: boolean;
  /** A track of the CSS grid. */
  readonly track: string;
}

export const TABLE_COLUMNS: readonly TableColumn[] = [
  { id: 'star', sort: 'starred', descendingFirst: true, track: 'var(--control-small)' },
  { id: 'sender', sort: 'sender', descendingFirst: false, track: 'minmax(var(--column-sender), 1fr)' },
  { id: 'subject', sort: 'subject', descendingFirst: false, track: 'minmax(0, 3fr)' },
  { id: 'labels', sort: null, descendingFirst: false, track: 'minmax(0, 1fr)' },
  { id: 'attachment', sort: null, descendingFirst: false, track: 'var(--control-small)' },
  { id: 'size', sort: 'size', descendingFirst: true, track: 'calc(var(--column-time) + var(--space-12))' },
  {
    id: 'date',
    sort: 'date',
    descendingFirst: true,
    // As wide as the quick actions that take its place.
    track: 'calc(var(--column-time) + var(--space-64) + var(--space-12))',
  },
];

/** The chosen columns in their fixed order; the subject cannot be hidden. Unknown ids are ignored. */
export function shownColumns(chosen: readonly string[]): readonly TableColumn[] {
  return TABLE_COLUMNS.filter((column) => column.id === 'subject' || chosen.includes(column.id));
}

/** Tracks of a row: tick box first, then the columns. */
export function tableTracks(columns: readonly TableColumn[]): string {
  return ['var(--target-min)', ...columns.map((column) => column.track)].join(' ');
}

/** What is chosen after a column was shown or hidden. */
export function toggleColumn(chosen: readonly string[], id: TableColumn['id']): string[] {
  return chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];
}
