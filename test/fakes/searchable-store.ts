import type { MethodOutput } from '../../src/shared/contract/methods';
import type { SearchScope } from '../../src/shared/contract/search-views';
import type { MessageId } from '../../src/shared/domain';
import { readableText } from '../../src/sync/mime/readable-text';
import { searchPage } from '../../src/sync/queries/search-page';
import type { Store } from '../../src/sync/store/open-store';
import { feedSome, nextStep } from '../../src/sync/store/search/feed';
import { storeBodies } from '../../src/sync/store/write/store-bodies';

/** Puts everything stored into the index, so many messages per transaction. */
export function indexEverything(store: Store, perTurn = Number.POSITIVE_INFINITY): void {
  for (let seen = 0; ; ) {
    const step = nextStep(store.read, seen);
    seen = step.seen;
    if (step.end) return;
    for (let at = 0; at < step.items.length; ) {
      let left = perTurn;
      at += store.writeTx('server', (tx) => feedSome(tx, step, at, readableText, () => --left <= 0));
    }
  }
}

/** The text of a message, as if it had been loaded. */
export function giveText(
  store: Store,
  messageId: MessageId,
  text: string,
  files: readonly string[] = [],
): void {
  store.writeTx('server', (tx) =>
    storeBodies(tx, [
      {
        messageId,
        body: {
          text,
          html: null,
          snippet: text.slice(0, 60),
          truncated: false,
          protection: 'none',
          charset: 'utf-8',
          source: null,
          attachments: files.map((filename) => ({
            section: null,
            filename,
            mediaType: 'application/pdf',
            size: 10,
            contentId: null,
            inline: false,
            content: null,
          })),
        },
      },
    ]),
  );
}

export interface FindOptions {
  readonly scope?: SearchScope;
  readonly everywhere?: boolean;
  readonly typing?: boolean;
  readonly cursor?: string | null;
  readonly limit?: number;
  readonly sort?: 'newest' | 'relevance';
}

export function findPage(
  store: Store,
  query: string,
  nowMs: number,
  options: FindOptions = {},
): MethodOutput<'search.page'> {
  return searchPage(
    store.read,
    {
      query,
      scope: options.scope ?? { kind: 'everywhere' },
      includeTrashAndJunk: options.everywhere ?? false,
      sort: options.sort ?? 'newest',
      typing: options.typing ?? false,
      cursor: options.cursor ?? null,
      limit: options.limit ?? 200,
    },
    nowMs,
  );
}
