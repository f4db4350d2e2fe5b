import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ListPage } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { ListController } from './list-controller';
import type { PageRequest } from './page-loader';
import { selectRows } from './selection';
import { testRow } from './test-row';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ROWS = 200;
const ON_SCREEN = 25;

const step = fc.record({
  what: fc.constantFrom('archive', 'arrive', 'wait'),
  row: fc.nat({ max: ON_SCREEN - 1 }),
  /** How long the engine takes for the gesture, each page half its way, and the user until the next step. */
  engineMs: fc.nat({ max: 80 }),
  pageMs: fc.nat({ max: 60 }),
  pauseMs: fc.nat({ max: 120 }),
});

test('however gestures, arriving mail and late answers cross, every row that was loaded is at its place in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      let ids = Array.from({ length: ROWS }, (_, index) => index + 1);
      let pageMs = 5;
      const page = async ({ at, limit }: PageRequest) => {
        await new Promise((resolve) => setTimeout(resolve, pageMs));
        const place = at.kind === 'offset' ? at.offset : ids.indexOf(at.itemId);
        const step = { offset: 0, after: 1, before: -limit, around: -limit / 2 }[at.kind];
        const first = Math.max(0, place + step);
        const rows = ids.slice(first, first + limit).map((id) => testRow(id));
        const answer: ListPage = { rows, firstIndex: first, total: ids.length, seq: 1 as ListPage['seq'] };
        await new Promise((resolve) => setTimeout(resolve, pageMs));
        return ok(answer);
      };
      const query = { listId: 4 as ListId, sort: 'date', descending: true, filter: null } as const;
      const list = new ListController(query, page);
      list.start();
      await vi.advanceTimersByTimeAsync(1_000);
      list.look(0, ON_SCREEN - 1);
      await vi.advanceTimersByTimeAsync(1_000);
      for (const { what, row, engineMs, pauseMs, ...next } of steps) {
        pageMs = next.pageMs;
        const id = list.row(row)?.itemId;
        if (what === 'arrive') {
          ids = [Math.max(...ids) + 1, ...ids];
          list.notice();
        } else if (what === 'archive' && id !== undefined) {
          const chosen = selectRows([id]);
          list.hide(chosen, 'next');
          setTimeout(() => {
            ids = ids.filter((other) => other !== id);
            list.notice();
            setTimeout(() => list.settle(chosen), 1);
          }, engineMs);
        }
        await vi.advanceTimersByTimeAsync(pauseMs);
      }
      await vi.advanceTimersByTimeAsync(2_000);
      expect(ids.map((_, index) => list.row(index)?.itemId)).toEqual(ids);
      list.stop();
    }),
    { numRuns: 60 },
  );
});
