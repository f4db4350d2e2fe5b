import { expect, test } from 'vitest';
import { KeptItems } from './kept-items';

test('the last two hundred items on screen are kept, each once', () => {
  const kept = new KeptItems();
  for (let first = 1; first <= 400; first += 20) kept.add(Array.from({ length: 40 }, (_, at) => first + at));
  expect(kept.ids()).toEqual(Array.from({ length: 200 }, (_, at) => 221 + at));
  kept.add([300]);
  expect(kept.ids().at(-1)).toBe(300);
  expect(kept.ids()).toHaveLength(200);
  kept.clear();
  expect(kept.ids()).toEqual([]);
});
