import Papa from 'papaparse';
import type { PreviewView } from '../../shared/contract/preview-views';

type TablePreview = Extract<PreviewView, { kind: 'table' }>;

/** Characters read of a file; the rows shown fit in a tenth of it. */
const MAX_CHARS = 2_000_000;
/** Rows and columns that are shown: a screen reader and a browser take them without a pause. */
export const MAX_ROWS = 500;
export const MAX_COLUMNS = 50;
/** Characters of one cell. */
export const MAX_CELL_CHARS = 300;
/** Characters of all cells, so that the answer stays below the bound of a message to a window. */
const MAX_TABLE_CHARS = 200_000;

/**
 * A file of separated values (RFC 4180, and what spreadsheets make of it) as rows of equal length; the separator is
 * guessed, Excel's `sep=` line obeyed. Null when there is nothing in it.
 */
export function readTable(text: string): TablePreview | null {
  const whole = text
    .slice(0, MAX_CHARS)
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '');
  const [named, separator] = /^sep=(.)\r?\n/i.exec(whole) ?? [''];
  const { data } = Papa.parse<string[]>(whole.slice(named.length), {
    delimiter: separator ?? '',
    delimitersToGuess: [',', ';', '\t', '|'],
    skipEmptyLines: 'greedy',
    preview: MAX_ROWS + 1,
  });
  const widest = Math.max(0, ...data.map((row) => row.length));
  const columns = Math.min(widest, MAX_COLUMNS);
  let room = MAX_TABLE_CHARS;
  let truncated = data.length > MAX_ROWS || widest > MAX_COLUMNS || text.length > MAX_CHARS;
  const rows: string[][] = [];
  for (const row of data.slice(0, MAX_ROWS)) {
    const cells = Array.from({ length: columns }, (_, at) => cut(row[at] ?? ''));
    room -= cells.join('').length;
    if (room < 0) {
      truncated = true;
      break;
    }
    rows.push(cells);
  }
  return rows.length === 0 ? null : { kind: 'table', rows, truncated };
}

function cut(cell: string): string {
  const trimmed = cell.trim();
  return trimmed.length > MAX_CELL_CHARS ? `${trimmed.slice(0, MAX_CELL_CHARS)}…` : trimmed;
}
