import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MessageRow, type RowProps } from './message-row';
import { createRowTimes, startOfDay } from './row-time';
import { testRow } from './test-row';

const today = startOfDay(new Date(2026, 10, 21, 12).getTime());
const date = new Date(2026, 10, 21, 12, 4).getTime();

const PROPS: RowProps = {
  row: testRow(1, { subject: 'Berth 7', date, unreadCount: 1 }),
  index: 41,
  ariaRowIndex: 42,
  top: 0,
  ...{ selected: false, open: false, hovered: false, tabStop: false, ticking: false },
  ...{ hue: null, trouble: null, where: null },
  times: createRowTimes('en-GB'),
  today,
};

function drawn(more: Partial<RowProps> = {}, density: 'compact' | 'normal' | 'relaxed' = 'normal'): string {
  return renderToStaticMarkup(createElement(MessageRow, { ...PROPS, ...more, density }));
}
const attribute = (html: string, name: string) => new RegExp(`^<div[^>]* ${name}="([^"]*)"`).exec(html)?.[1];

test('UI-093 list rows: a row is a row of the grid with its true number, its state and one name that says it all', () => {
  const html = drawn();
  expect(attribute(html, 'role')).toBe('row');
  expect(attribute(html, 'aria-rowindex')).toBe('42');
  expect(attribute(html, 'aria-selected')).toBe('false');
  expect(attribute(html, 'aria-current')).toBeUndefined();
  expect(attribute(html, 'aria-label')).toMatch(
    /^unread, .*, Berth 7, Saturday,? 21 November 2026 at 12:04$/i,
  );
  const open = drawn({ selected: true, open: true, where: 'Archive' });
  expect(attribute(open, 'aria-selected')).toBe('true');
  expect(attribute(open, 'aria-current')).toBe('true');
  expect(attribute(open, 'aria-label')).toMatch(/, in Archive$/);
});

test('UI-093 list rows: Tab reaches one row, and from there nothing inside it', () => {
  expect(attribute(drawn(), 'tabindex')).toBe('-1');
  const html = drawn({ tabStop: true, hovered: true });
  expect(attribute(html, 'tabindex')).toBe('0');
  const controls = [...html.matchAll(/<button[^>]*>/g)].map(([tag]) => tag);
  expect(controls.length).toBeGreaterThan(1);
  expect(controls.filter((tag) => !tag.includes('tabindex="-1"'))).toEqual([]);
  expect(controls.filter((tag) => !/aria-label="[^"]+"/.test(tag))).toEqual([]);
});

test.each(['compact', 'normal', 'relaxed'] as const)(
  'UI-093 list rows: %s has one to four cells, and a control is in one of them',
  (density) => {
    const html = drawn({ tabStop: true, hovered: true }, density);
    const cells = html.match(/role="gridcell"/g)?.length ?? 0;
    expect(cells).toBeGreaterThanOrEqual(1);
    expect(cells).toBeLessThanOrEqual(4);
    expect(html.indexOf('<button')).toBeGreaterThan(html.indexOf('role="gridcell"'));
  },
);

test('UI-093 list rows: what is wrong with its change is said in the name', () => {
  const row = testRow(1, { subject: 'Berth 7', mark: 'parked' });
  expect(attribute(drawn({ row, trouble: 'Not moved to Work' }), 'aria-label')).toMatch(
    /^Not moved to Work, /,
  );
});
