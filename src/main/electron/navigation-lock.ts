import type { WebContents } from 'electron';
import { MAIL_SCHEME } from './origins';

/** A navigation somebody wants, as Electron reports it. */
export interface WantedNavigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** True when the frame sits directly in the window's own page. */
  readonly inOurPage: boolean;
}

/** The only navigation a page may start: our page pointing one of its frames at a message document (APP-366). */
export function mayNavigate({ url, isMainFrame, inOurPage }: WantedNavigation): boolean {
  return !isMainFrame && inOurPage && new RegExp(`^${MAIL_SCHEME}://[0-9a-f]+/$`).test(url);
}

/** Denies every way out of a window; links, files and windows go through brokers instead. */
export function lockNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    const parent = event.frame?.parent ?? null;
    const inOurPage = parent !== null && parent.parent === null;
    if (!mayNavigate({ url: event.url, isMainFrame: event.isMainFrame, inOurPage })) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
