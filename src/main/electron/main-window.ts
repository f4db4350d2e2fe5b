import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { HostEvent } from '../../shared/contract/events';
import { IPC_EVENT } from '../../shared/contract/ipc';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';
import { SMALLEST_WINDOW, WINDOW_PARTITION, webPreferences } from './window-options';
import { placeWindow, type Rectangle, type WindowState } from './window-state';

/** A hidden window keeps its process this long, then gives the memory back (APP-272). */
const KEEP_HIDDEN_MS = 60_000;
/** A page that crashes again this soon is not reloaded a third time. */
const CRASH_WINDOW_MS = 30_000;

export interface MainWindowOptions {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly preload: string;
  readonly devTools: boolean;
  readonly screens: () => readonly Rectangle[];
  readonly saved: WindowState | null;
  readonly saveState: (state: WindowState) => void;
  /** Whether closing hides the window and syncing goes on. */
  readonly closesToTray: () => boolean;
  readonly logger: Logger;
}

/** The app's one window: made when it is wanted, hidden or gone when it is not. */
export interface MainWindow {
  show(): void;
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
  let crashedAt = Number.NEGATIVE_INFINITY;

  const remember = (from: BrowserWindow): void => {
    if (from.isMinimized() || from.isFullScreen()) return;
    state = { bounds: from.getNormalBounds(), maximized: from.isMaximized() };
    options.saveState(state);
  };
  const open = (): BrowserWindow => {
    const made = options.create({
      ...placeWindow(state, options.screens()),
      ...SMALLEST_WINDOW,
      show: false,
      title: 'Homeport',
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
      if (window === made) window = null;
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      logger.error('window.gone', { reason });
      const again = performance.now() - crashedAt < CRASH_WINDOW_MS;
      crashedAt = performance.now();
      // The page comes back to where it was: its place is in its own address and settings (APP-279).
      if (!again && !made.isDestroyed()) made.webContents.reload();
    });
    void made.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
      logger.error('window.load-failed', { error: error instanceof Error ? error.name : typeof error });
    });
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
      if (window !== null && !window.isDestroyed()) window.webContents.send(IPC_EVENT, event);
    },
    letGo: () => {
      leaving = true;
      clearTimeout(giveBack);
      if (window !== null && !window.isDestroyed()) remember(window);
    },
    current: () => window,
  };
}
