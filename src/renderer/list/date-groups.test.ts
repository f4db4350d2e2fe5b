import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateGroups, GroupSlots, groupStarts } from './date-groups';
import { startOfDay } from './row-time';

const words = { today: 'Today', yesterday: 'Yesterday', week: 'This week', older: 'Older' };
const today = startOfDay(new Date(2026, 10, 3, 12).getTime());

test('UI-025 groups are today, yesterday, this week and months, each by local days', () => {
  const groups = dateGroups(today, words, 'en');
  expect(groups.slice(0, 5).map(({ label, since }) => [label, new Date(since).toDateString()])).toEqual([
    ['Today', 'Tue Nov 03 2026'],
    ['Yesterday', 'Mon Nov 02 2026'],
    ['This week', 'Wed Oct 28 2026'],
    ['October 2026', 'Thu Oct 01 2026'],
    ['September 2026', 'Tue Sep 01 2026'],
  ]);
  expect(groups.at(-1)?.label).toBe('Older');
  const bounds = groups.map(({ since }) => since);
  expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
});

test('groups without rows are left out, and counts that are old never reach beyond the list', () => {
  const groups = dateGroups(today, words, 'en').slice(0, 4);
  expect(groupStarts(groups, [2, 2, 5, 9], 9)).toEqual([
    { label: 'Today', row: 0 },
    { label: 'This week', row: 2 },
    { label: 'October 2026', row: 5 },
  ]);
  expect(groupStarts(groups, [2, 2, 5, 9], 4)).toEqual([
    { label: 'Today', row: 0 },
    { label: 'This week', row: 2 },
  ]);
});

test('slots and rows name each other, whatever the groups are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 8 }),
      (rows, more) => {
        const starts = [0, ...more.filter((row) => row < rows).sort((a, b) => a - b)].map((row) => ({
          label: `from ${row}`,
          row,
        }));
        const slots = new GroupSlots(starts, rows);
        const seen: (number | string)[] = [];
        for (let slot = 0; slot < slots.total; slot++)
          seen.push(slots.headerAt(slot) ?? (slots.rowAt(slot) as number));
        const wanted = Array.from({ length: rows }, (_, row) => {
          const start = starts.find((group) => group.row === row && row > 0);
          return start ? [start.label, row] : [row];
        }).flat();
        expect(seen).toEqual(wanted);
        for (let row = 0; row < rows; row++) {
          expect(slots.rowAt(slots.slotOf(row))).toBe(row);
          expect(slots.groupAt(slots.slotOf(row))).toBe(starts.findLast((group) => group.row <= row)?.label);
        }
        for (let slot = 0; slot < slots.total; slot++) {
          expect(slots.slotOf(slots.rowFrom(slot))).toBeGreaterThanOrEqual(slot);
          expect(slots.slotOf(slots.rowUpTo(slot))).toBeLessThanOrEqual(slot);
        }
      },
    ),
  );
});
