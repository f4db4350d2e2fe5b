import { expect, test } from 'vitest';
import { fitPanes, paneRange } from './pane-sizes';

test.each([
  [{ sidebar: 240, list: 400 }, 1440, { sidebar: 240, list: 400 }],
  [{ sidebar: 100, list: 900 }, 1440, { sidebar: 200, list: 560 }],
  [{ sidebar: 320, list: 560 }, 1200, { sidebar: 320, list: 460 }],
])('stored widths %o in a window of %i px become %o', (stored, width, expected) => {
  expect(fitPanes(stored, width)).toEqual(expected);
});

test('beside a rail the list has the room that the side bar does not take', () => {
  expect(fitPanes({ sidebar: 240, list: 400 }, 1000, true).list).toBe(400);
  expect(paneRange('list', { sidebar: 240, list: 400 }, 900, true)).toEqual({ min: 300, max: 424 });
});

test('the reader keeps its least width whatever is dragged', () => {
  expect(paneRange('list', { sidebar: 240, list: 400 }, 1000)).toEqual({ min: 300, max: 340 });
});
