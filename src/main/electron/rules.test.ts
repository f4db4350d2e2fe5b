import { expect, test, vi } from 'vitest';
import { isOurWindow, openIpcGate } from './ipc-gate';
import { mayNavigate } from './navigation-lock';
import { APP_ORIGIN, PRIVILEGED_SCHEMES } from './origins';
import { mayHavePermission, mayRequest } from './session-rules';
import { WINDOW_PARTITION, webPreferences } from './window-options';

const HANDLE = 'ab12'.repeat(12);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

test('APP-360 every window is sandboxed and isolated, without Node and without a way around the page’s rules', () => {
  for (const devTools of [true, false]) {
    expect(webPreferences({ preload: '/preload.cjs', devTools, partition: WINDOW_PARTITION })).toEqual({
      preload: '/preload.cjs',
      partition: 'homeport',
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      plugins: false,
      safeDialogs: true,
      disableDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
    });
  }
  expect(WINDOW_PARTITION).not.toMatch(/^persist:/);
  expect(JSON.stringify(PRIVILEGED_SCHEMES)).not.toMatch(/bypassCSP|corsEnabled|allowServiceWorkers/);
});

test.each([
  ['our page', { origin: APP_ORIGIN, parent: null }, true],
  ['a frame in our page', { origin: APP_ORIGIN, parent: {} }, false],
  ['a message frame', { origin: 'null', parent: {} }, false],
  ['a page from the web', { origin: 'https://evil.example', parent: null }, false],
  ['an origin that only begins like ours', { origin: `${APP_ORIGIN}.evil.example`, parent: null }, false],
  ['a frame that is gone', null, false],
])('a call from %s: %s', (_what, senderFrame, ours) => {
  expect(isOurWindow({ senderFrame: senderFrame as never })).toBe(ours);
});

test('APP-362 what a stranger sends is refused before it is looked at', async () => {
  const call = vi.fn(async () => ({ ok: true, value: 1 }) as const);
  const handlers = new Map<string, (...args: never[]) => unknown>();
  const [main, popout, paper] = [{}, {}, {}];
  const windows = new Set<unknown>([main, popout]);
  openIpcGate(
    { handle: (channel, listener) => void handlers.set(channel, listener as never) },
    (sender) => (windows.has(sender) ? call : null),
    silent,
  );
  const invoke = handlers.get('homeport:call') as (...args: unknown[]) => unknown;
  const senderFrame = { origin: APP_ORIGIN, parent: null };
  const ours = { senderFrame, sender: main };
  const stranger = { senderFrame: { origin: 'https://evil.example', parent: null }, sender: main };
  expect(await invoke(stranger, 'status.get', {})).toMatchObject({ ok: false });
  const inside = { senderFrame: { origin: APP_ORIGIN, parent: {} }, sender: popout };
  expect(await invoke(inside, 'status.get', {})).toMatchObject({ ok: false });
  // Of contents that are no window of ours not even our own page may.
  expect(await invoke({ senderFrame, sender: paper }, 'status.get', {})).toMatchObject({ ok: false });
  expect(await invoke(ours, { toString: () => 'status.get' }, {})).toMatchObject({ ok: false });
  expect(await invoke(ours, 'status.get', {}, 'extra')).toMatchObject({ ok: false });
  expect(call).not.toHaveBeenCalled();
  expect(await invoke(ours, 'status.get', {})).toEqual({ ok: true, value: 1 });
  expect(await invoke({ senderFrame, sender: popout }, 'status.get', {})).toEqual({ ok: true, value: 1 });
});

test.each([
  [
    'a message document in our page',
    { url: `mail-content://${HANDLE}/`, isMainFrame: false, inOurPage: true },
    true,
  ],
  [
    'the window itself to a message document',
    { url: `mail-content://${HANDLE}/`, isMainFrame: true, inOurPage: false },
    false,
  ],
  [
    'a message frame to another',
    { url: `mail-content://${HANDLE}/`, isMainFrame: false, inOurPage: false },
    false,
  ],
  ['a frame to the app', { url: `${APP_ORIGIN}/`, isMainFrame: false, inOurPage: true }, false],
  ['the window to the web', { url: 'https://example.org/', isMainFrame: true, inOurPage: false }, false],
  ['a frame to the web', { url: 'https://example.org/', isMainFrame: false, inOurPage: true }, false],
  ['a frame to a file', { url: 'file:///etc/passwd', isMainFrame: false, inOurPage: true }, false],
  ['a frame to a script', { url: 'javascript:alert(1)', isMainFrame: false, inOurPage: true }, false],
  ['a frame to data', { url: 'data:text/html,x', isMainFrame: false, inOurPage: true }, false],
])('%s may navigate: %s', (_what, wanted, may) => {
  expect(mayNavigate(wanted)).toBe(may);
});

const DENIED = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'hid',
  'serial',
  'usb',
  'clipboard-read',
  'display-capture',
  'pointerLock',
  'fullscreen',
  'openExternal',
  'window-management',
  'unknown',
  'fileSystem',
  'idle-detection',
  'storage-access',
  'keyboardLock',
  'speaker-selection',
];
test.each(DENIED)('APP-367 nobody gets the permission %s', (permission) => {
  for (const origin of [APP_ORIGIN, `${APP_ORIGIN}/`, 'https://example.org', 'null', '']) {
    expect(mayHavePermission(permission, origin)).toBe(false);
  }
});

test('APP-367 only our page may write to the clipboard', () => {
  expect(mayHavePermission('clipboard-sanitized-write', `${APP_ORIGIN}/`)).toBe(true);
  for (const origin of ['null', '', 'https://example.org', `mail-content://${HANDLE}`]) {
    expect(mayHavePermission('clipboard-sanitized-write', origin)).toBe(false);
  }
});

test.each([
  ['our page', 'app://homeport/', 'mainFrame', '', true],
  ['a message document', `mail-content://${HANDLE}/`, 'subFrame', '', true],
  ['a picture we made', 'blob:app://homeport/1', 'image', '', true],
  ['a page on the web', 'https://example.org/', 'mainFrame', '', false],
  ['a request of ours to the web', 'https://example.org/', 'xhr', 'app://homeport/', false],
  ['a picture for our page', 'https://example.org/a.png', 'image', 'app://homeport/', false],
  [
    'a picture nobody asked for',
    'https://example.org/a.png',
    'image',
    `mail-content://${'0'.repeat(48)}/`,
    false,
  ],
  ['a picture the reader asked for', 'https://example.org/a.png', 'image', `mail-content://${HANDLE}/`, true],
  ['the same without encryption', 'http://example.org/a.png', 'image', `mail-content://${HANDLE}/`, false],
  [
    'a style sheet of that message',
    'https://example.org/a.css',
    'stylesheet',
    `mail-content://${HANDLE}/`,
    false,
  ],
  ['a font of that message', 'https://example.org/a.woff', 'font', `mail-content://${HANDLE}/`, false],
  ['a ping of that message', 'https://example.org/p', 'ping', `mail-content://${HANDLE}/`, false],
  ['a file', 'file:///etc/passwd', 'image', `mail-content://${HANDLE}/`, false],
  ['a socket', 'wss://example.org/', 'webSocket', 'app://homeport/', false],
])('%s leaves the window: %s %s', (_what, url, resourceType, frameUrl, may) => {
  expect(mayRequest({ url, resourceType, frameUrl }, (handle) => handle === HANDLE, false)).toBe(may);
});
