import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { bottomOf, boxOf, rightOf, stylesOf } from './support/boxes';
import { letters } from './support/letters';
import { folders, grid, listHeading, messageFrame, reader, row, waitForMail } from './support/screen';

const LONG = 'One reads lines that are neither too short nor too long with the least effort. ';
const list = (page: Page): Locator => page.getByRole('main', { name: 'Messages' });
const sidebar = (page: Page): Locator => page.getByRole('navigation', { name: 'Folders' });

/** The width of so many digits in the type that long text is read in. */
const widthOf = (page: Page, characters: number) =>
  page.evaluate((count) => {
    const probe = document.createElement('div');
    probe.style.font = 'var(--type-reading)';
    probe.style.position = 'absolute';
    probe.style.inlineSize = `${count}ch`;
    document.body.append(probe);
    const { width } = probe.getBoundingClientRect();
    probe.remove();
    return width;
  }, characters);

test('UI-002 UI-007 three panes, a rail, one pane with a way back, a bar at the bottom; the reader has 24 or 16 px of margin, cards with hairlines, an answer field at the bottom and lines that can be read', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  const id = `wide-${user.name}`;
  server.fill(
    user,
    'INBOX',
    letters(4, (at) => ({
      subject: at === 3 ? 'Another' : at === 2 ? 'Widths' : 'Re: Widths',
      text: LONG.repeat(60),
      ...(at === 1 && { html: `<p>${LONG.repeat(60)}</p>` }),
      ...(at === 2 ? { id } : { ...(at < 2 && { inReplyTo: id }) }),
    })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Widths');
  const thread = row(page, 'Widths');
  const back = page.getByRole('button', { name: 'Back to the list' });
  const resize = async (width: number) => {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
  };
  await thread.click();
  await expect(reader(page).getByRole('article')).toHaveCount(3);

  for (const width of [1440, 1200]) {
    await resize(width);
    await expect.poll(async () => (await boxOf(sidebar(page))).width).toBe(240);
    await expect(page.getByRole('separator')).toHaveCount(2);
    expect((await boxOf(list(page))).width).toBe(400);
    expect(rightOf(await boxOf(reader(page)))).toBe(width);
  }
  await readerColumn(page, 24);

  for (const width of [1199, 900]) {
    await resize(width);
    await expect.poll(async () => (await boxOf(sidebar(page))).width).toBe(56);
    await expect(folders(page).getByRole('treeitem', { name: /^Inbox/ })).toBeVisible();
    await expect(folders(page).getByText('Inbox')).toBeHidden();
    expect((await boxOf(list(page))).x).toBe(56);
    const { x, width: wide } = await boxOf(reader(page));
    expect(x).toBeGreaterThan(56 + 300);
    expect(wide).toBeGreaterThanOrEqual(420);
  }
  await page.getByRole('button', { name: 'Show folders' }).click();
  await expect(page.getByRole('dialog', { name: 'Folders' }).getByText('Archive')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  for (const width of [899, 600]) {
    await resize(width);
    await expect(list(page)).toBeHidden();
    expect(await boxOf(reader(page))).toMatchObject({ x: 56, width: width - 56 });
    await readerColumn(page, 16);
    await back.click();
    await expect(reader(page)).toHaveCount(0);
    expect(await boxOf(list(page))).toMatchObject({ x: 56, width: width - 56 });
    expect((await boxOf(sidebar(page))).width).toBe(56);
    await thread.click();
    await expect(reader(page).getByRole('article')).toHaveCount(3);
  }

  await resize(599);
  const bar = page.getByRole('navigation', { name: 'Views' });
  await expect(bar.getByRole('button')).toHaveText(['Inbox', 'Search', 'Compose', 'More']);
  expect(await boxOf(bar)).toMatchObject({ x: 0, width: 599 });
  expect(bottomOf(await boxOf(bar))).toBe(800);
  await expect(sidebar(page)).toHaveCount(0);
  await expect(list(page)).toBeHidden();
  expect((await boxOf(reader(page))).width).toBe(599);
  await bar.getByRole('button', { name: 'More' }).click();
  await page
    .getByRole('dialog', { name: 'Folders' })
    .getByRole('treeitem', { name: /^Sent/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(listHeading(page)).toHaveText('Sent');
  await bar.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('combobox', { name: 'Search mail' })).toBeFocused();
  await bar.getByRole('button', { name: 'Inbox' }).click();
  await expect(listHeading(page)).toHaveText('Inbox');
  await expect(reader(page)).toHaveCount(0);
  expect((await boxOf(grid(page))).width).toBe(599);
  await bar.getByRole('button', { name: 'Compose' }).click();
  await expect(page.getByRole('textbox', { name: 'Subject' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await thread.click();
  await expect(reader(page).getByRole('article')).toHaveCount(3);

  await resize(2200);
  const most = await widthOf(page, 76);
  const words = reader(page).getByText(LONG.trim()).last();
  await expect.poll(async () => (await boxOf(words)).width).toBeLessThanOrEqual(most);
  await reader(page).getByRole('article').nth(1).getByRole('button').first().click();
  await expect(messageFrame(page).getByText(LONG.trim())).toBeVisible();
  expect((await boxOf(page.locator('iframe[title^="Message from"]'))).width).toBeLessThanOrEqual(most);
  const pane = await boxOf(reader(page));
  const column = await boxOf(reader(page).getByRole('article').first());
  const margins = [column.x - pane.x, rightOf(pane) - rightOf(column)] as const;
  expect(margins[0]).toBeGreaterThan(200);
  // A scroll bar may stand at one side.
  expect(Math.abs(margins[0] - margins[1])).toBeLessThanOrEqual(16);
});

/** UI-007: margins, cards over the whole width with a hairline between, and the answer field at the lower edge. */
async function readerColumn(page: Page, margin: number): Promise<void> {
  const pane = await boxOf(reader(page));
  const subject = await boxOf(reader(page).getByRole('heading', { level: 2 }));
  expect(subject.x - pane.x).toBe(margin);
  const scroller = reader(page).locator('[data-reader-scroll]');
  const inner = await scroller.evaluate((element) => element.clientWidth);
  const cards = await reader(page).getByRole('article').all();
  for (const [at, card] of cards.entries()) {
    expect(await boxOf(card)).toMatchObject({ x: pane.x + margin, width: inner - 2 * margin });
    const lines = await stylesOf(card, 'border-top-width', 'border-bottom-width');
    expect(lines).toEqual(['0px', at === cards.length - 1 ? '0px' : '1px']);
  }
  const reply = reader(page).getByRole('region', { name: 'Quick reply' });
  for (const end of [0, 1e6]) {
    await scroller.evaluate((element, top) => element.scrollTo(0, top), end);
    await expect.poll(async () => bottomOf(await boxOf(reply))).toBe(bottomOf(pane));
    expect((await boxOf(reply)).height).toBe(48);
  }
}
