import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { moveTo, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const pill = (page: Page, name: string | RegExp) => page.getByRole('banner').getByRole('button', { name });

async function archive(page: Page, subject: string): Promise<void> {
  await row(page, subject).focus();
  await page.keyboard.press('e');
  await expect(row(page, subject)).toHaveCount(0);
}

test('UI-051 toasts: where, how wide, how many, how long, held by pointer, focus and a hidden window; failures stay; F8', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(180_000);
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Toast', 30);
  await other.mailboxDelete('Projects');
  await other.logout();
  cable.refuse(true);
  const { page } = app;
  const corner = toasts(page);
  const cards = corner.getByRole('status').or(corner.getByRole('alert'));
  await page.mouse.move(900, 500);

  await row(page, 'Toast 1,').focus();
  await page.keyboard.press('x');
  for (let at = 0; at < 11; at++) await page.keyboard.press('Shift+J');
  await page.keyboard.press('e');
  const twelve = cards.filter({ hasText: '12 archived' });
  await expect(twelve.getByRole('button', { name: 'Undo' })).toBeVisible();
  const { height } = await page.evaluate(() => ({ height: innerHeight }));
  // It arrives with a small movement; where it comes to rest counts.
  await expect
    .poll(async () => {
      const box = await twelve.boundingBox();
      return box && { x: box.x, width: box.width, bottom: Math.round(box.y + box.height) };
    })
    .toEqual({ x: 16, width: 400, bottom: height - 16 });

  // Held by the pointer, by focus, and while nobody can see the window; afterwards the 10 s begin anew.
  await twelve.hover();
  await page.waitForTimeout(11_000);
  await expect(twelve).toBeVisible();
  await page.mouse.move(900, 500);
  await row(page, 'Toast 20,').focus();
  await page.keyboard.press('F8');
  await expect(twelve.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.waitForTimeout(11_000);
  await expect(twelve).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, 'Toast 20,')).toBeFocused();
  const setHidden = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await setHidden(true);
  await page.waitForTimeout(11_000);
  await expect(twelve).toBeVisible();
  await setHidden(false);
  const from = Date.now();
  await expect(twelve).toHaveCount(0, { timeout: 20_000 });
  expect(Date.now() - from).toBeGreaterThan(9_000);

  for (const at of [13, 14, 15, 16]) await archive(page, `Toast ${at},`);
  await expect(cards).toHaveCount(3);

  // Failures stay, fold when there are many, and never take the place of what can be undone.
  for (const at of [17, 18, 19, 20]) await moveTo(page, `Toast ${at},`, 'Proj');
  cable.refuse(false);
  await expect(pill(page, '4 changes need attention')).toBeVisible({ timeout: 40_000 });
  await expect(corner.getByRole('alert')).toHaveCount(3, { timeout: 20_000 });
  await expect(corner.getByText('and 1 older failure')).toBeVisible();
  await archive(page, 'Toast 21,');
  const one = cards.filter({ hasText: '1 archived' });
  await expect(one.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(cards).toHaveCount(3);
  await one.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Toast 21,')).toBeVisible();
  await page.mouse.move(900, 500);
  await expect(corner.getByRole('status')).toHaveCount(0, { timeout: 20_000 });
  await expect(corner.getByRole('alert')).toHaveCount(3);
  await corner.getByRole('button', { name: 'Close all failures' }).click();
  await expect(cards).toHaveCount(0);
});

test('UI-050 the pill is an icon and words, red only when something is wanted, and opens the panel, 420 wide', async ({
  app,
  server,
  user,
  cable,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Pill', 6);
  const { page } = app;
  const danger = await page.evaluate(() => {
    const probe = document.createElement('i');
    probe.style.color = 'var(--danger)';
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  const is = async (name: string | RegExp, isRed: boolean) => {
    const shown = pill(page, name);
    await expect(shown).toBeVisible({ timeout: 30_000 });
    await expect(shown.locator('svg')).toBeVisible();
    const colour = await shown.evaluate((each) => getComputedStyle(each).color);
    expect(colour === danger, String(name)).toBe(isRed);
  };
  await is(/^Up to date - \d{1,2}:\d\d/, false);
  await pill(page, /^Up to date/).click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await expect.poll(async () => (await panel.boundingBox())?.width).toBeCloseTo(420, -1);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  cable.delayMs = 400;
  await page.keyboard.press('F5');
  await is(/^Syncing/, false);
  cable.delayMs = 0;
  cable.refuse(true);
  await is('Offline', false);
  for (const at of [1, 2, 3, 4]) await archive(page, `Pill ${at},`);
  await is('Offline - 4 changes waiting', false);
  await moveTo(page, 'Pill 5,', 'Proj');
  await moveTo(page, 'Pill 6,', 'Proj');
  await other.mailboxDelete('Projects');
  await other.logout();
  cable.refuse(false);
  await is('2 changes need attention', true);
  server.setPassword(user, 'another');
  cable.cut();
  await is('Sign-in needed', true);
});
