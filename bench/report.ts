import type { Compared } from './compare';
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
  return align([
    COLUMNS.map(({ title, right }) => ({ text: title, right })),
    ...rows.map((row) => COLUMNS.map(({ text, right }) => ({ text: text(row), right }))),
  ]);
}

/** What changed since the previous commit; rows that are as they were are left out. */
export function formatComparison(compared: readonly Compared[]): string {
  const told = compared.filter(({ verdict }) => verdict !== 'same');
  const same = compared.length - told.length;
  const value = (number: number | null, unit: string): string =>
    number === null ? '' : `${formatNumber(number)} ${unit}`;
  const lines = told.map(({ verdict, name, unit, before, now, worse }) => [
    { text: verdict === 'worse' ? 'WORSE' : verdict, right: false },
    { text: name, right: false },
    { text: value(before, unit), right: true },
    { text: value(now, unit), right: true },
    { text: worse === null ? '' : `${worse.toFixed(2)} times`, right: true },
  ]);
  const head = ['', 'against the previous results', 'before', 'now', 'worse'].map((text, at) => ({
    text,
    right: at > 1,
  }));
  return `${align([head, ...lines])}\n${same} rows as before`;
}

function align(lines: readonly (readonly { readonly text: string; readonly right: boolean }[])[]): string {
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.text.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map(({ text, right }, column) => {
          const width = widths?.[column] ?? 0;
          return right ? text.padStart(width) : text.padEnd(width);
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
