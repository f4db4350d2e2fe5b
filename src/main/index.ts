import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  type WebContents,
} from 'electron';
import type { HostEvent } from '../shared/contract/events';
import { IPC_EVENT } from '../shared/contract/ipc';
import { Settings } from '../shared/contract/settings';
import { fail, type Outcome, ok } from '../shared/outcome';
import { createStderrLogger } from '../sync/ports/stderr-logger';
import { createSystemClock } from '../sync/ports/system-clock';
import { createWindowsInView } from './core/windows-in-view';
import { askAboutDefault } from './electron/ask-about-default';
import { createAttention, type Notifier } from './electron/attention';
import { createBadge } from './electron/badge';
import { createDesktopMethods } from './electron/host-methods';
import { openIpcGate } from './electron/ipc-gate';
import { applyLoginStart, HIDDEN } from './electron/login-start';
import { createMainWindow, isRequest, type MainWindow } from './electron/main-window';
import { menuTemplate } from './electron/menu-template';
import { lockNavigation } from './electron/navigation-lock';
import { PRIVILEGED_SCHEMES } from './electron/origins';
import { createPopoutWindows, type PopoutWindows } from './electron/popout-windows';
import { chooseProfileDir } from './electron/profile-folder';
import { serveApp, serveMailContent } from './electron/serve-schemes';
import { applySessionRules } from './electron/session-rules';
import { type DesktopCore, startDesktopCore } from './electron/start-desktop-core';
import { linkOfArguments, parseStartLink, requestOf, type StartLink } from './electron/start-links';
import { recolour, titleBar } from './electron/title-bar';
import { toResponse } from './electron/to-response';
import { createTrayItem } from './electron/tray-item';
import { createWindowCalls } from './electron/window-calls';
import { createWindowLook, readLook } from './electron/window-look';
import { WINDOW_PARTITION, webPreferences } from './electron/window-options';
import { readWindowState, writeWindowState } from './electron/window-state';
import { logLevel } from './log-level';
import { openProfile } from './profile/open-profile';
import { waitForProfile } from './profile/wait-for-profile';

/** Composition root of the desktop host, and the only file with Electron's values in it. */
const buildDir = import.meta.dirname;
const clock = createSystemClock();
const logger = createStderrLogger(clock, logLevel());
const resource = (name: string) => join(app.getAppPath(), 'resources', name);
const option = (name: string) => app.commandLine.getSwitchValue(name);
const profileDir = chooseProfileDir(option, process.env, process.platform, homedir());
/** In packaged builds only by a start flag (APP-375). */
const devTools = !app.isPackaged || app.commandLine.hasSwitch('devtools');
/** Electron asks for its network state only when told to look; a network that is back counts within 10 s (APP-276). */
const LOOK_AT_NETWORK_MS = 5000;

// Chromium's own files stay out of the profile proper, in a folder of theirs.
const chromiumDir = join(profileDir, 'chromium');
mkdirSync(chromiumDir, { recursive: true, mode: 0o700 });
app.setPath('userData', chromiumDir);
app.setPath('crashDumps', join(chromiumDir, 'crashes'));
protocol.registerSchemesAsPrivileged(PRIVILEGED_SCHEMES);
app.setName('Homeport');
// Linux asks by this name who opens addresses and whose launcher shows the badge: the file that the package installs.
if (process.platform === 'linux') app.setDesktopName('homeport.desktop');

/** What the system asked to open before there was a window to do it; then the window takes over. */
let follow: (link: StartLink | null) => void = (link) => {
  firstLink = link ?? firstLink;
};
let firstLink = linkOfArguments(process.argv);
// macOS names the address that started the app before it is ready.
app.on('open-url', (event, url) => {
  event.preventDefault();
  follow(parseStartLink(url));
});

