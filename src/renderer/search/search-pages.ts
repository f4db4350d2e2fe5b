import type { SearchRow } from '../../shared/contract/search-views';
import type { FailureView, ListPage } from '../../shared/contract/views';
import type { Seq } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import { KeptItems } from '../list/kept-items';
import type { PageRequest } from '../list/page-loader';
import { isServerPage, type SearchPage } from './server-hits';

/** Asks for the page behind `cursor`; null = the first. */
export type AskSearchPage = (
  cursor: string | null,
  limit: number,
) => Promise<Outcome<SearchPage, FailureView>>;

/** A row as it is now, though the search does not find it any more; null = it is not to be shown. */
export type LookAgain = (row: SearchRow) => Promise<SearchRow | null>;

/** The first page is what one waits for at every key: a screen full, and no more. */
export const FIRST_ROWS = 30;
/** The most the contract gives at once. */
export const MORE_ROWS = 200;
/** Rows the scroll bar promises while nobody knows how many there are. */
export const PROMISED_ROWS = 100;
/** Pages whose rows are kept, around the one asked for last: ten screens in each direction at least. */
const MAX_KEPT_PAGES = 21;
/** A page may be empty although more follows; so many in a row, and the next request goes on. */
const MAX_EMPTY = 20;
/** Rows in each direction of the one that a refresh begins at: what may be on screen with it. */
const AROUND_ROWS = 100;

/** What the newest answer says besides rows. */
export type SearchFacts = Pick<SearchPage, 'understood' | 'searched' | 'coverage' | 'count'>;

interface Page {
  readonly cursor: string | null;
  /** Null = dropped; its place is known, and it is asked for again when it is looked at. */
  rows: readonly SearchRow[] | null;
  length: number;
  next: string | null;
  epoch: number;
}

/**
 * What one search has found so far, as the list wants it: pages that follow one another by their cursors (keyset) under
 * positions from 0 on. Grows as somebody scrolls. What a newer epoch asks for again is read page by page from where each
 * began; rows that have gone close up, and where the old and the new no longer meet, what follows is found anew.
 */
export class SearchPages {
  facts: SearchFacts | null = null;
  private pages: Page[] = [];
  private queue: Promise<unknown> = Promise.resolve();
  private readonly ask: AskSearchPage;
  private readonly look: LookAgain;
  private readonly kept = new KeptItems();

  constructor(ask: AskSearchPage, look: LookAgain = async () => null) {
    this.ask = ask;
    this.look = look;
  }

  /** A row that was opened stays, although it may not match any more, as long as it lies where the search looks (ADR 0080). */
  keep(itemId: number): void {
    this.kept.add([itemId]);
  }

  /** Answers the list's requests, one after the other: each page's cursor comes from the one before. */
  readonly answer = (request: PageRequest, epoch: number): Promise<Outcome<ListPage, FailureView>> => {
    const answered = this.queue.then(() => this.page(request, epoch));
    this.queue = answered;
    return answered;
  };

  /** Whether the list's total is the true number, and no promise. */
  get counted(): boolean {
    return this.next === null || this.facts?.count !== null;
  }

  /** Rows that are known to be there. */
  get loaded(): number {
    return this.length;
  }

  private get length(): number {
    return this.pages.reduce((sum, page) => sum + page.length, 0);
  }

  private get next(): string | null {
    const last = this.pages.at(-1);
    return last ? last.next : null;
  }

  private async page({ at, limit }: PageRequest, epoch: number): Promise<Outcome<ListPage, FailureView>> {
    const { from, until } = this.wanted(at, limit);
    const failure = (await this.refresh(from, until, epoch)) ?? (await this.grow(from, epoch));
    if (failure) return failure;
    const { rows, first } = this.fresh(from, until, epoch);
    this.forgetFar(from);
    const { length, next } = this;
    const promised = this.facts?.count ?? length + PROMISED_ROWS;
    const total = next === null ? length : Math.max(length + 1, promised);
    return ok({ rows, firstIndex: first, total, seq: 0 as Seq });
  }

  private wanted(at: PageRequest['at'], limit: number): { readonly from: number; readonly until: number } {
    switch (at.kind) {
      case 'offset':
        return { from: at.offset, until: at.offset + limit };
      case 'after': {
        const from = (this.indexOf(at.itemId) ?? at.index) + 1;
        return { from, until: from + limit };
      }
      case 'before': {
        const until = this.indexOf(at.itemId) ?? at.index;
        return { from: Math.max(0, until - limit), until };
      }
      case 'around': {
        const index = this.indexOf(at.itemId) ?? 0;
        return { from: Math.max(0, index - AROUND_ROWS), until: index + AROUND_ROWS };
      }
    }
  }

  private indexOf(itemId: number): number | undefined {
    let start = 0;
    for (const { rows, length } of this.pages) {
      const at = rows?.findIndex((row) => row.itemId === itemId) ?? -1;
      if (at >= 0) return start + at;
      start += length;
    }
    return undefined;
  }

  /** Pages with a row in [from, until) and where each begins. */
  private overlapping(from: number, until: number): { readonly at: number; readonly start: number }[] {
    const found: { at: number; start: number }[] = [];
    let start = 0;
    for (const [at, { length }] of this.pages.entries()) {
      // A page without rows is looked at again with its place: there may be some by now.
      const touches = start + length > from || (length === 0 && start === from);
      if (start < until && touches) found.push({ at, start });
      start += length;
    }
    return found;
  }

