import { expect, test } from 'vitest';
import type { SearchCoverage } from '../../shared/contract/search-views';
import type { AccountId } from '../../shared/domain';
import { missingWords, searchedMessages } from './coverage-words';

const account = (id: number, more: Partial<SearchCoverage> = {}): SearchCoverage => ({
  accountId: id as AccountId,
  messages: 100,
  indexedHeaders: 100,
  indexedBodies: 100,
  bodiesSince: null,
  complete: true,
  ...more,
});
const NAMES = [
  { id: 1 as AccountId, name: 'Work', email: 'w@example.org' },
  { id: 2 as AccountId, name: '', email: 'home@example.org' },
];

test('what a search cannot see is said by account, and nothing where it sees everything', () => {
  expect(missingWords([account(1), account(2)], NAMES)).toEqual([]);
  const half = account(2, { complete: false, indexedBodies: 40 });
  expect(missingWords([half], NAMES)).toEqual(['The texts of 40 of 100 messages can be found.']);
  expect(missingWords([account(1), half], NAMES)[0]).toMatch(/^home@example\.org: The texts of 40/);
  const since = account(1, { complete: false, indexedBodies: 40, bodiesSince: '2024-01-15' });
  expect(missingWords([since], NAMES)[0]).toMatch(/^Texts can be found since .*2024/);
  const new_ = account(1, { complete: false, indexedHeaders: 7 });
  expect(missingWords([new_], NAMES)).toEqual(['7 of 100 messages can be found yet.']);
  expect(searchedMessages([account(1), new_])).toBe(107);
});
