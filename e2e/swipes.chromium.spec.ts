import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { boxOf, roleColour, stylesOf } from './support/boxes';
import { row, toasts, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger on the screen of a page. */
async function fingerOn(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
  let at: Point = { x: 0, y: 0 };
  return {
    down: async (line: Locator) => {
      const { x, y, width, height } = await boxOf(line);
      at = { x: x + width / 2, y: y + height / 2 };
      await touch('touchStart', [at]);
    },
    /** On the way by so much, in several steps as fingers go. */
    pull: async (dx: number, dy = 0) => {
      const from = at;
      for (let step = 1; step <= 6; step += 1) {
        at = { x: from.x + (dx * step) / 6, y: from.y + (dy * step) / 6 };
        await touch('touchMove', [at]);
      }
    },
    up: () => touch('touchEnd', []),
  };
}

test('UI-028 a finger that pulls a row aside archives or deletes it, with the same undo as ever; a short pull or one up and down does nothing, and it can be switched off', async ({
  app,
  server,
  user,
  hostBrowser,
}) => {
  await startWithMail({ app, server, user }, 'Swipe', 12);
  const phone = await hostBrowser?.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  if (!phone) throw new Error('only browsers have several windows');
  const { ui } = await app.cliJson<{ ui: string }>(['link']);
  const page = await phone.newPage();
  await page.goto(ui);
  await waitForMail(page, 'Swipe 1,');
  const line = (at: number) => row(page, `Swipe ${at},`);
  // The rows listen as soon as they are known to be touched.
  await expect(line(1)).toHaveCSS('touch-action', 'pan-y pinch-zoom');
  const finger = await fingerOn(page);
  const home = await boxOf(line(3));
  const ground = page.locator('[data-action]');

  // To the end of the line: the row follows, what it uncovers says what letting go does, and takes its colour when it would.
  await finger.down(line(3));
  await finger.pull(60);
  await expect.poll(async () => (await boxOf(line(3))).x).toBe(home.x + 60);
  await expect(ground).toHaveText('Archive');
  expect(await stylesOf(ground, 'background-color')).toEqual([await roleColour(page, 'bg-sunken')]);
  expect(await boxOf(ground)).toEqual(home);
  await finger.pull(70);
  await expect.poll(() => stylesOf(ground, 'background-color')).toEqual([await roleColour(page, 'accent')]);
  await finger.up();
  await expect(line(3)).toHaveCount(0);
  await expect(ground).toHaveCount(0);
  const undo = toasts(page).getByRole('button', { name: 'Undo' });
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
  await undo.tap();
  await expect(line(3)).toBeVisible();
  expect(await boxOf(line(3))).toEqual(home);

  // To its start: deleted, and again nothing that cannot be undone.
  await finger.down(line(4));
  await finger.pull(-140);
  await expect(ground).toHaveText('Delete');
  expect(await stylesOf(ground, 'background-color')).toEqual([await roleColour(page, 'danger')]);
  await finger.up();
  await expect(line(4)).toHaveCount(0);
  await expect(toasts(page).getByText(/1 (deleted|moved to Trash)/)).toBeVisible();
  await undo.last().tap();
  await expect(line(4)).toBeVisible();

  // Too short a way, back again, and up: every row stays, and none opens.
  for (const way of [
    [[40, 0]],
    [
      [150, 0],
      [-140, 0],
    ],
    [[4, -120]],
  ] as const) {
    await finger.down(line(5));
    for (const [dx, dy] of way) await finger.pull(dx, dy);
    await finger.up();
    await expect(ground).toHaveCount(0);
    await expect(line(5)).toBeVisible();
    expect((await boxOf(line(5))).x).toBe(home.x);
  }
  await expect(page.getByRole('region', { name: 'Reading pane' })).toHaveCount(0);

  // One gesture is kept: the server gets it.
  await finger.down(line(6));
  await finger.pull(150);
  await finger.up();
  await expect(line(6)).toHaveCount(0);
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 15_000 }).toBe(1);
  expect(await server.list(user, 'Trash')).toHaveLength(0);

  // Switched off by who does not want it.
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('switch', { name: 'Swipe rows' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
  await expect(line(7)).not.toHaveCSS('touch-action', 'pan-y pinch-zoom');
  await finger.down(line(7));
  await finger.pull(150);
  await finger.up();
  await expect(line(7)).toBeVisible();
  await expect(ground).toHaveCount(0);
  await phone.close();
});
