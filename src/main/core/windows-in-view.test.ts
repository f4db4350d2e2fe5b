import { expect, test } from 'vitest';
import { createWindowsInView } from './windows-in-view';

function setUp() {
  const told: unknown[] = [];
  const windows = createWindowsInView(async (method, input) => {
    told.push(method === 'sync.looking' ? input : [method, input]);
    return { ok: true, value: null };
  });
  const open = () => {
    const { call, end } = windows.connect();
    return {
      end,
      call,
      looks: (listId: number, visible: boolean) => call('sync.looking', { listId, messageIds: [], visible }),
    };
  };
  const last = () => told.at(-1);
  return { open, told, last };
}

test('SYNC-119 a window can be seen as long as one of several can, whichever spoke last; one that is gone says nothing', async () => {
  const { open, told, last } = setUp();
  const [one, other] = [open(), open()];
  await one.looks(1, true);
  await other.looks(2, false);
  // The hidden one does not hide the other, nor lead the engine to what nobody sees.
  expect(last()).toEqual({ listId: 1, messageIds: [], visible: true });
  await other.looks(2, true);
  await one.looks(1, false);
  expect(last()).toEqual({ listId: 2, messageIds: [], visible: true });
  other.end();
  expect(last()).toEqual({ listId: 1, messageIds: [], visible: false });
  await one.looks(1, true);
  expect(last()).toMatchObject({ visible: true });
  one.end();
  expect(last()).toEqual({ listId: null, messageIds: [], visible: false });
  // Told once, however often it ends; a window that never said anything leaves without a word.
  const before = told.length;
  one.end();
  open().end();
  expect(told).toHaveLength(before);
});

test('everything else passes as it is, and so does what does not fit', async () => {
  const { open, told } = setUp();
  const { call, end } = open();
  await call('status.get', {});
  await call('sync.looking', { listId: 'x' });
  expect(told).toEqual([['status.get', {}], { listId: 'x' }]);
  end();
  expect(told).toHaveLength(2);
});
