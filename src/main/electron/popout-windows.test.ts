import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { WindowRoute } from '../../shared/contract/window-route';
import type { DraftId } from '../../shared/domain';
import { createPopoutWindows, MOST_POPOUTS } from './popout-windows';
import type { WindowState } from './window-state';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };

class FakeWindow extends EventEmitter {
  bounds = { x: 100, y: 50, width: 700, height: 600 };
  minimized = false;
  url = '';
  readonly options: Record<string, unknown>;
  readonly sent: unknown[] = [];
  readonly webContents = Object.assign(new EventEmitter(), {
    send: (...args: unknown[]) => this.sent.push(args),
    reload: vi.fn(),
    getURL: () => this.url,
  });
  constructor(options: object) {
    super();
    this.options = { ...options };
  }
  loadURL = vi.fn(async (url: string) => {
    this.url = url;
  });
  show = vi.fn();
  focus = vi.fn();
  restore = vi.fn();
  isMinimized = () => this.minimized;
  isFullScreen = () => false;
  isMaximized = () => false;
  isDestroyed = () => false;
  getNormalBounds = () => this.bounds;
  close() {
    this.emit('close');
    this.emit('closed');
  }
  destroy = () => void this.emit('closed');
}

const route = (itemId: number) =>
  WindowRoute.parse({
    kind: 'row',
    listId: -1,
    mode: 'threads',
    itemId,
    messageId: null,
    sort: 'date',
    descending: true,
    filter: null,
  });

function setUp(saved: WindowState | null = null) {
  const windows: FakeWindow[] = [];
  const states: (WindowState & { kind: string })[] = [];
  const popouts = createPopoutWindows({
    create: (options) => {
      const window = new FakeWindow(options);
      windows.push(window);
      return window as never;
    },
    preload: '/preload.cjs',
    devTools: false,
    screens: () => [SCREEN],
    saved: { row: saved, draft: null },
    saveState: (kind, state) => states.push({ kind, ...state }),
    look: { search: () => '?theme=dark', background: () => '#12161b' },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { popouts, windows, states };
}

test('a window of its own shows our page at the row’s address, as closed as any window', () => {
  const { popouts, windows } = setUp();
  expect(popouts.open(route(12)).ok).toBe(true);
  const [window] = windows;
  expect(window?.url).toBe('app://homeport/?theme=dark#list=-1&threads=12&sort=date');
  expect(window?.options).toMatchObject({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, partition: 'homeport' },
  });
  window?.emit('ready-to-show');
  expect(window?.show).toHaveBeenCalledOnce();
});

test('what is open already comes up, wherever its window has gone on to; otherwise it opens', () => {
  const { popouts, windows } = setUp();
  popouts.open(route(12));
  popouts.open(route(12));
  expect(windows).toHaveLength(1);
  expect(windows[0]?.focus).toHaveBeenCalledOnce();
  if (windows[0]) windows[0].url = 'app://homeport/#list=-1&threads=13&sort=date';
  popouts.open(route(13));
  expect(windows).toHaveLength(1);
  popouts.open(route(12));
  expect(windows).toHaveLength(2);
});

test('so many windows and no more, which is said with what to do; a closed one makes room', () => {
  const { popouts, windows } = setUp();
  for (let at = 1; at <= MOST_POPOUTS; at += 1) expect(popouts.open(route(at)).ok).toBe(true);
  const refused = { kind: 'limit', bound: 'windows', message: '10 windows are open already.' };
  expect(popouts.open(route(99))).toMatchObject({
    ok: false,
    failure: { ...refused, hint: expect.any(String) },
  });
  expect(windows).toHaveLength(MOST_POPOUTS);
  windows[0]?.close();
  expect(popouts.open(route(99)).ok).toBe(true);
  expect(popouts.all()).toHaveLength(MOST_POPOUTS);
});

test('the next window is as large as the last one was left, beside the others, and on the screen', () => {
  const { popouts, windows, states } = setUp();
  popouts.open(route(1));
  expect(windows[0]?.options).toMatchObject({ width: 760, height: 820 });
  windows[0]?.close();
  expect(states).toEqual([
    { kind: 'row', bounds: { x: 100, y: 50, width: 700, height: 600 }, maximized: false },
  ]);
  popouts.open(route(2));
  popouts.open(route(3));
  // Closed by its page: nobody was asked first.
  if (windows[2]) windows[2].bounds = { x: 10, y: 20, width: 640, height: 500 };
  windows[2]?.emit('resize');
  windows[2]?.emit('closed');
  expect(states.at(-1)?.bounds).toEqual({ x: 10, y: 20, width: 640, height: 500 });
  expect(windows[1]?.options).toMatchObject({ x: 100, y: 50, width: 700, height: 600 });
  expect(windows[2]?.options).toMatchObject({ x: 132, y: 82, width: 700, height: 600 });
  // A letter's window has a size of its own.
  popouts.open({ kind: 'draft', draftId: 1 as DraftId });
  expect(windows.at(-1)?.options).toMatchObject({ width: 700, height: 720 });
  const low = setUp({ bounds: { x: 1200, y: 470, width: 700, height: 600 }, maximized: false });
  low.popouts.open(route(1));
  low.popouts.open(route(2));
  expect(low.windows[1]?.options).toMatchObject({ x: 1200, y: 470 });
});

test('events reach every page; one that keeps crashing is closed', () => {
  const { popouts, windows } = setUp();
  popouts.open(route(1));
  popouts.open(route(2));
  popouts.send({ kind: 'engine', state: 'running' });
  expect(windows.map(({ sent }) => sent.length)).toEqual([1, 1]);
  const crash = () => windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  crash();
  crash();
  expect(windows[0]?.webContents.reload).toHaveBeenCalledTimes(2);
  expect(popouts.all()).toHaveLength(2);
  crash();
  expect(popouts.all()).toHaveLength(1);
});
