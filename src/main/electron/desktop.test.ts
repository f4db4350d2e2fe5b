import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Settings } from '../../shared/contract/settings';
import { type MessageId, SMART_LISTS } from '../../shared/domain';
import { planNotifications } from '../../shared/plan-notifications';
import { askAboutDefault } from './ask-about-default';
import { createAttention } from './attention';
import { createBadge, trayTitle, unreadInInboxes } from './badge';
import { drawNumber, OVERLAY_PX } from './draw-number';
import { chooseProfileDir } from './profile-folder';
import { saveFile, saveIntoFolder } from './save-files';
import { linkOfArguments } from './start-links';
import { trayMenu } from './tray-item';
import { placeWindow, readWindowState, writeWindowState } from './window-state';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-desktop-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
  vi.useRealTimers();
});

const mail = (count: number) => ({
  kind: 'new-mail' as const,
  accountId: 1 as never,
  messages: Array.from({ length: count }, (_, i) => ({
    messageId: (i + 1) as MessageId,
    from: `Sender ${i + 1}`,
    subject: `Subject ${i + 1}`,
    snippet: 'private words',
  })),
});

const NOON = new Date(2026, 4, 1, 12, 0);

test('APP-271 what a notification shows is the user’s choice', () => {
  const shown = (content: 'full' | 'sender' | 'none', count: number) =>
    JSON.stringify(
      planNotifications(mail(count), { enabled: true, content }, NOON).map(({ title, body }) => [
        title,
        body,
      ]),
    );
  expect(shown('full', 1)).toBe('[["Sender 1","Subject 1\\nprivate words"]]');
  expect(shown('sender', 1)).toBe('[["Sender 1","New message"]]');
  expect(shown('none', 1)).toBe('[["New message",""]]');
  expect(shown('none', 5)).toBe('[["5 new messages",""]]');
  expect(shown('full', 5)).toBe('[["5 new messages","Sender 1, Sender 2, Sender 3…"]]');
  expect(planNotifications(mail(1), { enabled: false, content: 'full' }, NOON)).toEqual([]);
});

test('what was put off is told as back, and never as more than the user allows', () => {
  const shown = (content: 'full' | 'sender' | 'none', count: number) =>
    planNotifications({ ...mail(count), back: true }, { enabled: true, content }, NOON).map(
      ({ title, body }) => [title, body],
    );
  expect(shown('full', 1)).toEqual([['Sender 1', 'Back in the inbox: Subject 1']]);
  expect(shown('sender', 1)).toEqual([['Sender 1', 'Back in the inbox']]);
  expect(shown('none', 1)).toEqual([['A message is back', '']]);
  expect(shown('none', 5)).toEqual([['5 messages are back', '']]);
});

test('more than three messages are told together', () => {
  expect(planNotifications(mail(3), { enabled: true, content: 'full' }, NOON)).toHaveLength(3);
  const [group] = planNotifications(mail(4), { enabled: true, content: 'full' }, NOON);
  expect(group).toMatchObject({ opens: null, actions: [], messageIds: [1, 2, 3, 4] });
});

test('nothing is told in quiet hours, over midnight too, or of an account that is to be silent', () => {
  const told = (settings: Partial<Settings['notifications']>, hour: number, minute = 0) =>
    planNotifications(
      mail(1),
      { enabled: true, content: 'full', ...settings },
      new Date(2026, 4, 1, hour, minute),
    ).length;
  const night = { quiet: { from: 22 * 60, until: 7 * 60 } };
  expect([told(night, 21, 59), told(night, 22), told(night, 3), told(night, 6, 59), told(night, 7)]).toEqual([
    1, 0, 0, 0, 1,
  ]);
  const lunch = { quiet: { from: 12 * 60, until: 13 * 60 } };
  expect([told(lunch, 11, 59), told(lunch, 12), told(lunch, 13)]).toEqual([1, 0, 1]);
  expect([
    told({ quiet: null }, 3),
    told({ silentAccounts: [2] }, 3),
    told({ silentAccounts: [1] }, 3),
  ]).toEqual([1, 1, 0]);
});

