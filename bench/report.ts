import type { Row } from './row';

const COLUMNS: readonly { readonly title: string; readonly right: boolean; text(row: Row): string }[] = [
  { title: '', right: false, text: ({ ok }) => (ok === null ? '-' : ok ? 'ok' : 'MISS') },
  { title: 'measure', right: false, text: ({ name }) => name },
  { title: 'value', right: true, text: ({ value, unit }) => `${formatNumber(value)} ${unit}` },
  {
    title: 'anchor',
    right: true,
    text: ({ anchor, anchorValue }) =>
      anchorValue === null ? `${anchor}: not here` : `${anchor} ${formatNumber(anchorValue)}`,
  },
  { title: 'ratio', right: true, text: ({ ratio }) => (ratio === null ? '' : ratio.toFixed(2)) },
  { title: 'goal', right: true, text: ({ goal }) => goal },
];

/** The rows as a table for people. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [
    COLUMNS.map(({ title }) => title),
    ...rows.map((row) => COLUMNS.map(({ text }) => text(row))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return COLUMNS[column]?.right ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}
