import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { HostEvent } from '../../shared/contract/events';
import { IPC_EVENT } from '../../shared/contract/ipc';
import { parseRoute, routeFragment, showsSame, type WindowRoute } from '../../shared/contract/window-route';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';
import { showOurPage } from './our-page';
import type { WindowLook } from './window-look';
import { pageWindow } from './window-options';
import { placeWindow, type Rectangle, stateOf, type WindowState } from './window-state';

/** Windows. Each is a process of its own with the whole page in it, some 100 MB: ten are a gigabyte, and more than a person reads. */
export const MOST_POPOUTS = 10;
/** A column for reading, as high as most screens allow; for a letter a little less. */
const FIRST_SIZE = { row: { width: 760, height: 820 }, draft: { width: 700, height: 720 } } as const;

export type PopoutKind = WindowRoute['kind'];
/** CSS pixels between the corners of two windows, so that the newer one does not hide the older. */
const STEP_PX = 32;

export interface PopoutOptions {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly preload: string;
  readonly devTools: boolean;
  readonly screens: () => readonly Rectangle[];
  /** Where the last one of each kind was, for the next. */
  readonly saved: Readonly<Record<PopoutKind, WindowState | null>>;
  readonly saveState: (kind: PopoutKind, state: WindowState) => void;
  readonly look: Pick<WindowLook, 'search' | 'background'>;
  readonly logger: Logger;
}

/** Windows of their own for single rows and letters (UI-003, APP-137): the same page at another address, with the system's title bar. */
export interface PopoutWindows {
  /** Opens one, or brings up the one that shows this already. */
  open(route: WindowRoute): Outcome<null>;
  all(): readonly BrowserWindow[];
  /** Tells every page. */
  send(event: HostEvent): void;
}

export function createPopoutWindows(options: PopoutOptions): PopoutWindows {
  const windows = new Set<BrowserWindow>();
  const states = { ...options.saved };

  const make = (route: WindowRoute): void => {
    const { kind } = route;
    const screens = options.screens();
    const place = placeWindow(states[kind], screens, FIRST_SIZE[kind]);
    const made = options.create({
      ...aside(place, windows.size, screens),
      ...pageWindow(options),
    });
    windows.add(made);
    made.once('ready-to-show', () => made.show());
    let left: WindowState | null = null;
    const note = (): void => {
      left = stateOf(made) ?? left;
    };
    // A page that closes its window leaves no moment to ask where it was.
    made.on('resize', note);
    made.on('move', note);
    made.on('close', note);
    made.on('closed', () => {
      windows.delete(made);
      if (left === null) return;
      states[kind] = left;
      options.saveState(kind, left);
    });
    showOurPage(made, {
      url: () => `${APP_ORIGIN}/${options.look.search()}#${routeFragment(route)}`,
      logger: options.logger,
      // Nothing is lost with it: what it showed is in the list.
      keepsCrashing: () => made.destroy(),
    });
  };
  return {
    open: (route) => {
      const open = [...windows].find((window) => shows(window, route));
      if (open) {
        if (open.isMinimized()) open.restore();
        open.show();
        open.focus();
        return ok(null);
      }
      if (windows.size >= MOST_POPOUTS) {
        return fail({
          kind: 'limit',
          bound: 'windows',
          message: `${MOST_POPOUTS} windows are open already.`,
          hint: 'Close one of them first.',
        });
      }
      make(route);
      return ok(null);
    },
    all: () => [...windows],
    send: (event) => {
      for (const window of windows) if (!window.isDestroyed()) window.webContents.send(IPC_EVENT, event);
    },
  };
}

/** By what it shows now: its page writes into its address where it has gone on to. */
function shows(window: BrowserWindow, route: WindowRoute): boolean {
  const url = window.webContents.getURL();
  const shown = parseRoute(url.slice(url.indexOf('#') + 1));
  return shown !== null && showsSame(shown, route);
}

/** A little down and to the right of where it would hide the others, while that is on the same screen. */
function aside(
  place: ReturnType<typeof placeWindow>,
  others: number,
  screens: readonly Rectangle[],
): ReturnType<typeof placeWindow> {
  const { x, y, width, height } = place;
  if (x === undefined || y === undefined) return place;
  const moved = { x: x + others * STEP_PX, y: y + others * STEP_PX, width, height };
  const fits = screens.some(
    (screen) =>
      moved.x >= screen.x &&
      moved.y >= screen.y &&
      moved.x + width <= screen.x + screen.width &&
      moved.y + height <= screen.y + screen.height,
  );
  return fits ? moved : place;
}