test('counts are shown, notifications act, and settings take effect at once', async () => {
  vi.useFakeTimers();
  const calls: [string, unknown][] = [];
  let settings = Settings.parse({});
  let unread = 2;
  const shown: unknown[] = [];
  const notified: { click(): void; action(action: 'archive' | 'reply' | 'read'): void }[] = [];
  const opened: unknown[] = [];
  const applied: boolean[] = [];
  const attention = createAttention(
    {
      call: async (method, input) => {
        calls.push([method, input]);
        const inbox = {
          id: SMART_LISTS.inbox,
          mode: 'threads',
          rows: 9,
          unreadRows: 1,
          unreadMessages: unread,
        };
        const answers: Record<string, unknown> = {
          'settings.get': settings,
          'lists.list': [inbox],
          'status.get': { offlineByChoice: false },
        };
        return { ok: true, value: answers[method] };
      },
      notify: (_planned, on) => notified.push(on),
      now: () => NOON.getTime(),
      openMessage: (id) => opened.push(id),
      reply: (id) => opened.push(`reply ${id}`),
      showUnread: (...args) => shown.push(args),
      settingsChanged: ({ notifications }) => applied.push(notifications.enabled),
    },
    settings,
  );
  await attention.start();
  expect(shown.at(-1)).toEqual([2, false]);
  unread = 3;
  for (let seq = 1; seq <= 5; seq += 1)
    attention.onEvent({ kind: 'notice', seq: seq as never, topics: ['lists'] });
  await vi.advanceTimersByTimeAsync(200);
  expect(shown.at(-1)).toEqual([3, false]);
  expect(calls.filter(([method]) => method === 'lists.list')).toHaveLength(2);

  attention.onEvent(mail(1));
  notified[0]?.click();
  notified[0]?.action('archive');
  notified[0]?.action('reply');
  expect(opened).toEqual([1, 'reply 1']);
  const target = { kind: 'messages', messageIds: [1] };
  expect(calls.at(-1)).toEqual(['mutations.apply', { target, mutation: { kind: 'archive' } }]);

  settings = { ...settings, notifications: { enabled: false, content: 'full' } };
  attention.onEvent({ kind: 'notice', seq: 9 as never, topics: ['settings'] });
  await vi.advanceTimersByTimeAsync(0);
  attention.onEvent(mail(1));
  expect(notified).toHaveLength(1);
  expect(applied).toEqual([true, false]);
});

test('whether mail addresses open here is asked once: with an account, and where it is not the default', async () => {
  let asked = 0;
  const start = (accounts: number, isDefault: boolean) =>
    askAboutDefault({
      call: async () => ({ ok: true, value: Array(accounts).fill({}) }),
      file: join(dir, 'asked'),
      isDefault: () => isDefault,
      ask: () => {
        asked += 1;
      },
    });
  await start(0, false);
  await start(1, true);
  expect(asked).toBe(0);
  for (let times = 0; times < 3; times += 1) await start(1, false);
  expect(asked).toBe(1);
});

test('the badge is the unread count of the inboxes', () => {
  const list = (id: number, unreadMessages: number) => ({
    id: id as never,
    mode: 'threads' as const,
    rows: 0,
    unreadRows: 0,
    unreadMessages,
  });
  expect(unreadInInboxes([list(SMART_LISTS.all, 40), list(SMART_LISTS.inbox, 7)])).toBe(7);
  expect(unreadInInboxes([])).toBe(0);
  expect([0, 1, 2].map(trayTitle)).toEqual([
    'Homeport',
    'Homeport - 1 unread message',
    'Homeport - 2 unread messages',
  ]);
});

test('the badge is a number on docks and launchers, and a picture on the taskbar of Windows, also of a new window', () => {
  const told: unknown[] = [];
  const overlay = { setOverlayIcon: (image: unknown, words: string) => void told.push([image, words]) };
  let window: typeof overlay | null = overlay;
  const badgeOf = (platform: NodeJS.Platform) =>
    createBadge({
      platform,
      setBadgeCount: (count) => told.push(count),
      window: () => window,
      toImage: (_bitmap, size) => size as never,
    });
  for (const platform of ['linux', 'darwin'] as const) badgeOf(platform).show(3);
  expect(told.splice(0)).toEqual([3, 3]);
  const badge = badgeOf('win32');
  badge.show(120);
  window = null;
  badge.show(2);
  window = overlay;
  badge.again();
  badge.show(0);
  const size = { width: OVERLAY_PX, height: OVERLAY_PX };
  expect(told).toEqual([
    [size, 'Homeport - 120 unread messages'],
    [size, 'Homeport - 2 unread messages'],
    [null, ''],
  ]);
});

