import type { BrowserWindow } from 'electron';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';

/** A page that crashes this often within so short a time is not helped by loading it once more. */
const CRASH_WINDOW_MS = 30_000;
const CRASHES_AT_MOST = 3;

export interface OurPageOptions {
  /** Where the page begins, below our own origin. */
  readonly url: () => string;
  readonly logger: Logger;
  /** True from when there is a page that hears until it is gone. */
  readonly onLoaded?: (loaded: boolean) => void;
  /** The page crashes whenever it is loaded; `again` loads it once more. */
  readonly keepsCrashing: (again: () => void) => void;
}

/** Shows our page in a window and brings it back whenever it crashed or was left (APP-279, APP-366). */
export function showOurPage(window: BrowserWindow, options: OurPageOptions): void {
  const { logger, onLoaded = () => undefined } = options;
  const { webContents } = window;
  let crashes: number[] = [];
  const load = (): void => {
    void window.loadURL(options.url()).catch((error: unknown) => {
      logger.error('window.load-failed', { error: error instanceof Error ? error.name : typeof error });
    });
  };
  webContents.on('did-finish-load', () => onLoaded(true));
  webContents.on('render-process-gone', (_event, { reason }) => {
    // A window that is closed takes its process along.
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    logger.error('window.gone', { reason });
    onLoaded(false);
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
    // The page comes back to where it was: it notes its own place (APP-279).
    const again = (): void => {
      if (!window.isDestroyed()) webContents.reload();
    };
    if (crashes.length < CRASHES_AT_MOST) again();
    else options.keepsCrashing(again);
  });
  // The engine asks nobody before it shows an empty page in place of ours; whoever did that gets ours back (APP-366).
  webContents.on('did-navigate', (_event, url) => {
    if (url.startsWith(`${APP_ORIGIN}/`)) return;
    logger.error('window.left');
    onLoaded(false);
    load();
  });
  load();
}
