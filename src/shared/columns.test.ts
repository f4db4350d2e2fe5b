import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toColumns, toRows } from './columns';

const row = fc.record({
  text: fc.string(),
  maybe: fc.option(fc.string()),
  number: fc.double({ noNaN: true }),
  maybeNumber: fc.option(fc.maxSafeInteger()),
  yes: fc.boolean(),
  list: fc.array(fc.maxSafeInteger()),
});

test('what was put into columns comes out of them again, also on the other side of a thread', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(toRows(structuredClone(toColumns(rows)))).toEqual(rows);
    }),
  );
});