  /** Asks again for what is known in [from, until) under an older epoch, or was dropped. */
  private async refresh(from: number, until: number, epoch: number) {
    // An empty page at the end is where what is new would be.
    const [only] = this.pages;
    if (this.pages.length === 1 && only && only.length === 0 && only.epoch < epoch) this.pages = [];
    for (const { at } of this.overlapping(from, until)) {
      const page = this.pages[at];
      if (!page || (page.rows !== null && page.epoch >= epoch)) continue;
      const outcome = await this.ask(page.cursor, at === 0 ? FIRST_ROWS : MORE_ROWS);
      if (!outcome.ok) return outcome;
      await this.replace(at, outcome.value, epoch);
    }
    return null;
  }

  private async replace(at: number, answer: SearchPage, epoch: number): Promise<void> {
    const old = this.pages[at];
    if (!old) return;
    if (at === 0) this.note(answer);
    const earlier = this.idsOf(this.pages.slice(0, at));
    // What the servers found follows anew: it may be among what is found here by now.
    if (!isServerPage(old.cursor)) this.pages = this.pages.filter(({ cursor }) => !isServerPage(cursor));
    const later = this.idsOf(this.pages.slice(at + 1));
    const rows = await this.withKept(
      old.rows ?? [],
      answer.rows.filter(({ itemId }) => !earlier.has(itemId)),
      (itemId) => earlier.has(itemId) || later.has(itemId),
    );
    const meets = rows.findIndex(({ itemId }) => later.has(itemId));
    const page: Page = { cursor: old.cursor, rows, length: rows.length, next: answer.next, epoch };
    const same =
      old.rows !== null && rows.length === old.length && rows.at(-1)?.itemId === old.rows.at(-1)?.itemId;
    const followed = this.pages[at + 1];
    if (followed === undefined) {
      this.pages[at] = page;
    } else if (meets > 0) {
      const kept = rows.slice(0, meets);
      this.pages[at] = { ...page, rows: kept, length: kept.length, next: followed.cursor };
    } else if (meets < 0 && (same || answer.next === followed.cursor)) {
      this.pages[at] = { ...page, next: followed.cursor };
    } else {
      this.pages = [...this.pages.slice(0, at), page];
    }
  }

  /** Puts opened rows that the new answer lacks back where they were: behind the row they stood behind. */
  private async withKept(
    before: readonly SearchRow[],
    answer: readonly SearchRow[],
    isElsewhere: (itemId: number) => boolean,
  ): Promise<readonly SearchRow[]> {
    const opened = new Set(this.kept.ids());
    const rows = [...answer];
    const here = new Set(rows.map(({ itemId }) => itemId));
    for (const [at, row] of before.entries()) {
      if (!opened.has(row.itemId) || here.has(row.itemId) || isElsewhere(row.itemId)) continue;
      const now = await this.look(row);
      if (now === null) continue;
      const above = before.slice(0, at).findLast(({ itemId }) => here.has(itemId));
      const place = above ? rows.findIndex(({ itemId }) => itemId === above.itemId) + 1 : 0;
      rows.splice(place, 0, now);
      here.add(row.itemId);
    }
    return rows;
  }

  /** Reads on until row `index` is here, or nothing follows. */
  private async grow(index: number, epoch: number) {
    let empty = 0;
    while (this.length <= index && (this.pages.length === 0 || this.next !== null)) {
      const first = this.pages.length === 0;
      const cursor = this.next;
      const outcome = await this.ask(cursor, first ? FIRST_ROWS : MORE_ROWS);
      if (!outcome.ok) return outcome;
      if (first) this.note(outcome.value);
      const known = this.idsOf(this.pages);
      const rows = outcome.value.rows.filter(({ itemId }) => !known.has(itemId));
      this.pages.push({ cursor, rows, length: rows.length, next: outcome.value.next, epoch });
      empty = rows.length === 0 ? empty + 1 : 0;
      if (empty >= MAX_EMPTY) return null;
    }
    return null;
  }

  /** The rows of [from, until) that were read under this epoch, without a gap. */
  private fresh(from: number, until: number, epoch: number) {
    const rows: SearchRow[] = [];
    let first = Math.min(from, this.length);
    for (const { at, start } of this.overlapping(from, until)) {
      const page = this.pages[at];
      if (!page?.rows || page.epoch < epoch) break;
      if (rows.length === 0) first = Math.max(start, from);
      rows.push(...page.rows.slice(Math.max(0, from - start), until - start));
    }
    return { rows, first };
  }

  private forgetFar(from: number): void {
    if (this.pages.length <= MAX_KEPT_PAGES) return;
    const centre = this.overlapping(from, from + 1)[0]?.at ?? this.pages.length - 1;
    for (const [at, page] of this.pages.entries())
      if (Math.abs(at - centre) > MAX_KEPT_PAGES / 2) page.rows = null;
  }

  private note({ understood, searched, coverage, count }: SearchPage): void {
    this.facts = { understood, searched, coverage, count };
  }

  private idsOf(pages: readonly Page[]): ReadonlySet<number> {
    return new Set(pages.flatMap(({ rows }) => rows?.map(({ itemId }) => itemId) ?? []));
  }
}
