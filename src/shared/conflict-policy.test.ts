import { expect, test } from 'vitest';
import { CONFLICT_INTENTS, CONFLICT_OUTCOMES, CONFLICT_POLICY, type ConflictRow } from './conflict-policy';

const rows: readonly ConflictRow[] = CONFLICT_POLICY;

test('every fact has one row and something to say', () => {
  expect(new Set(rows.map(({ fact }) => fact)).size).toBe(15);
  expect(rows.filter(({ cells }) => Object.keys(cells).length === 0)).toEqual([]);
});

test('without a conflict everything is sent; what is sent twice is asked', () => {
  const [unchanged] = rows;
  expect(CONFLICT_INTENTS.map((intent) => unchanged?.cells[intent]?.outcome)).toEqual(Array(5).fill('push'));
  const asked = rows.filter(({ cells }) => cells.submit?.outcome === 'ask').map(({ fact }) => fact);
  expect(asked).toEqual(['same-change', 'draft-sent-elsewhere']);
});

test('text that was written is never dropped', () => {
  for (const { fact, cells } of rows) {
    expect([fact, cells.draft?.outcome]).not.toEqual([fact, 'drop']);
    expect([fact, cells.submit?.outcome]).not.toEqual([fact, 'drop']);
  }
});

test('every outcome is used', () => {
  const used = new Set(rows.flatMap(({ cells }) => CONFLICT_INTENTS.map((intent) => cells[intent]?.outcome)));
  expect(CONFLICT_OUTCOMES.filter((outcome) => !used.has(outcome))).toEqual([]);
});