if (app.requestSingleInstanceLock()) {
  // Not awaited: a module that waits for `ready` keeps it from coming.
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const core = Promise.withResolvers<DesktopCore>();
  // Also when nobody waits for it yet: a start that fails says so in its own words below.
  core.promise.catch(() => undefined);
  let attention: ReturnType<typeof createAttention> | undefined;

  const windowSession = session.fromPartition(WINDOW_PARTITION, { cache: false });
  let allowsRemote: (handle: string) => boolean = () => false;
  applySessionRules(windowSession, { allowsRemote: (handle) => allowsRemote(handle), devTools });
  const schemes = {
    rendererDir: join(buildDir, '../renderer'),
    content: core.promise.then(({ content }) => content),
  };
  schemes.content.catch(() => undefined);
  windowSession.protocol.handle('app', async (request) => toResponse(await serveApp(schemes, request)));
  windowSession.protocol.handle('mail-content', async (request) =>
    toResponse(await serveMailContent(schemes, request)),
  );
  const stateFile = join(profileDir, 'window-state.json');
  const lookFile = join(profileDir, 'window-look.json');
  const look = createWindowLook(lookFile, await readLook(lookFile), nativeTheme);
  const frame = () => titleBar(process.platform, look.systemTitleBar, nativeTheme.shouldUseDarkColors);
  const icon = resource('icons/256x256.png');
  const common = {
    preload: join(buildDir, '../preload/index.cjs'),
    devTools,
    screens: () => screen.getAllDisplays().map(({ workArea }) => workArea),
    look,
    logger,
  };
  const window = createMainWindow({
    ...common,
    create: (options) => {
      const made = new BrowserWindow({ ...options, icon });
      made.once('show', () => badge.again());
      return made;
    },
    saved: await readWindowState(stateFile),
    saveState: (state) => writeWindowState(stateFile, state),
    closesToTray: () => attention?.settings().closeToTray ?? false,
    keepsCrashing,
    frame,
  });
  const popoutFiles = {
    row: join(profileDir, 'reader-window-state.json'),
    draft: join(profileDir, 'composer-window-state.json'),
  };
  const popouts = createPopoutWindows({
    ...common,
    create: (options) => new BrowserWindow({ ...options, icon }),
    saved: {
      row: await readWindowState(popoutFiles.row),
      draft: await readWindowState(popoutFiles.draft),
    },
    saveState: (kind, state) => writeWindowState(popoutFiles[kind], state),
  });
  const ours = () => [window.current(), ...popouts.all()].filter((each) => each !== null);
  const inView = createWindowsInView(async (method, input, caller) =>
    (await core.promise).call(method, input, caller),
  );
  const windowOf = (contents: WebContents) => ours().find((each) => each.webContents === contents) ?? null;
  openIpcGate(ipcMain, createWindowCalls(inView, windowOf), logger);
  const badge = createBadge({
    platform: process.platform,
    setBadgeCount: (count) => app.setBadgeCount(count),
    window: () => window.current(),
    toImage: (bitmap, size) => nativeImage.createFromBitmap(bitmap, size),
  });
  follow = (link) => {
    window.show();
    if (link !== null) window.send(requestOf(link));
  };
  const command = (id: string): void => {
    window.show();
    window.send({ kind: 'command', command: id });
  };
  /** The menu is about the window one is in, but for what only the main window has. */
  const menuCommand = (id: string): void => {
    const inFront = popouts.all().find((each) => each.isFocused());
    if (inFront === undefined || id.startsWith('go.')) command(id);
    else inFront.webContents.send(IPC_EVENT, { kind: 'command', command: id } satisfies HostEvent);
  };
  const showMenu = (settings: Settings) => {
    const actions = {
      command: menuCommand,
      showWindow: window.show,
      quit: () => app.quit(),
      reload: () => (ours().find((each) => each.isFocused()) ?? window.current())?.reload(),
      becomeDefaultMailApp: () => void app.setAsDefaultProtocolClient('mailto'),
    };
    const template = menuTemplate(process.platform, devTools, actions, settings);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  let shownKeys = '';
  /** Only with other keys: a menu that is open would close. */
  const followKeys = (settings: Settings) => {
    const { keyPreset, keyBindings, singleKeyShortcuts } = settings;
    const keys = JSON.stringify([keyPreset, keyBindings, singleKeyShortcuts]);
    if (keys === shownKeys) return;
    shownKeys = keys;
    showMenu(settings);
  };
  followKeys(Settings.parse({}));
  app.on('second-instance', (_event, argv) => follow(linkOfArguments(argv)));
  // A window that was hidden for long is taken down too; that is no reason to stop syncing.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !attention?.settings().closeToTray) app.quit();
  });
  app.on('activate', () => window.show());
  nativeTheme.on('updated', () => {
    for (const each of ours()) if (!each.isDestroyed()) each.setBackgroundColor(look.background());
    const shown = window.current();
    if (shown && !shown.isDestroyed()) recolour(shown, frame());
  });
  app.on('web-contents-created', (_event, contents) => lockNavigation(contents));
  stopBeforeQuit(window, core.promise);
  // Started by the system, nobody asked for a window yet.
  const hidden = app.commandLine.hasSwitch(HIDDEN) || app.getLoginItemSettings().wasOpenedAtLogin;
  if (!hidden || firstLink !== null) follow(firstLink);

  const started = await startCore(window, popouts);
  if (!started.ok) {
    logger.error('desktop.start-failed', { kind: started.failure.kind });
    dialog.showErrorBox(
      'Homeport cannot start',
      [started.failure.message, started.failure.hint ?? ''].join('\n\n'),
    );
    core.reject(new Error('not started'));
    app.exit(1);
    return;
  }
  const running = started.value;
  allowsRemote = running.content.allowsRemote;
  running.onEvent((event) => {
    window.send(event);
    if (!isRequest(event)) popouts.send(event);
    attention?.onEvent(event);
  });
  core.resolve(running);

  const tray = createTray(window, running, command);
  attention = createAttention(
    {
      call: running.call,
      notify,
      now: clock.now,
      openMessage: (messageId) => follow(messageId === null ? null : { kind: 'message', messageId }),
      reply: (messageId) => {
        window.show();
        window.send({ kind: 'open-message', messageId, reply: true });
      },
      showUnread: (unread, offline) => {
        tray?.update(unread, offline);
        badge.show(unread);
      },
      settingsChanged: (settings) => {
        startWithSystem(settings.startAtLogin);
        look.settingsChanged(settings);
        followKeys(settings);
      },
    },
    Settings.parse({}),
  );
  await attention.start();
  await askAboutDefault({
    call: running.call,
    file: join(profileDir, 'default-app-asked'),
    isDefault: () => app.isDefaultProtocolClient('mailto'),
    ask: () => window.send({ kind: 'ask-default-app' }),
  });
  const report = () => {
    running.reportNetwork(net.isOnline() ? 'online' : 'offline');
    // Asked with the network: not every system tells when the plug is pulled.
    running.reportPower(powerMonitor.onBatteryPower);
  };
  // Closed before the sleep, a connection is not found dead after it.
  powerMonitor.on('suspend', () => running.reportNetwork('offline'));
  powerMonitor.on('resume', () => {
    report();
    running.reconnect();
  });
  setInterval(report, LOOK_AT_NETWORK_MS).unref();
}

