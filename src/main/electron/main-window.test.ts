import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MessageId } from '../../shared/domain';
import { createMainWindow } from './main-window';
import type { WindowState } from './window-state';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeWindow extends EventEmitter {
  visible = false;
  destroyed = false;
  readonly sent: unknown[] = [];
  readonly webContents = Object.assign(new EventEmitter(), {
    send: (...args: unknown[]) => this.sent.push(args),
    reload: vi.fn(),
  });
  readonly options: unknown;
  constructor(options: unknown) {
    super();
    this.options = options;
  }
  loadURL = vi.fn(async (_url: string) => undefined);
  show() {
    this.visible = true;
  }
  hide() {
    this.visible = false;
  }
  focus() {}
  restore() {}
  maximize() {}
  isMinimized = () => false;
  isFullScreen = () => false;
  isMaximized = () => false;
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => ({ x: 1, y: 2, width: 900, height: 700 });
  destroy() {
    this.destroyed = true;
    this.visible = false;
    this.emit('closed');
  }
  /** What the user's click on the close button does. */
  close() {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }
}

function setUp(closesToTray = false) {
  const windows: FakeWindow[] = [];
  const saved: WindowState[] = [];
  const hopeless: (() => void)[] = [];
  const main = createMainWindow({
    create: (options) => {
      const window = new FakeWindow(options);
      windows.push(window);
      return window as never;
    },
    preload: '/preload.cjs',
    devTools: false,
    screens: () => [{ x: 0, y: 0, width: 1920, height: 1080 }],
    saved: null,
    saveState: (state) => saved.push(state),
    look: { search: () => '', background: () => '#f3f5f7' },
    closesToTray: () => closesToTray,
    keepsCrashing: (again) => hopeless.push(again),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { main, windows, saved, hopeless };
}

test('one window, shown when it is ready, on our own origin with the preferences of every window', () => {
  const { main, windows } = setUp();
  main.show();
  main.show();
  const [window] = windows;
  expect(windows).toHaveLength(1);
  expect(window?.loadURL).toHaveBeenCalledWith('app://homeport/');
  expect(window?.options).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, devTools: false },
  });
  main.send({ kind: 'engine', state: 'running' });
  expect(window?.sent).toEqual([['homeport:event', { kind: 'engine', state: 'running' }]]);
});

test('closing ends the window and remembers its place; another start opens a new one there', () => {
  const { main, windows, saved } = setUp();
  main.show();
  windows[0]?.close();
  expect(windows[0]?.destroyed).toBe(true);
  expect(saved).toEqual([{ bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: false }]);
  main.send({ kind: 'engine', state: 'running' });
  main.show();
  expect(windows[1]?.options).toMatchObject({ x: 1, y: 2, width: 900, height: 700 });
});

test('closing to the tray hides; after 60 s the memory is given back, and the window can be opened again', async () => {
  const { main, windows } = setUp(true);
  main.show();
  windows[0]?.close();
  expect([windows[0]?.destroyed, windows[0]?.visible]).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(59_000);
  main.show();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([windows.length, windows[0]?.destroyed]).toEqual([1, false]);
  windows[0]?.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(windows[0]?.destroyed).toBe(true);
  main.show();
  expect(windows).toHaveLength(2);
});

test('quitting closes also what would otherwise hide', () => {
  const { main, windows, saved } = setUp(true);
  main.show();
  main.letGo();
  windows[0]?.close();
  expect(windows[0]?.destroyed).toBe(true);
  expect(saved.length).toBeGreaterThan(0);
});

test('a page that crashes is loaded again; one that does nothing else is not, until somebody wants it', () => {
  const { main, windows, hopeless } = setUp();
  main.show();
  const { webContents } = windows[0]!;
  webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(webContents.reload).not.toHaveBeenCalled();
  for (let at = 0; at < 3; at += 1) webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect([webContents.reload.mock.calls.length, hopeless.length]).toEqual([2, 1]);
  hopeless[0]?.();
  expect(webContents.reload).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(30_000);
  webContents.emit('render-process-gone', {}, { reason: 'oom' });
  expect([webContents.reload.mock.calls.length, hopeless.length]).toEqual([4, 1]);
});

test('a window that shows another page gets ours back, and what it is asked meanwhile waits', () => {
  const { main, windows } = setUp();
  main.show();
  const [window] = windows;
  window?.webContents.emit('did-navigate', {}, 'app://homeport/');
  window?.webContents.emit('did-finish-load');
  expect(window?.loadURL).toHaveBeenCalledTimes(1);
  window?.webContents.emit('did-navigate', {}, 'about:blank');
  expect(window?.loadURL.mock.calls).toEqual([['app://homeport/'], ['app://homeport/']]);
  main.send({ kind: 'command', command: 'compose.new' });
  expect(window?.sent).toEqual([]);
  window?.webContents.emit('did-finish-load');
  expect(window?.sent).toHaveLength(1);
});

test('what the window is asked to do waits for a page that hears: at the start, after a crash, in a new window', () => {
  const { main, windows } = setUp(true);
  const ask = (messageId: number) => main.send({ kind: 'open-message', messageId: messageId as MessageId });
  const asked = (window: FakeWindow | undefined) =>
    window?.sent.map((args) => ((args as unknown[])[1] as { messageId?: number }).messageId);
  ask(1);
  main.show();
  ask(2);
  const [first] = windows;
  expect(asked(first)).toEqual([]);
  first?.webContents.emit('did-finish-load');
  ask(3);
  expect(asked(first)).toEqual([1, 2, 3]);
  first?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  ask(4);
  first?.webContents.emit('did-finish-load');
  expect(asked(first)).toEqual([1, 2, 3, 4]);
  first?.close();
  vi.advanceTimersByTime(60_000);
  main.show();
  ask(5);
  windows[1]?.webContents.emit('did-finish-load');
  expect(asked(windows[1])).toEqual([5]);
});
