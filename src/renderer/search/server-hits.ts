import type { MethodInput, MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';

export type SearchPage = MethodOutput<'search.page'>;

/** Of a search only its first page tells more than rows. */
export const NO_FACTS: Omit<SearchPage, 'rows' | 'next'> = {
  understood: [],
  searched: { scope: { kind: 'everywhere' }, trashAndJunk: false },
  coverage: [],
  count: null,
};

/** Behind the last page of what is found here stand the pages of what the servers found. */
const PREFIX = 'server:';

export function isServerPage(cursor: string | null): boolean {
  return cursor?.startsWith(PREFIX) ?? false;
}

export type AskRows = (
  input: MethodInput<'search.rows'>,
) => Promise<Outcome<MethodOutput<'search.rows'>, FailureView>>;

/** What the servers found besides (SYNC-374), as pages that follow the others. */
export class ServerHits {
  private ids: readonly MessageId[] = [];
  private readonly askRows: AskRows;

  constructor(askRows: AskRows) {
    this.askRows = askRows;
  }

  get size(): number {
    return this.ids.length;
  }

  has(messageId: number): boolean {
    return this.ids.some((id) => (id as number) === messageId);
  }

  set(ids: readonly MessageId[]): void {
    this.ids = ids;
  }

  /** A page of what is found here, which the servers' pages follow if it is the last. */
  behind(page: SearchPage): SearchPage {
    if (this.ids.length === 0) return page;
    const count = page.count === null ? null : page.count + this.ids.length;
    return { ...page, count, next: page.next ?? `${PREFIX}0` };
  }

  async page(query: string, cursor: string, limit: number): Promise<Outcome<SearchPage, FailureView>> {
    const from = Number(cursor.slice(PREFIX.length));
    const outcome = await this.askRows({ query, messageIds: this.ids.slice(from, from + limit) });
    if (!outcome.ok) return fail(outcome.failure);
    const next = from + limit < this.ids.length ? `${PREFIX}${from + limit}` : null;
    return ok({ ...NO_FACTS, rows: outcome.value, next });
  }
}
