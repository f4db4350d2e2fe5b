import { expect, test } from 'vitest';
import { quietKey, quietOf, quietOptions } from './quiet-hours';

test('quiet hours survive being chosen, and a span of the settings document is offered beside the usual ones', () => {
  const own = { from: 13 * 60 + 5, until: 14 * 60 };
  expect(quietOf(quietKey(own))).toEqual(own);
  expect(quietOf(quietKey(null))).toBeNull();
  const values = (present: typeof own | null) => quietOptions(present).map(({ value }) => value);
  expect(values(null)).toEqual(['never', '1200-420', '1320-420', '1380-480']);
  expect(values(own)).toEqual([...values(null), '785-840']);
  expect(values({ from: 1320, until: 420 })).toEqual(values(null));
});
