import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createWindowsInView } from '../core/windows-in-view';
import { createWindowCalls } from './window-calls';

class FakeContents extends EventEmitter {
  readonly id: number;
  constructor(id: number) {
    super();
    this.id = id;
  }
}

function setUp() {
  const told: unknown[] = [];
  const inView = createWindowsInView(async (method, input, caller) => {
    told.push(method === 'sync.looking' ? (input as { visible: boolean }).visible : caller);
    return { ok: true, value: null };
  });
  const [main, popout, paper] = [new FakeContents(1), new FakeContents(2), new FakeContents(3)];
  const windows = new Map<unknown, { id: number }>([
    [main, { id: 71 }],
    [popout, { id: 72 }],
  ]);
  const callOf = createWindowCalls(inView, (contents) => windows.get(contents) ?? null);
  const looks = (contents: FakeContents, visible: boolean) =>
    callOf(contents as never)?.('sync.looking', { listId: 1, messageIds: [], visible });
  return { told, callOf, looks, main, popout, paper, last: () => told.at(-1) };
}

test('a window’s calls carry its id; contents that are no window of ours have no way in', async () => {
  const { callOf, popout, paper, last } = setUp();
  await callOf(popout as never)?.('status.get', {});
  expect(last()).toEqual({ windowId: 72 });
  expect(callOf(paper as never)).toBeNull();
});

test('SYNC-119 of the desktop’s windows any visible one counts; one that is closed or whose page has crashed is gone', async () => {
  const { looks, main, popout, told, last } = setUp();
  await looks(main, false);
  await looks(popout, true);
  await looks(main, false);
  expect(last()).toBe(true);
  popout.emit('render-process-gone');
  expect(last()).toBe(false);
  // The page that comes back speaks for itself; the end of the one before is not its own.
  await looks(popout, true);
  expect(last()).toBe(true);
  popout.emit('destroyed');
  expect(last()).toBe(false);
  await looks(main, true);
  main.emit('destroyed');
  expect(last()).toBe(false);
  expect(told).toHaveLength(8);
});
