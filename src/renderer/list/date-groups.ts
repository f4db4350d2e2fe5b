import { startOfDay } from './row-time';

const DAY_MS = 86_400_000;
/** Months that have a group of their own; what is older is one group. */
const MONTHS = 120;

/** The words of the nearest groups. */
export interface GroupWords {
  readonly today: string;
  readonly yesterday: string;
  readonly week: string;
  readonly older: string;
}

/** A group of rows in a list that is newest first: what it is called and since when its rows are (ms). */
export interface DateGroup {
  readonly label: string;
  readonly since: number;
}

/** Today, yesterday, the six days before, then months, then the rest (UI-025); newest first. Pure. */
export function dateGroups(today: number, words: GroupWords, locale?: string): DateGroup[] {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
  const before = (days: number) => startOfDay(today - days * DAY_MS + DAY_MS / 2);
  const groups: DateGroup[] = [
    { label: words.today, since: today },
    { label: words.yesterday, since: before(1) },
    { label: words.week, since: before(6) },
  ];
  const first = new Date(before(6));
  for (let back = 0; back < MONTHS; back++) {
    const since = new Date(first.getFullYear(), first.getMonth() - back, 1);
    groups.push({ label: month.format(since), since: since.getTime() });
  }
  return [...groups, { label: words.older, since: Number.NEGATIVE_INFINITY }];
}

/** Where a group that has rows begins among them. */
export interface GroupStart {
  readonly label: string;
  readonly row: number;
}

/** Groups that have rows, by how many rows are newer than each bound. `counts[i]` = rows since `groups[i].since`. */
export function groupStarts(
  groups: readonly DateGroup[],
  counts: readonly number[],
  total: number,
): GroupStart[] {
  const starts: GroupStart[] = [];
  let row = 0;
  for (const [at, { label }] of groups.entries()) {
    const end = Math.min(total, counts[at] ?? total);
    if (end > row) starts.push({ label, row });
    row = Math.max(row, end);
  }
  return starts;
}

/**
 * Rows and the headers between them as one sequence of slots of equal height. The first group needs no slot: the bar
 * above the rows names the group on top. Without groups slots are rows.
 */
export class GroupSlots {
  readonly starts: readonly GroupStart[];
  readonly #between: readonly GroupStart[];
  readonly total: number;

  constructor(starts: readonly GroupStart[], rows: number) {
    this.starts = starts;
    this.#between = starts.slice(1);
    this.total = rows + this.#between.length;
  }

  slotOf(row: number): number {
    return row + this.#between.filter((group) => group.row <= row).length;
  }

  /** The row in the slot; null where a header stands. */
  rowAt(slot: number): number | null {
    const above = this.#above(slot);
    const last = this.#between[above - 1];
    return last !== undefined && last.row + above - 1 === slot ? null : slot - above;
  }

  /** The header in the slot. */
  headerAt(slot: number): string | null {
    const above = this.#above(slot);
    const last = this.#between[above - 1];
    return last !== undefined && last.row + above - 1 === slot ? last.label : null;
  }

  /** The nearest row at the slot or below it. */
  rowFrom(slot: number): number {
    return this.rowAt(slot) ?? this.rowAt(slot + 1) ?? 0;
  }

  /** The nearest row at the slot or above it. */
  rowUpTo(slot: number): number {
    return this.rowAt(slot) ?? Math.max(0, this.rowFrom(slot) - 1);
  }

  /** What the bar says while this slot is the first in view. */
  groupAt(slot: number): string | null {
    return (this.#between[this.#above(slot) - 1] ?? this.starts[0])?.label ?? null;
  }

  /** Headers in slots up to this one, itself included. */
  #above(slot: number): number {
    let above = 0;
    while (above < this.#between.length && (this.#between[above] as GroupStart).row + above <= slot) above++;
    return above;
  }
}
