import { expect, test } from 'vitest';
import type { SearchRow } from '../../shared/contract/search-views';
import type { MessageId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import type { PageRequest } from '../list/page-loader';
import { testRow } from '../list/test-row';
import { SearchPages } from './search-pages';
import { isServerPage, NO_FACTS, ServerHits } from './server-hits';

const found = (id: number): SearchRow => ({ ...testRow(id), where: [], subjectMarks: [], snippetMarks: [] });

test('what the servers found follows what was found here, and a message that is found here by now stands there once', async () => {
  const server = new ServerHits(async ({ messageIds }) => ok(messageIds.map((id) => found(id))));
  let here = [9, 8];
  const pages = new SearchPages(async (cursor, limit) => {
    if (cursor !== null && isServerPage(cursor)) return server.page('x', cursor, limit);
    const page = { rows: here.map(found), next: null, ...NO_FACTS, count: here.length };
    return ok(server.behind(page));
  });
  const ask = async (epoch: number) => {
    const shown: number[] = [];
    for (;;) {
      const at = { kind: 'offset' as const, offset: shown.length };
      const outcome = await pages.answer({ at, limit: 200 } as PageRequest, epoch);
      if (!outcome.ok) throw new Error('refused');
      shown.push(...outcome.value.rows.map(({ itemId }) => itemId));
      if (shown.length === outcome.value.total) return shown;
    }
  };
  expect(await ask(0)).toEqual([9, 8]);
  server.set([5, 3].map((id) => id as MessageId));
  expect(await ask(1)).toEqual([9, 8, 5, 3]);
  expect(server.has(5)).toBe(true);
  here = [9, 8, 5];
  expect(await ask(2)).toEqual([9, 8, 5, 3]);
});
