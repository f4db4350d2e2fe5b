import { expect, test } from 'vitest';
import type { ListPage } from '../../shared/contract/views';
import { Optimism } from './optimism';
import { testRow } from './test-row';

function page(ids: readonly number[], firstIndex: number, total: number): ListPage {
  return { rows: ids.map((id) => testRow(id)), firstIndex, total, seq: 1 as ListPage['seq'] };
}

test('UI-093 mutations: a hidden row stays hidden in pages that were asked for before the engine took the change', () => {
  const beliefs = new Optimism();
  beliefs.hide(2, 1);
  const seen = beliefs.correct(page([1, 2, 3], 0, 3), 5);
  expect(seen.rows.map((row) => row.itemId)).toEqual([1, 3]);
  expect(seen.total).toBe(2);
});

test('UI-093 mutations: pages below a hidden row start one row higher', () => {
  const beliefs = new Optimism();
  beliefs.hide(2, 1);
  expect(beliefs.correct(page([201, 202], 200, 400), 1).firstIndex).toBe(199);
});

test('UI-093 mutations: a page asked for after the engine answered is the truth', () => {
  const beliefs = new Optimism();
  beliefs.hide(2, 1);
  beliefs.settle([2], 7);
  expect(beliefs.correct(page([1, 2], 0, 2), 6).rows).toHaveLength(1);
  expect(beliefs.correct(page([1, 2], 0, 2), 7).rows).toHaveLength(2);
  expect(beliefs.correct(page([1, 2], 0, 2), 6).rows).toHaveLength(2);
});

test('UI-093 mutations: a changed row stays changed until then; a refused change is forgotten at once', () => {
  const beliefs = new Optimism();
  beliefs.change(1, (row) => ({ ...row, starred: true }));
  expect(beliefs.correct(page([1], 0, 1), 1).rows[0]?.starred).toBe(true);
  beliefs.forget([1]);
  expect(beliefs.correct(page([1], 0, 1), 1).rows[0]?.starred).toBe(false);
});
