import type { Page } from '@playwright/test';
import { expect, type Homeport, test } from './fixtures';
import { colourOf } from './support/measure';
import { grid } from './support/screen';

/** Notes every theme the root element gets, and when; from before anything of the page runs. */
function noteThemes(): void {
  const seen: { readonly at: number; readonly theme: string | undefined }[] = [];
  const note = () => {
    const theme = document.documentElement?.dataset.theme;
    if (theme !== undefined && seen.at(-1)?.theme !== theme) seen.push({ at: performance.now(), theme });
  };
  new MutationObserver(note).observe(document, { attributes: true, childList: true, subtree: true });
  Reflect.set(window, 'themesSeen', seen);
}

/** The theme at the first paint, and all that came after it. */
function paintedThemes(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(() => {
    const seen = Reflect.get(window, 'themesSeen') as { at: number; theme: string | undefined }[];
    const [paint] = performance.getEntriesByName('first-paint');
    if (paint === undefined) return [];
    const before = seen.filter(({ at }) => at <= paint.startTime).at(-1);
    return [before?.theme, ...seen.filter(({ at }) => at > paint.startTime).map(({ theme }) => theme)];
  });
}

/** What is drawn around the page: by the system in the desktop host, else by the browser. */
async function chrome(app: Homeport): Promise<string> {
  const { page } = app;
  if (app.host.electron === null)
    return (await page.locator('meta[name="theme-color"]').getAttribute('content')) ?? '';
  return app.host.electron.evaluate(({ BrowserWindow, nativeTheme }) =>
    [nativeTheme.themeSource, BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase()].join(' '),
  );
}

test('UI-043 a stored theme is there at the first paint and never another one; what is drawn around the page follows', async ({
  app,
}) => {
  await app.addSample(20);
  await expect(grid(app.page).getByRole('row').nth(5)).toBeVisible();
  const choose = async (theme: string, shown: 'light' | 'dark') => {
    const { page } = app;
    await page.keyboard.press('Control+,');
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByRole('button', { name: /Theme$/ }).click();
    await page.getByRole('option', { name: theme, exact: true }).click();
    await expect(page.locator(':root')).toHaveAttribute('data-theme', shown);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  const around = {
    light: app.host.electron === null ? '#f3f5f7' : 'light #f3f5f7',
    dark: app.host.electron === null ? '#12161b' : 'dark #12161b',
  };
  for (const [stored, name, system] of [
    ['dark', 'Dark', 'light'],
    ['light', 'Light', 'dark'],
  ] as const) {
    await app.page.emulateMedia({ colorScheme: system });
    await choose(name, stored);
    await expect.poll(() => chrome(app)).toBe(around[stored]);

    // Started again, the desktop's window knows only what its host says; a browser's what it has kept.
    if (stored === 'dark' && app.host.electron !== null) {
      await app.relaunch();
      await app.page.evaluate(() => localStorage.clear());
    }
    const { page } = app;
    await page.emulateMedia({ colorScheme: system });
    await page.addInitScript(noteThemes);
    await page.reload();
    await expect(grid(page).getByRole('row').nth(5)).toBeVisible();
    await expect.poll(() => paintedThemes(page), stored).toEqual([stored]);
    await expect.poll(() => chrome(app)).toBe(around[stored]);
    expect(await colourOf(grid(page), '--bg-app')).toBe(
      stored === 'dark' ? 'rgb(18, 22, 27)' : 'rgb(243, 245, 247)',
    );
  }
});
