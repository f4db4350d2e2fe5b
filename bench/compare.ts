import type { Row } from './row';

/** So much worse than the previous commit is a failure (SYNC-410). */
const WORSE_THAN = 1.2;

/** What was written with --json. */
export interface Results {
  readonly rows: readonly Row[];
  readonly machine: { readonly processors: number; readonly node: string };
}

export interface Compared {
  readonly name: string;
  readonly unit: string;
  readonly before: number | null;
  readonly now: number | null;
  /** How many times worse than before: 1 = the same, below 1 = better; null where there is nothing to compare. */
  readonly worse: number | null;
  readonly verdict: 'same' | 'better' | 'worse' | 'new' | 'missing';
}

/**
 * Sets the rows of this run beside those of the previous commit. Where a row has a peer the ratios are compared, since
 * both numbers then met the same machine; else the values. Whether more or less is better the goal's sign says. A value
 * near nothing counts from `floor` up, so that a tenth of a millisecond more is no 20 %.
 */
export function compareResults(before: Results, now: Results): Compared[] {
  const old = new Map(before.rows.map((row) => [row.name, row]));
  const compared = now.rows.map((row): Compared => {
    const earlier = old.get(row.name);
    old.delete(row.name);
    const facts = { name: row.name, unit: row.unit, now: row.value };
    if (!earlier || earlier.unit !== row.unit) return { ...facts, before: null, worse: null, verdict: 'new' };
    const worse = timesWorse(earlier, row);
    const verdict = worse > WORSE_THAN ? 'worse' : worse < 1 / WORSE_THAN ? 'better' : 'same';
    return { ...facts, before: earlier.value, worse, verdict };
  });
  const gone = [...old.values()].map(
    ({ name, unit, value }): Compared => ({
      name,
      unit,
      before: value,
      now: null,
      worse: null,
      verdict: 'missing',
    }),
  );
  return [...compared, ...gone];
}

/** Rows that fail the run: worse ones, and ones that silently went away. */
export function regressions(compared: readonly Compared[]): Compared[] {
  return compared.filter(({ verdict }) => verdict === 'worse' || verdict === 'missing');
}

function timesWorse(before: Row, now: Row): number {
  const more = now.goal.startsWith('>=');
  const [from, to] = measureOf(before, now);
  const floor = floorOf(now);
  const [a, b] = [Math.max(from, floor), Math.max(to, floor)];
  return more ? a / b : b / a;
}

/** Ratios to the same peer where both have one; a limit is no peer. */
function measureOf(before: Row, now: Row): readonly [number, number] {
  const peers = before.anchor === now.anchor && now.anchor !== 'limit';
  return peers && before.ratio !== null && now.ratio !== null
    ? [before.ratio, now.ratio]
    : [before.value, now.value];
}

/** Below a tenth of its limit a value is noise. */
function floorOf({ anchor, anchorValue, goal, grain = Number.MIN_VALUE }: Row): number {
  if (anchor !== 'limit' || anchorValue === null || goal.startsWith('>=')) return grain;
  return Math.max(anchorValue / 10, grain);
}