/** A command may be using the profile for a moment; another host keeps it. */
async function startCore(window: MainWindow, popouts: PopoutWindows): Promise<Outcome<DesktopCore>> {
  const profile = await waitForProfile(() => openProfile(profileDir));
  if (profile.kind === 'unusable') return fail(profile.failure);
  if (profile.kind === 'held') {
    return fail({
      kind: 'conflict',
      message: `Homeport already runs on this profile without a window (process ${profile.pid}).`,
      hint: 'Stop it first, or open its page in a browser: `homeport link` prints the way in.',
    });
  }
  return startDesktopCore({
    profile,
    buildDir,
    safeStorage,
    network: net.isOnline() ? 'online' : 'offline',
    clock,
    logger,
    hostMethods: (parts) =>
      createDesktopMethods({
        ...parts,
        dialog,
        shell,
        popouts,
        tell: (event) => {
          window.send(event);
          popouts.send(event);
        },
        windowOf: (caller) => (caller ? BrowserWindow.fromId(caller.windowId) : null) ?? window.current(),
        print,
        becomeDefaultApp: (scheme) => app.setAsDefaultProtocolClient(scheme),
        startDrag: (file, from) => from?.webContents.startDrag({ file, icon: resource('icons/32x32.png') }),
      }),
  });
}