test('the number on the taskbar can be read: a large digit, two small ones, and 9+ for more', () => {
  const rows = (value: number) => {
    const bitmap = drawNumber(value);
    return Array.from({ length: OVERLAY_PX }, (_, y) =>
      Array.from({ length: OVERLAY_PX }, (__, x) => {
        const [, , red, opacity] = bitmap.subarray((y * OVERLAY_PX + x) * 4);
        return opacity === 0 ? ' ' : red === 255 ? '#' : '.';
      }).join(''),
    );
  };
  const inner = (row: string) => row.slice(4, 12);
  expect(rows(7).slice(3, 13).map(inner)).toEqual(['.######.', '.######.', ...Array(8).fill('.....##.')]);
  expect(rows(42).slice(6, 11).map(inner)).toEqual([
    '.#.#.###',
    '.#.#...#',
    '.###.###',
    '...#.#..',
    '...#.###',
  ]);
  expect(rows(100)).toEqual(rows(5_000));
  expect(rows(100)).not.toEqual(rows(99));
});

test('the tray opens the window, composes, pauses and quits', () => {
  const done: string[] = [];
  const actions = {
    showWindow: () => void done.push('show'),
    compose: () => void done.push('compose'),
    setPaused: (paused: boolean) => void done.push(`paused ${paused}`),
    quit: () => void done.push('quit'),
  };
  for (const { click } of trayMenu(1, false, actions)) (click as (() => void) | undefined)?.();
  expect(done).toEqual(['show', 'compose', 'paused true', 'quit']);
});

const SCREENS = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
test.each([
  ['where it was', { x: 2000, y: 50, width: 900, height: 700 }, { x: 2000, y: 50, width: 900, height: 700 }],
  ['back when its screen is gone', { x: 5000, y: 50, width: 900, height: 700 }, { width: 1280, height: 820 }],
  [
    'back when only a corner was left',
    { x: -850, y: 50, width: 900, height: 700 },
    { width: 1280, height: 820 },
  ],
  [
    'back when its title bar was off',
    { x: 10, y: -200, width: 900, height: 700 },
    { width: 1280, height: 820 },
  ],
])('a window opens %s', (_what, bounds, placed) => {
  expect(placeWindow({ bounds, maximized: false }, SCREENS)).toEqual(placed);
});

test('the place of the window survives; a damaged file does not matter', async () => {
  const path = join(dir, 'window-state.json');
  expect(await readWindowState(path)).toBeNull();
  const state = { bounds: { x: 1, y: 2, width: 300, height: 400 }, maximized: true };
  writeWindowState(path, state);
  expect(await readWindowState(path)).toEqual(state);
  writeFileSync(path, '{"bounds":{"x":"1"}}');
  expect(await readWindowState(path)).toBeNull();
});

test.each([
  [
    ['homeport', 'mailto:a@example.org?subject=Hi'],
    { kind: 'mailto', url: 'mailto:a@example.org?subject=Hi' },
  ],
  [['electron', '--flag', '/app', 'homeport://message/42'], { kind: 'message', messageId: 42 }],
  [['homeport', 'mid:a%40example.org'], { kind: 'mid', url: 'mid:a%40example.org' }],
  [['homeport', 'homeport://message/0'], null],
  [['homeport', 'homeport://message/4x'], null],
  [['homeport', 'https://example.org'], null],
  [['homeport', '--x=mailto:a@b'], null],
  [['mailto:a@b'], null],
])('a start with %j shows %j', (argv, link) => {
  expect(linkOfArguments(argv)).toEqual(link);
});

test('saved files cannot be run, keep others’ names, and never leave their folder', async () => {
  const content = (filename: string) => ({
    bytes: Buffer.from('MZ'),
    mediaType: 'application/x-msdownload',
    filename,
  });
  for (const name of ['../../evil.sh', 'report.pdf', 'report.pdf', ''])
    await saveIntoFolder(dir, content(name));
  expect(readdirSync(dir).sort()).toEqual(['_.._evil.sh', 'attachment', 'report (2).pdf', 'report.pdf']);
  for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o111).toBe(0);
  const chosen = join(dir, 'report.pdf');
  await saveFile(chosen, { ...content('x'), bytes: Buffer.from('new') }, true);
  expect(readFileSync(chosen, 'utf8')).toBe('new');
});

test.each([
  [{ profile: '/a' }, { HOMEPORT_PROFILE: '/b' }, '/a'],
  [{}, { HOMEPORT_PROFILE: '/b' }, '/b'],
  [{ 'user-data-dir': '/c' }, {}, '/c'],
  [{}, {}, '/home/me/.local/share/homeport'],
])('options %o and environment %o choose the profile %s', (options, env, path) => {
  const option = (name: string) => (options as Record<string, string>)[name] ?? '';
  expect(chooseProfileDir(option, env, 'linux', '/home/me')).toBe(path);
});
