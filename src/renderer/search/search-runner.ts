import type { MethodInput } from '../../shared/contract/methods';
import type { SearchRow } from '../../shared/contract/search-views';
import type { FailureView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import { ListController } from '../list/list-controller';
import type { SearchTarget } from '../list/page-loader';
import { endWord } from './end-word';
import { SearchPages } from './search-pages';
import { type AskRows, isServerPage, type SearchPage, ServerHits } from './server-hits';

/** Between two keys of somebody who types there is less. */
const CALM_MS = 250;

/** What is asked: a query, where, in which order. */
export interface Question extends SearchTarget {
  readonly sort: MethodInput<'search.page'>['sort'];
}
export type AskSearch = (input: MethodInput<'search.page'>) => Promise<Outcome<SearchPage, FailureView>>;

/** One question with what it found. */
export interface Found {
  readonly question: Question;
  readonly pages: SearchPages;
  readonly list: ListController;
  readonly server: ServerHits;
}

export interface RunnerSnapshot {
  /** What is on screen: the newest question that was answered. */
  readonly found: Found | null;
  /** True while a newer question waits for its answer. */
  readonly busy: boolean;
}

/**
 * Searches while somebody types. One question is under way at a time and the newest waits for it, so that the engine
 * never works through words nobody waits for; what was found before stays on screen until the newest has its answer.
 */
export class SearchRunner {
  private current: RunnerSnapshot = { found: null, busy: false };
  private underWay: Found | null = null;
  private waiting: Question | null = null;
  /** When somebody last asked for something else; ms of the window's clock. */
  private askedAt = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Set<() => void>();
  private readonly ask: AskSearch;
  private readonly askRows: AskRows;
  private readonly look: (row: SearchRow, where: SearchTarget) => Promise<SearchRow | null>;

  /** `look`: a row as it is now although it is not found any more, or null. */
  constructor(ask: AskSearch, askRows: AskRows, look: SearchRunner['look']) {
    this.ask = ask;
    this.askRows = askRows;
    this.look = look;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RunnerSnapshot => this.current;

  /** Another question; the same as the last one changes nothing. */
  search(question: Question): void {
    const last = this.waiting ?? this.underWay?.question ?? this.current.found?.question;
    if (last && sameQuestion(last, question)) return;
    this.askedAt = performance.now();
    if (this.underWay) this.waiting = question;
    else this.begin(question);
    this.update({ busy: true });
  }

  /** Nothing is searched for any more. */
  stop(): void {
    this.underWay?.list.stop();
    this.current.found?.list.stop();
    this.underWay = null;
    this.waiting = null;
    this.update({ found: null, busy: false });
  }

  /**
   * What lies behind the first page waits until nobody types: whoever answers would be busy with it when the next key
   * comes.
   */
  private async calm(): Promise<void> {
    for (;;) {
      const left = this.askedAt + CALM_MS - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  private begin(question: Question): void {
    const server = new ServerHits(this.askRows);
    const pages = new SearchPages(
      async (cursor, limit) => {
        if (cursor !== null) await this.calm();
        if (cursor !== null && isServerPage(cursor)) return server.page(question.query, cursor, limit);
        const outcome = await this.ask({ ...question, typing: true, cursor, limit });
        return outcome.ok ? ok(server.behind(outcome.value)) : outcome;
      },
      (row) => this.look(row, question),
    );
    const { query, scope, includeTrashAndJunk } = question;
    const listId = scope.kind === 'list' ? scope.listId : (SMART_LISTS.all as ListId);
    const list = new ListController(
      {
        listId,
        sort: 'date',
        descending: true,
        filter: null,
        search: { query: endWord(query), scope, includeTrashAndJunk },
      },
      pages.answer,
    );
    const found = { question, pages, list, server };
    this.underWay = found;
    const end = list.subscribe(() => {
      const { total, failure } = list.snapshot();
      if (total === null && failure === null) return;
      end();
      if (this.underWay === found) this.answered(found);
    });
    list.start();
  }

  private answered(found: Found): void {
    this.underWay = null;
    const { waiting } = this;
    this.waiting = null;
    if (waiting) {
      // Too late: somebody has typed on.
      found.list.stop();
      this.begin(waiting);
      return;
    }
    this.current.found?.list.stop();
    this.update({ found, busy: false });
  }

  private update(changes: Partial<RunnerSnapshot>): void {
    this.current = { ...this.current, ...changes };
    for (const listener of this.listeners) listener();
  }
}

function sameQuestion(a: Question, b: Question): boolean {
  return (
    a.query === b.query &&
    a.includeTrashAndJunk === b.includeTrashAndJunk &&
    a.sort === b.sort &&
    JSON.stringify(a.scope) === JSON.stringify(b.scope)
  );
}
