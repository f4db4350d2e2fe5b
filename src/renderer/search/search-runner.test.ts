import { expect, test } from 'vitest';
import type { FailureView } from '../../shared/contract/views';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { type Question, SearchRunner } from './search-runner';
import { NO_FACTS, type SearchPage } from './server-hits';

const PAGE: SearchPage = { ...NO_FACTS, rows: [], next: null, count: 0 };
const question = (query: string): Question => ({
  query,
  scope: { kind: 'everywhere' },
  includeTrashAndJunk: false,
  sort: 'newest',
});

/** A runner whose answers come when the test says so. */
function runner() {
  const asked: string[] = [];
  const answers: ((outcome: Outcome<SearchPage, FailureView>) => void)[] = [];
  const search = new SearchRunner(
    ({ query }) => {
      asked.push(query);
      return new Promise((resolve) => answers.push(resolve));
    },
    async () => ok([]),
    async () => null,
  );
  const answer = async (outcome: Outcome<SearchPage, FailureView> = ok(PAGE)) => {
    answers.shift()?.(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const shown = () => search.snapshot().found?.question.query ?? null;
  const begin = async (query: string) => {
    search.search(question(query));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { search, begin, asked, answer, shown };
}

test('one question is under way, the newest waits for it, those between are never asked', async () => {
  const { begin, asked, answer, shown, search } = runner();
  for (const query of ['h', 'ha', 'har', 'harb']) await begin(query);
  expect(asked).toEqual(['h']);
  await answer();
  expect([asked, shown()]).toEqual([['h', 'harb'], null]);
  await answer();
  expect([shown(), search.snapshot().busy]).toEqual(['harb', false]);
});

test('what was found before stays until the newest has its answer, and the same question is not asked again', async () => {
  const { begin, asked, answer, shown, search } = runner();
  await begin('one');
  await answer();
  await begin('one');
  expect(asked).toEqual(['one']);
  await begin('two');
  expect([shown(), search.snapshot().busy]).toEqual(['one', true]);
  await answer();
  expect(shown()).toBe('two');
});

test('a failure is an answer, too: it is shown in place of what was found', async () => {
  const { begin, answer, search } = runner();
  await begin('one');
  await answer(fail({ kind: 'internal', message: 'No.' }));
  expect(search.snapshot().found?.list.snapshot().failure?.message).toBe('No.');
});

test('an answer that comes after the search has ended changes nothing', async () => {
  const { begin, answer, search } = runner();
  await begin('one');
  search.stop();
  await answer();
  expect(search.snapshot()).toEqual({ found: null, busy: false });
});
