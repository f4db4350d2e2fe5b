import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ClientFrame, ServerFrame } from '../src/shared/contract/wire';
import { expect, test } from './fixtures';
import { atRest, boxOf, roleColour, stylesOf } from './support/boxes';
import { letters } from './support/letters';
import { filled, folder, grid, listHeading, row, showFolder, waitForMail } from './support/screen';

/** Pictures of the states for people to look at, into this folder; without it none is written. */
const pictures = process.env.HOMEPORT_SCREENSHOTS;

async function look(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', colorScheme);
    await page.screenshot({
      path: join(pictures, `list-${name}-${colorScheme}.png`),
      animations: 'disabled',
    });
  }
}

/** From the next page load on the window's lists cannot be read, until the answer is called. */
async function breakLists(page: Page): Promise<() => void> {
  let broken = true;
  await page.routeWebSocket(/.*/, (window) => {
    const host = window.connectToServer();
    window.onMessage((data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      if (!broken || !('method' in frame) || frame.method !== 'lists.page') return host.send(data);
      const failure = { kind: 'internal', message: 'The database could not be read.' } as const;
      const answer: ServerFrame = { id: frame.id, reply: { ok: false, failure } };
      window.send(JSON.stringify(answer));
    });
  });
  return () => {
    broken = false;
  };
}

test('APP-062 an empty inbox, an empty folder, the first time, offline with nothing here, a list that cannot be read and a filter that leaves nothing have their own words and next step', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(120_000);
  server.fill(
    user,
    'INBOX',
    letters(3, (at) => ({ subject: `Kept ${at + 1}` })).map((mail) => ({ ...mail, flags: ['\\Seen'] })),
  );
  const { page } = app;
  const list = page.getByRole('main', { name: 'Messages' });

  // The first time: slow from the moment a mailbox is opened.
  cable.inspect = (direction, data) => {
    if (direction === 'client' && /SELECT|EXAMINE/.test(data.toString('latin1'))) cable.delayMs = 8000;
    return true;
  };
  const adding = app.addAccount();
  await expect(list.getByText('Getting your mail')).toBeVisible({ timeout: 20_000 });
  await expect(list.getByText('The newest messages appear first.')).toBeVisible();
  await look(page, 'first-time');
  await adding;

  // Offline with nothing here.
  cable.refuse(true);
  cable.inspect = null;
  cable.delayMs = 0;
  await expect(list.getByText('Not on this computer yet')).toBeVisible({ timeout: 20_000 });
  await expect(list.getByText('Older mail of this folder will be loaded when you are online.')).toBeVisible();
  await look(page, 'offline');
  cable.refuse(false);
  await list.getByRole('button', { name: 'Load when online' }).click();
  await waitForMail(page, 'Kept 1,');

  // A list that cannot be read: in the words of what failed, and trying again helps.
  const mend = await breakLists(page);
  await page.reload();
  await expect(list.getByText('This list could not be read')).toBeVisible();
  await expect(list.getByText('The database could not be read.')).toBeVisible();
  await look(page, 'failed');
  mend();
  await list.getByRole('button', { name: 'Try again' }).click();
  await waitForMail(page, 'Kept 1,');

  // A filter that leaves nothing.
  for (const [filter, words] of [
    ['Show unread only', 'No unread messages in Inbox'],
    ['Show starred only', 'No starred messages in Inbox'],
    ['Show with attachments only', 'No messages with attachments in Inbox'],
  ] as const) {
    await list.getByRole('button', { name: /^Filter:/ }).click();
    await page.getByRole('menuitemradio', { name: filter }).click();
    await expect(list.getByText(words)).toBeVisible();
    await expect(list.getByText('The filter hides 3 conversations.')).toBeVisible();
    await look(page, `no-${filter.toLowerCase().replaceAll(' ', '-')}`);
    await list.getByRole('button', { name: 'Show all', exact: true }).click();
    await expect(row(page, 'Kept 1,')).toBeVisible();
  }

  // An empty folder, filtered or not: there is nothing to show again.
  await showFolder(page, 'Junk');
  await expect(list.getByText('No messages here')).toBeVisible();
  await look(page, 'empty-folder');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('show unread only');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: 'Unread: show all again' })).toBeVisible();
  await expect(list.getByText('No messages here')).toBeVisible();

  // An empty inbox.
  await showFolder(page, 'Inbox');
  await expect(listHeading(page)).toHaveText('Inbox');
  await row(page, 'Kept 1,').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('e');
  await expect(list.getByText('All done')).toBeVisible();
  await expect(list.getByText(/Nothing in your inbox. Last checked/)).toBeVisible();
  await look(page, 'empty-inbox');
});

