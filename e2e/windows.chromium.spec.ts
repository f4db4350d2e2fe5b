import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect, test } from './fixtures';
import { boxOf } from './support/boxes';
import { letter } from './support/letters';
import { grid, pill, reader, row, waitForMail } from './support/screen';

test('APP-396 two windows see each other’s changes within 200 ms', async ({ app }) => {
  await app.addSample(60);
  const { page } = app;
  const other = await app.host.openWindow();
  await expect(page.getByRole('grid').getByRole('row').nth(5)).toBeVisible();
  await expect(other.getByRole('grid').getByRole('row').nth(5)).toBeVisible();
  // Both windows note the moment themselves: the test's own way to them takes time.
  await other.evaluate(() => {
    const rows = () => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount');
    let before = rows();
    const look = () => {
      if (rows() !== before) {
        before = rows();
        document.documentElement.dataset.seen = String(Date.now());
      }
      requestAnimationFrame(look);
    };
    look();
  });
  await page.evaluate(() => {
    const note = () => {
      document.documentElement.dataset.pressed = String(Date.now());
    };
    document.addEventListener('keydown', note, { capture: true });
  });
  const took: number[] = [];
  for (let at = 0; at < 5; at++) {
    const before = (await other.getByRole('grid').getAttribute('aria-rowcount')) ?? '';
    await page.getByRole('grid').getByRole('row').nth(1).focus();
    await page.keyboard.press('e');
    await expect(other.getByRole('grid')).not.toHaveAttribute('aria-rowcount', before);
    const pressed = await page.locator(':root').getAttribute('data-pressed');
    const seen = await other.locator(':root').getAttribute('data-seen');
    took.push(Number(seen) - Number(pressed));
  }
  expect(Math.min(...took)).toBeGreaterThan(0);
  expect(took.toSorted((a, b) => a - b)[3], `took ${took.join(', ')} ms`).toBeLessThan(200);
});

test('what the command line does and takes back appears in the window within 200 ms, by the same door', async ({
  app,
}) => {
  await app.addSample(20);
  const { page } = app;
  const { rows } = await app.cliJson<{
    rows: { id: string; subject: string; mailboxes: { role: string }[] }[];
  }>([...['list', '--mailbox', 'role:inbox', '--limit', '1']]);
  const first = rows[0];
  const subject = first?.subject ?? '';
  const id = first?.id ?? '';
  await waitForMail(page, subject);
  const starred = row(page, subject).first();
  // The window notes when the row changes; the host tells when the change was made.
  await page.evaluate((name) => {
    const isStarred = () =>
      [...document.querySelectorAll('[role="grid"] [role="row"]')].some((each) => {
        const label = each.getAttribute('aria-label') ?? '';
        return label.includes(name) && label.includes('starred');
      });
    let before = isStarred();
    const look = () => {
      if (isStarred() !== before) {
        before = !before;
        document.documentElement.dataset.seen = String(Date.now());
      }
      requestAnimationFrame(look);
    };
    look();
  }, subject);
  const seen = async () => Number(await page.locator(':root').getAttribute('data-seen'));
  const madeAt = () => {
    const db = new Database(join(app.profileDir, 'homeport.sqlite'), { readonly: true });
    const at = db.prepare('SELECT max(at) FROM change_log').pluck().get();
    db.close();
    return Number(at);
  };
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { changeIds } = await app.cliJson<{ changeIds: string[] }>([
      'mutate',
      'keyword',
      '--add',
      '$flagged',
      id,
    ]);
    await expect(starred).toHaveAccessibleName(/starred/);
    took.push((await seen()) - madeAt());
    expect(await app.cliJson(['show', id])).toMatchObject({ keywords: expect.arrayContaining(['$flagged']) });
    expect(await app.cliJson(['undo', changeIds[0] ?? ''])).toMatchObject({ restored: 1 });
    await expect(starred).not.toHaveAccessibleName(/starred/);
    took.push((await seen()) - madeAt());
  }
  expect(took.toSorted((a, b) => a - b)[4], `took ${took.join(', ')} ms`).toBeLessThan(200);
});

test('UI-001 two windows have widths of their own, and each comes back with them', async ({ app }) => {
  await app.addSample(20);
  const { page } = app;
  const other = await app.host.openWindow();
  const width = async (window: Page) => (await boxOf(window.getByRole('main', { name: 'Messages' }))).width;
  const widen = async (window: Page, times: number) => {
    await window.getByRole('separator', { name: 'Width of the list' }).focus();
    for (let n = 0; n < times; n++) await window.keyboard.press('ArrowRight');
  };
  for (const window of [page, other]) await expect.poll(() => width(window)).toBe(400);
  await widen(page, 2);
  await expect.poll(() => width(page)).toBe(432);
  await widen(other, 1);
  await expect.poll(() => width(other)).toBe(416);
  expect(await width(page)).toBe(432);
  for (const [window, own] of [
    [page, 432],
    [other, 416],
  ] as const) {
    await window.reload();
    await expect.poll(() => width(window)).toBe(own);
  }
});

test('UI-050 the panel of the pill takes the whole of a small window', async ({ app }) => {
  await app.addSample(20);
  const { page } = app;
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(grid(page)).toBeVisible();
  await pill(page).click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
});

test('a browser is asked for notifications only when they are switched on, and then shows new mail; a click opens it', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  // Where the browser shows none, what it is asked to show is what there is to see and to press.
  await page.addInitScript(() => {
    const told: Notification[] = [];
    class Told {
      static permission = 'default';
      static asked = 0;
      static async requestPermission() {
        Told.asked += 1;
        Told.permission = navigator.userActivation.isActive ? 'granted' : 'denied';
      }
      onclick: (() => void) | null = null;
      closed = false;
      readonly title: string;
      readonly options: NotificationOptions;
      constructor(title: string, options: NotificationOptions) {
        this.title = title;
        this.options = options;
        told.push(this as unknown as Notification);
      }
      close() {
        this.closed = true;
      }
    }
    Object.assign(window, { Notification: Told, told });
  });
  // The link works once: first it has to be a session.
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeVisible();
  await page.reload();
  await server.append(user, letter({ subject: 'Before' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(page, 'Before');
  const told = () =>
    page.evaluate(() =>
      (window as unknown as { told: { title: string; options: { body: string } }[] }).told.map(
        ({ title, options }) => [title, options.body.split('\n')[0]],
      ),
    );
  const asked = () => page.evaluate(() => (Notification as unknown as { asked: number }).asked);
  await server.append(user, letter({ subject: 'Not told', from: 'Ann <ann@example.org>' }));
  await waitForMail(page, 'Not told');
  expect([await asked(), await told()]).toEqual([0, []]);

  await page.keyboard.press('Control+,');
  const choice = page.getByRole('switch', { name: 'Notify about new mail' });
  await expect(choice).not.toBeChecked();
  await choice.focus();
  await page.keyboard.press('Space');
  await expect(choice).toBeChecked();
  expect(await asked()).toBe(1);
  await page.keyboard.press('Escape');
  await server.append(user, letter({ subject: 'Told', from: 'Ann <ann@example.org>' }));
  await expect.poll(told, { timeout: 20_000 }).toEqual([['Ann', 'Told']]);
  await page.evaluate(() => (window as unknown as { told: { onclick(): void }[] }).told[0]?.onclick());
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Told');
});