/** Prints from a window of its own, so that paper shows the message and nothing of the app. */
async function print(url: string): Promise<Outcome<null>> {
  const paper = new BrowserWindow({
    show: false,
    webPreferences: webPreferences({ preload: null, devTools: false, partition: WINDOW_PARTITION }),
  });
  try {
    await paper.loadURL(url);
    const problem = await new Promise<string>((resolve) =>
      paper.webContents.print({}, (success, reason) => resolve(success ? '' : reason)),
    );
    if (problem === '' || /cancel/i.test(problem)) return ok(null);
    return fail({
      kind: 'invalid',
      message: 'The message could not be printed.',
      hint: 'Check the printer.',
    });
  } finally {
    paper.destroy();
  }
}

function createTray(
  window: MainWindow,
  core: DesktopCore,
  command: (id: string) => void,
): ReturnType<typeof createTrayItem> | null {
  const image = nativeImage.createFromPath(resource('tray.png'));
  if (image.isEmpty()) return null;
  image.setTemplateImage(process.platform === 'darwin');
  return createTrayItem(new Tray(image), (template) => Menu.buildFromTemplate(template), {
    showWindow: window.show,
    compose: () => command('compose.new'),
    setPaused: (offline) => void core.call('sync.setOffline', { offline }),
    quit: () => app.quit(),
  });
}

/** Asked instead of loading the page for ever: what it shows may be what ends it. */
function keepsCrashing(again: () => void): void {
  const answer = dialog.showMessageBox({
    type: 'error',
    title: 'Homeport',
    message: 'The window keeps crashing.',
    detail: 'Your mail is safe, and syncing goes on without the window.',
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  void answer.then(({ response }) => (response === 0 ? again() : app.quit()));
}

function startWithSystem(wanted: boolean): void {
  const program = process.env.APPIMAGE ?? process.execPath;
  try {
    applyLoginStart(
      {
        platform: process.platform,
        command: app.isPackaged ? [program] : [program, app.getAppPath()],
        profileDir,
        configDir: app.getPath('appData'),
        setLoginItem: (item) => app.setLoginItemSettings(item),
      },
      wanted,
    );
  } catch (error) {
    logger.warn('login-start.failed', { code: String((error as NodeJS.ErrnoException).code) });
  }
}

/** Without a reference they would be collected as garbage, and a later click on them heard by nobody. */
const shownNotifications = new Set<Notification>();
/** Systems keep about this many themselves. */
const MAX_NOTIFICATIONS = 50;

const LABELS = { archive: 'Archive', reply: 'Reply', read: 'Mark as read' } as const;

const notify: Notifier = ({ title, body, actions }, on) => {
  if (!Notification.isSupported()) return;
  const buttons = actions.map((action) => ({ type: 'button' as const, text: LABELS[action] }));
  const notification = new Notification({ title, body, actions: buttons });
  const [oldest] = shownNotifications;
  if (oldest !== undefined && shownNotifications.size >= MAX_NOTIFICATIONS) shownNotifications.delete(oldest);
  shownNotifications.add(notification);
  notification.on('click', () => {
    shownNotifications.delete(notification);
    on.click();
  });
  notification.on('action', (...args: unknown[]) => {
    // Older versions hand the position over as the second argument, newer ones inside the event.
    const [event, second] = args as [{ actionIndex?: number }, number | undefined];
    const action = actions[event.actionIndex ?? second ?? -1];
    if (action !== undefined) on.action(action);
  });
  notification.show();
};

/** Quitting waits for a clean stop of the engine, at most the 3 s it takes by itself (SYNC-403). */
function stopBeforeQuit(window: MainWindow, core: Promise<DesktopCore>): void {
  let stopping = false;
  let coreIsUp = false;
  void core.then(
    () => {
      coreIsUp = true;
    },
    () => undefined,
  );
  app.on('before-quit', (event) => {
    window.letGo();
    if (!coreIsUp) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void core.then(({ stop }) => stop()).finally(() => app.exit(0));
  });
}
