/** What only the desktop's flows do: they look into its main process and at windows that come and go. */
import { type ElectronApplication, expect, type Page } from '@playwright/test';
import type { HostBridge } from '../../src/shared/contract/bridge';
import type { Settings } from '../../src/shared/contract/settings';
import type { Homeport } from '../fixtures';

interface Bridged {
  readonly homeport: HostBridge;
}

export function inMain(app: Homeport): ElectronApplication {
  if (app.host.electron === null) throw new Error('not the desktop host');
  return app.host.electron;
}

/** Changes settings as the page does, and waits until the desktop follows. */
export async function change(page: Page, patch: Partial<Settings>): Promise<void> {
  await page.evaluate(
    (wanted) => (window as unknown as Bridged).homeport.call('settings.set', { patch: wanted }),
    patch,
  );
  // The desktop follows the settings a moment later.
  await page.waitForTimeout(500);
}

/** As after a minute in the tray: the page's process is gone, the program is not. */
export async function takeWindowDown(app: Homeport): Promise<void> {
  await change(app.page, { closeToTray: true });
  await inMain(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
}

/** The window that the desktop opens next. */
export function nextWindow(app: Homeport, open: () => Promise<unknown>): Promise<Page> {
  return app.host.nextWindow(open);
}

/** What a window really runs with (APP-360), as Electron itself tells. */
export function expectLockedDown(preference: Readonly<Record<string, unknown>> | undefined): void {
  expect(preference).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
  expect(preference?.enableBlinkFeatures ?? '').toBe('');
}
