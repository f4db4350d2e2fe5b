import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** Where things are on the screen, by role and name as people and screen readers find them. */
export const grid = (page: Page): Locator => page.getByRole('grid');
export const listHeading = (page: Page): Locator =>
  page.getByRole('main', { name: 'Messages' }).getByRole('heading', { level: 1 });
export const reader = (page: Page): Locator => page.getByRole('region', { name: 'Reading pane' });
export const folders = (page: Page): Locator => page.getByRole('tree', { name: 'Folders' });
export const pill = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { expanded: false }).first();
export const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Notifications' });

export function row(page: Page, subject: string): Locator {
  return grid(page).getByRole('row', { name: subject });
}

/** A window of its own loads the whole page, which takes its time on a busy machine. */
export const NEW_WINDOW = { timeout: 20_000 } as const;

/** A line of the folder tree by the beginning of its name. */
export function folder(page: Page, name: string): Locator {
  return folders(page).getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) });
}

/** The folder below an account, where a smart list has the same name. */
export function accountFolder(page: Page, name: string): Locator {
  return folders(page)
    .locator('[aria-level="2"]')
    .and(page.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) }));
}

export async function showFolder(page: Page, name: string): Promise<void> {
  await accountFolder(page, name).click();
  await expect(listHeading(page)).toHaveText(name);
}

export async function openMessage(page: Page, subject: string): Promise<void> {
  await row(page, subject).getByText(subject, { exact: false }).first().click();
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText(subject);
}

/** The document of an open HTML message. */
export function messageFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe[title^="Message from"]');
}

export async function waitForMail(page: Page, subject: string): Promise<void> {
  await expect(row(page, subject)).toBeVisible({ timeout: 15_000 });
}

/** Generated mail comes in turns: waits until the list has stopped growing. */
export async function filled(page: Page): Promise<void> {
  await expect(grid(page).locator('[role="row"][data-index="9"]')).toBeVisible();
  const total = () => grid(page).getAttribute('aria-rowcount');
  await expect
    .poll(async () => {
      const before = await total();
      await page.waitForTimeout(700);
      return (await total()) === before;
    })
    .toBe(true);
}

/** Moves a message by the keyboard: `name` is the beginning of the folder's. */
export async function moveTo(page: Page, subject: string, name: string): Promise<void> {
  await row(page, subject).focus();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to folder' });
  await dialog.getByRole('combobox').fill(name);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}
