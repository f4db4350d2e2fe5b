import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { HostEvent } from '../../shared/contract/events';
import { IPC_EVENT } from '../../shared/contract/ipc';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';
import { showOurPage } from './our-page';
import type { WindowLook } from './window-look';
import { pageWindow } from './window-options';
import { placeWindow, type Rectangle, stateOf, type WindowState } from './window-state';

/** A hidden window keeps its process this long, then gives the memory back (APP-272). */
const KEEP_HIDDEN_MS = 60_000;
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

/** The app's main window: made when it is wanted, hidden or gone when it is not. */
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
  let window: BrowserWindow | null = null;
  let state = options.saved;
  let leaving = false;
  let giveBack: NodeJS.Timeout | undefined;
  /** True while there is a page that hears. */
  let loaded = false;
  let waiting: HostEvent[] = [];

  const remember = (from: BrowserWindow): void => {
    const now = stateOf(from);
    if (now === null) return;
    state = now;
    options.saveState(now);
  };
  const open = (): BrowserWindow => {
    const made = options.create({
      ...placeWindow(state, options.screens()),
      ...pageWindow(options),
      ...options.frame?.(),
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
    showOurPage(made, {
      url: () => `${APP_ORIGIN}/${options.look.search()}`,
      logger: options.logger,
      onLoaded: (is) => {
        loaded = is;
        if (!is) return;
        const held = waiting;
        waiting = [];
        for (const event of held) made.webContents.send(IPC_EVENT, event);
      },
      keepsCrashing: options.keepsCrashing,
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

/** What asks one window to do something; everything else is told to all of them. */
export function isRequest({ kind }: HostEvent): boolean {
  return ['command', 'open-message', 'open-link', 'ask-default-app'].includes(kind);
}
