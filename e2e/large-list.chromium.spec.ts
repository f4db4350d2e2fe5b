import { expect, type Page } from '@playwright/test';
import { homeportJson } from '../test/integration/homeport-process';
import { test as base } from './fixtures';
import { newProfile, removeProfile } from './support/app-host';
import { percentile, type Scrolled, scrollThrough, showPlainList } from './support/frames';
import { lengthenArchive } from './support/large-profile';
import { letters } from './support/letters';
import { folder, grid, listHeading } from './support/screen';

const ROWS = 500_000;
/** Mail that comes in while one scrolls. */
const SYNCED = 4_000;
/** Eight rows in every frame, 24,000 pixels a second: a hand at the wheel is slower. */
const SCROLL = { pixels: 400, forMs: 3_000 };
/** What an app may need of each frame and still hold 60 in a second: half of it. */
const HALF_A_FRAME_MS = 8;
/** A frame of a screen with 60 in a second. */
const FRAME_MS = 16.7;
/** APP-050: p99 of the frames. */
const LATE_MS = 20;
/** A machine at work for others as well gets as many tries to hold 60 frames once. */
const ROUNDS = 6;

/** One profile for all tests of this file: half a million conversations in the archive of a sample account. */
const test = base.extend<object, { large: { dir: string; conversations: number } }>({
  large: [
    async ({}, use) => {
      const dir = newProfile();
      const sample = ['--name', 'Sample', '--sample', '2000', '--seed', '1'];
      await homeportJson(dir, ['account', 'add', 'local', ...sample]);
      await use({ dir, conversations: lengthenArchive(dir, ROWS) });
      removeProfile(dir);
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  profileDir: async ({ large }, use) => use(large.dir),
});
test.describe.configure({ mode: 'default', timeout: 300_000 });
// Recording the screen costs the frames that are counted here.
test.use({ trace: 'off' });

const SCROLLER = '[role="grid"] > [role="rowgroup"]:last-child';
const scroller = (page: Page) => page.locator(SCROLLER);
const focused = (page: Page) => page.locator('[role="row"]:focus');
const count = async (page: Page) => Number(await grid(page).getAttribute('aria-rowcount'));

async function showLargeList(page: Page, name: string): Promise<number> {
  await folder(page, name).first().click();
  await expect(listHeading(page)).toHaveText(name);
  await expect.poll(() => count(page)).toBeGreaterThanOrEqual(ROWS);
  return count(page);
}

/** Heights of rows (ui.md section 3), and what Chromium makes no element higher than (UI-090). */
const ROW_PX = { Compact: 32, Normal: 48, Relaxed: 72 } as const;
const CLAMP_PX = 33_000_000;
const rowHeight = (page: Page) =>
  grid(page)
    .locator('[role="row"][data-index]')
    .first()
    .evaluate((row) => row.getBoundingClientRect().height);
/** What the list wants to be high: the browser gives it as much, or else its end could not be reached. */
const heightAsked = (page: Page) =>
  scroller(page).evaluate((element) =>
    Number.parseFloat((element.firstElementChild as HTMLElement).style.blockSize),
  );

const shareLate = ({ frames }: Scrolled) => frames.filter((ms) => ms > LATE_MS).length / frames.length;
const told = (what: Scrolled) =>
  `p99 ${percentile(what.frames, 0.99).toFixed(1)} ms, late ${(shareLate(what) * 100).toFixed(1)} %, ` +
  `work ${what.workPerFrame.toFixed(1)} ms a frame, longest ${what.longestTask.toFixed(1)} ms`;

/**
 * Scrolls the list in turns with a page of plain rows that only keeps itself busy for half of each frame, in another
 * window of the same browser. Where the machine lets that page have its 60 frames the list must have them; where it
 * does not, because others are at work as well, the list may be late twice as often, or by two frames more: it has more to
 * paint. In both cases no task of the list may take a whole frame of the main thread for itself.
 */
async function expectSmooth(page: Page): Promise<void> {
  const anchor = await page.context().newPage();
  const plain = await showPlainList(anchor, 3_000);
  const rounds: string[] = [];
  let smooth = false;
  for (let round = 0; round < ROUNDS && !smooth; round++) {
    await anchor.bringToFront();
    await anchor.locator(plain).evaluate((list) => list.scrollTo(0, 0));
    const least = await scrollThrough(anchor, plain, { ...SCROLL, busyMs: HALF_A_FRAME_MS });
    await page.bringToFront();
    const ours = await scrollThrough(page, SCROLLER, SCROLL);
    rounds.push(`list: ${told(ours)}; plain page: ${told(least)}`);
    expect(ours.rows, 'rows in the document').toBeGreaterThan(10);
    expect(ours.rows, 'rows in the document').toBeLessThanOrEqual(60);
    expect(ours.workPerFrame, rounds.join('\n')).toBeLessThan(FRAME_MS);
    const allowed = Math.max(0.01, 2 * shareLate(least), shareLate(least) + 2 / ours.frames.length);
    smooth = ours.longestTask < FRAME_MS && shareLate(ours) <= allowed;
  }
  await anchor.close();
  test.info().annotations.push({ type: 'frames', description: rounds.join('\n') });
  expect(smooth, `never smooth:\n${rounds.join('\n')}`).toBe(true);
}

test('APP-050 UI-090 half a million conversations: the true total, a scroll bar in proportion, Home and End, few rows in the document, and 60 frames a second', async ({
  app,
  large,
}) => {
  const { page } = app;
  const total = await showLargeList(page, 'Archive');
  await expect(page.getByRole('main')).toContainText(`${total.toLocaleString('en')} conversations`);
  expect(total).toBe(large.conversations);

  // Relaxed rows are higher than an element can be: there the scroll bar stands for more than its pixels.
  expect(total * ROW_PX.Relaxed).toBeGreaterThan(CLAMP_PX);
  for (const density of ['Normal', 'Relaxed', 'Compact'] as const) {
    await page.getByRole('main').getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: density, exact: true }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    const rowPx = ROW_PX[density];
    await expect.poll(() => rowHeight(page)).toBe(rowPx);
    const spacer = await scroller(page).evaluate((element) => element.scrollHeight);
    if (total * rowPx < CLAMP_PX) expect(spacer, density).toBe(total * rowPx);
    else expect(spacer, density).toBe(await heightAsked(page));
    expect(spacer, density).toBeLessThan(CLAMP_PX);
    for (const share of [0.25, 0.5, 0.9]) {
      await scroller(page).evaluate((element, at) => {
        element.scrollTop = (element.scrollHeight - element.clientHeight) * at;
      }, share);
      const first = () =>
        scroller(page).evaluate((element) => {
          const top = element.getBoundingClientRect().top;
          const rows = [...element.querySelectorAll<HTMLElement>('[role="row"]:not([aria-label="Loading"])')];
          const inView = rows.filter((row) => row.getBoundingClientRect().bottom > top);
          return Math.min(...inView.map((row) => Number(row.getAttribute('aria-rowindex'))));
        });
      await expect
        .poll(async () => Math.abs((await first()) / total - share), { message: density })
        .toBeLessThan(0.001);
      await expect(grid(page).getByRole('row', { name: 'Loading' })).toHaveCount(0);
    }
    await grid(page).locator('[role="row"][tabindex="0"]').focus();
    await page.keyboard.press('End');
    await expect(focused(page)).toHaveAttribute('aria-rowindex', String(total));
    await expect(focused(page)).toBeInViewport({ ratio: 1 });
    await expect(focused(page)).not.toHaveAccessibleName('Loading');
    await page.keyboard.press('Home');
    await expect(focused(page)).toHaveAttribute('aria-rowindex', '1');
    await expect(focused(page)).toBeInViewport({ ratio: 1 });
  }

  await page.getByRole('main').getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Normal', exact: true }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expectSmooth(page);
});

test('APP-302 at row 250,000 the grid tells its true size and the row its place, state, people, subject and time; the focus survives the row being gone', async ({
  app,
}) => {
  const { page } = app;
  const total = await showLargeList(page, 'Archive');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(total));
  const middle = 250_000;
  const at = (index: number) => grid(page).locator(`[role="row"][aria-rowindex="${index}"]`);
  await scroller(page).evaluate((element, share) => {
    element.scrollTop = element.scrollHeight * share;
  }, middle / total);
  await expect(at(middle + 2)).not.toHaveAccessibleName('Loading');
  await at(middle + 2).click();
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(middle + 2));
  const name = (await focused(page).getAttribute('aria-label')) ?? '';
  const shown = await focused(page).evaluate((row) => {
    const [, people, subject, end] = [...row.querySelectorAll('[role="gridcell"]')];
    return {
      people: people?.querySelector('bdi')?.textContent ?? '',
      subject: subject?.querySelector('bdi')?.textContent ?? '',
      time: end?.querySelector('[title]')?.getAttribute('title') ?? '',
      starred: row.querySelector('[aria-pressed="true"]') !== null,
    };
  });
  for (const part of [shown.people, shown.subject, shown.time]) expect(name).toContain(part);
  expect(name.includes('starred')).toBe(shown.starred);

  // Marked as unread, starred: the name says so.
  await page.keyboard.press('Shift+U');
  await expect(focused(page)).toHaveAccessibleName(/^unread, /);
  if (!shown.starred) await page.keyboard.press('s');
  await expect(focused(page)).toHaveAccessibleName(/^unread, starred, /);

  const indexes = await grid(page)
    .locator('[role="row"][data-index]')
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute('aria-rowindex'), row.getAttribute('data-index')]),
    );
  for (const [rowIndex, index] of indexes) expect(Number(rowIndex)).toBe(Number(index) + 1);

  await scroller(page).evaluate((element) => element.scrollTo(0, 0));
  await expect(at(1)).toBeVisible();
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(middle + 2));
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toHaveAttribute('aria-rowindex', String(middle + 3));
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
});

test('half a million conversations scroll as smoothly while a sync is writing into the same list', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(SYNCED, (at) => ({ subject: `Fresh ${at + 1}` })),
  );
  const { page } = app;
  const total = await showLargeList(page, 'All mail');
  await app.addAccount();
  await expect.poll(() => count(page)).toBeGreaterThan(total);
  await expectSmooth(page);
  await expect.poll(() => count(page), { timeout: 120_000 }).toBe(total + SYNCED);
});
