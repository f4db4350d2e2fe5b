import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { HostEvent } from '../../shared/contract/events';
import { IPC_EVENT } from '../../shared/contract/ipc';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';
import type { WindowLook } from './window-look';
import { SMALLEST_WINDOW, WINDOW_PARTITION, webPreferences } from './window-options';
import { placeWindow, type Rectangle, type WindowState } from './window-state';

/** A hidden window keeps its process this long, then gives the memory back (APP-272). */
const KEEP_HIDDEN_MS = 60_000;
/** A page that crashes this often within so short a time is not helped by loading it once more. */
const CRASH_WINDOW_MS = 30_000;
const CRASHES_AT_MOST = 3;
/** More than a person asks for while the window comes up. */
const MAX_WAITING = 10;

export interface MainWindowOptions {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly preload: string;
  readonly devTools: boolean;
  readonly screens: () => readonly Rectangle[];
  readonly saved: WindowState | null;
  readonly saveState: (state: WindowState) => void;
  readonly look: Pick<WindowLook, 'search' | 'background'>;
  /** Whether closing hides the window and syncing goes on. */
  readonly closesToTray: () => boolean;
  /** The page crashes whenever it is loaded; `again` loads it once more. */
  readonly keepsCrashing: (again: () => void) => void;
  /** What the system draws around it; all that it has by itself where nobody says. */
  readonly frame?: () => Partial<BrowserWindowConstructorOptions>;
  readonly logger: Logger;
}

/** The app's one window: made when it is wanted, hidden or gone when it is not. */
export interface MainWindow {
  show(): void;
  /** Tells the page. What it is asked to do waits for it while it comes up; what it would only be told does not. */
  send(event: HostEvent): void;
  /** From now on closing means closing. */
  letGo(): void;
  /** The window, for dialogs that belong to it. */
  current(): BrowserWindow | null;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { logger } = options;
  let window: BrowserWindow | null = null;
  let state = options.saved;
  let leaving = false;
  let giveBack: NodeJS.Timeout | undefined;
  let crashes: number[] = [];
  /** True while there is a page that hears. */
  let loaded = false;
  let waiting: HostEvent[] = [];

  const remember = (from: BrowserWindow): void => {
    if (from.isMinimized() || from.isFullScreen()) return;
    state = { bounds: from.getNormalBounds(), maximized: from.isMaximized() };
    options.saveState(state);
  };
  const open = (): BrowserWindow => {
    const made = options.create({
      ...placeWindow(state, options.screens()),
      ...SMALLEST_WINDOW,
      ...options.frame?.(),
      show: false,
      title: 'Homeport',
      backgroundColor: options.look.background(),
      autoHideMenuBar: true,
      webPreferences: webPreferences({
        preload: options.preload,
        devTools: options.devTools,
        partition: WINDOW_PARTITION,
      }),
    });
    if (state?.maximized) made.maximize();
    made.once('ready-to-show', () => made.show());
    made.on('close', (event) => {
      remember(made);
      if (leaving || !options.closesToTray()) return;
      event.preventDefault();
      made.hide();
      giveBack = setTimeout(() => made.destroy(), KEEP_HIDDEN_MS);
    });
    made.on('closed', () => {
      if (window !== made) return;
      window = null;
      loaded = false;
    });
    made.webContents.on('did-finish-load', () => {
      loaded = true;
      const held = waiting;
      waiting = [];
      for (const event of held) made.webContents.send(IPC_EVENT, event);
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      // A window that is closed takes its process along.
      if (reason === 'clean-exit' || made.isDestroyed()) return;
      logger.error('window.gone', { reason });
      loaded = false;
      const now = performance.now();
      crashes = [...crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
      // The page comes back to where it was: it notes its own place (APP-279).
      const again = (): void => {
        if (!made.isDestroyed()) made.webContents.reload();
      };
      if (crashes.length < CRASHES_AT_MOST) again();
      else options.keepsCrashing(again);
    });
    const load = (): void => {
      void made.loadURL(`${APP_ORIGIN}/${options.look.search()}`).catch((error: unknown) => {
        logger.error('window.load-failed', { error: error instanceof Error ? error.name : typeof error });
      });
    };
    // The engine asks nobody before it shows an empty page in place of ours; whoever did that gets ours back (APP-366).
    made.webContents.on('did-navigate', (_event, url) => {
      if (url.startsWith(`${APP_ORIGIN}/`)) return;
      logger.error('window.left');
      loaded = false;
      load();
    });
    load();
    return made;
  };
  return {
    show: () => {
      clearTimeout(giveBack);
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    send: (event) => {
      if (isRequest(event) && !loaded) waiting = [...waiting, event].slice(-MAX_WAITING);
      else if (window !== null && !window.isDestroyed()) window.webContents.send(IPC_EVENT, event);
    },
    letGo: () => {
      leaving = true;
      clearTimeout(giveBack);
      if (window !== null && !window.isDestroyed()) remember(window);
    },
    current: () => window,
  };
}

function isRequest({ kind }: HostEvent): boolean {
  return ['command', 'open-message', 'open-link', 'ask-default-app'].includes(kind);
}