/** From the next page load on pages of lists can be kept waiting, and come when they are let go. */
async function slowLists(page: Page) {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/.*/, (window) => {
    const host = window.connectToServer();
    window.onMessage((data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      if (held === null || !('method' in frame) || frame.method !== 'lists.page') host.send(data);
      else held.push(() => host.send(data));
    });
  });
  return {
    hold: () => {
      held = [];
    },
    letGo: () => {
      for (const send of held ?? []) send();
      held = null;
    },
  };
}

test('UI-027 rows on their way are two quiet bars in the place of what comes, and only from 100 ms on', async ({
  app,
}) => {
  test.setTimeout(120_000);
  await app.addSample(1000);
  const { page } = app;
  await filled(page);
  const lists = await slowLists(page);
  await page.reload();
  await folder(page, 'All mail').click();
  await expect(listHeading(page)).toHaveText('All mail');
  await filled(page);

  // The far end of the list, frame by frame: nothing is seen of what loads before its time, then it stands still.
  lists.hold();
  const seen = await page.evaluate(async () => {
    const frames: { ms: number; opacity: number }[] = [];
    const scroller = document
      .querySelector('[role="grid"] [role="row"]')
      ?.closest('[tabindex="-1"]:not([role="row"])');
    scroller?.scrollTo(0, scroller.scrollHeight);
    let first = 0;
    for (let at = 0; at < 600; at += 1) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const waits = document.querySelector('[role="row"][aria-label="Loading"]');
      if (waits === null) continue;
      first ||= now;
      frames.push({ ms: now - first, opacity: Number(getComputedStyle(waits).opacity) });
      if (frames.at(-1)?.opacity === 1) break;
    }
    return frames;
  });
  const early = seen.filter(({ ms }) => ms < 100);
  expect(early.length).toBeGreaterThan(0);
  expect(early.filter(({ opacity }) => opacity > 0)).toEqual([]);
  expect(seen.at(-1)?.opacity).toBe(1);
  lists.letGo();
  await expect(grid(page).getByRole('row', { name: 'Loading' })).toHaveCount(0);

  for (const look of ['Normal', 'Compact', 'Relaxed', 'Table']) {
    if (look !== 'Normal') {
      await page.getByRole('main').getByRole('button', { name: 'View' }).click();
      await page.getByRole('menuitemradio', { name: look, exact: true }).click();
      await expect(page.getByRole('menu')).toHaveCount(0);
    }
    lists.hold();
    await page.reload();
    const line = grid(page).locator('[role="row"][data-index="3"]');
    await expect(line).toHaveAccessibleName('Loading');
    await expect(line).toHaveCSS('opacity', '1');
    await atRest(page);
    const whole = await boxOf(line);
    const cells = line.getByRole('gridcell');
    await expect(cells).toHaveCount(2);
    const bars = [
      await boxOf(cells.nth(0).locator('div')),
      await boxOf(cells.nth(1).locator('div')),
    ] as const;
    for (const at of [0, 1] as const) {
      const bar = cells.nth(at).locator('div');
      expect(await stylesOf(bar, 'background-color', 'background-image', 'animation-name')).toEqual([
        await roleColour(page, 'bg-sunken'),
        'none',
        'none',
      ]);
    }
    const moving = await line.evaluate(
      (element) =>
        element.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length,
    );
    expect(moving, 'nothing shimmers').toBe(0);

    lists.letGo();
    await expect(line).not.toHaveAccessibleName('Loading');
    expect(await boxOf(line)).toEqual(whole);
    // Each bar begins where its words begin, on their line.
    const words = line.getByRole('gridcell').locator('bdi');
    const people = await boxOf(words.first());
    const subject = await boxOf(
      line
        .getByRole('gridcell')
        .nth(look === 'Table' ? 3 : 2)
        .locator('bdi')
        .first(),
    );
    for (const [bar, text] of [
      [bars[0], people],
      [bars[1], subject],
    ] as const) {
      expect(Math.abs(bar.x - text.x), look).toBeLessThanOrEqual(1);
      expect(bar.y, look).toBeGreaterThanOrEqual(text.y);
      expect(bar.y + bar.height, look).toBeLessThanOrEqual(text.y + text.height);
    }
  }
});
