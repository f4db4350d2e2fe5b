import { beforeEach, expect, test } from 'vitest';
import { openItem, useUi } from './ui-store';
import { beginWithRoute } from './window-route';

beforeEach(() => useUi.setState(useUi.getInitialState(), true));

function begin(fragment: string) {
  const replaced: string[] = [];
  const begun = beginWithRoute({ fragment: () => fragment, replace: (next) => replaced.push(next) });
  return { begun, replaced };
}

test('a window begins with the row its address names, and its address follows', () => {
  const { begun, replaced } = begin(
    '#list=7&threads=12&sort=sender&message=30&order=ascending&filter=unread',
  );
  expect(begun).toBe(true);
  const { listId, sort, descending, filters, openItemId, route } = useUi.getState();
  expect([listId, sort, descending, filters.get(listId), openItemId]).toEqual([
    7,
    'sender',
    false,
    'unread',
    12,
  ]);
  expect(route).toMatchObject({ messageId: 30 });
  openItem(13);
  expect(replaced).toEqual(['#list=7&threads=13&sort=sender&order=ascending&filter=unread']);
  expect(useUi.getState().route).toMatchObject({ itemId: 13, messageId: null });
  // Nothing open is no address: a reload would have nothing to show.
  openItem(null);
  expect(replaced).toHaveLength(1);
});

test('a window for a letter has nothing else', () => {
  const { begun } = begin('#draft=5');
  expect([begun, useUi.getState().route, useUi.getState().openItemId]).toEqual([
    true,
    { kind: 'draft', draftId: 5 },
    null,
  ]);
});

test('any other address is that of a whole window', () => {
  const { begun, replaced } = begin('#token=abc');
  expect([begun, useUi.getState().route]).toEqual([false, null]);
  openItem(13);
  expect(replaced).toEqual([]);
});
