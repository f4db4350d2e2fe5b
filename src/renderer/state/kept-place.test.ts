import { expect, test } from 'vitest';
import { type ListId, SMART_LISTS } from '../../shared/domain';
import { keepPlace } from './kept-place';
import { changeSearch, openItem, showList, useUi } from './ui-store';

let leave = (): void => undefined;

/** One window after the other over the same storage; the store stands for the page's memory, which each one begins anew. */
function newWindow(stored: Map<string, string>): { settle(): void } {
  const timers: (() => void)[] = [];
  leave();
  useUi.setState(useUi.getInitialState(), true);
  leave = keepPlace({
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    later: (run) => void timers.push(run),
  });
  return { settle: () => timers.forEach((run) => void run()) };
}

const place = () => {
  const { listId, openItemId } = useUi.getState();
  return [listId, openItemId];
};

test('a new window comes back to the list and the item of the one before, as often as it is wanted', () => {
  const stored = new Map<string, string>();
  newWindow(stored);
  expect(place()).toEqual([SMART_LISTS.inbox, null]);
  showList(7 as ListId);
  openItem(42);
  for (let at = 0; at < 2; at += 1) {
    const { settle } = newWindow(stored);
    expect(place()).toEqual([7, 42]);
    settle();
  }
});

test('a place that brought the window down at once is let go, a later one is kept', () => {
  const stored = new Map<string, string>();
  newWindow(stored);
  openItem(13);
  newWindow(stored);
  newWindow(stored);
  expect(place()).toEqual([SMART_LISTS.inbox, null]);
  openItem(14);
  newWindow(stored);
  expect(place()).toEqual([SMART_LISTS.inbox, 14]);
});

test.each(['', 'null', '{"listId":"x"}', '{"listId":1,"openItemId":-4}', '[1'])('%j is no place', (text) => {
  newWindow(new Map([['homeport.place', text]]));
  expect(place()).toEqual([SMART_LISTS.inbox, null]);
});

test('a search is not come back to, but the list and the item it began from', () => {
  const stored = new Map<string, string>();
  newWindow(stored);
  openItem(13);
  changeSearch({ text: 'harbour' });
  openItem(99);
  newWindow(stored);
  expect(place()).toEqual([SMART_LISTS.inbox, 13]);
});

test('what a window came back to counts as not opened, until something is opened or time has passed', () => {
  const stored = new Map<string, string>();
  newWindow(stored);
  expect(useUi.getState().cameBackTo).toBeNull();
  openItem(42);
  const { settle } = newWindow(stored);
  expect(useUi.getState().cameBackTo).toBe(42);
  settle();
  expect(useUi.getState().cameBackTo).toBeNull();
  newWindow(stored);
  openItem(43);
  expect(useUi.getState().cameBackTo).toBeNull();
});
