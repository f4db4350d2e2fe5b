import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { atRest, bottomOf, boxOf, rightOf, roleColour, stylesOf } from './support/boxes';
import { filled, folders, grid, openMessage, reader } from './support/screen';

const list = (page: Page): Locator => page.getByRole('main', { name: 'Messages' });
const splitter = (page: Page, name: string): Locator => page.getByRole('separator', { name });

test('UI-001 three panes with splitters of 1 px that 9 px can grab; arrows move by 16, a double click resets, and the window comes back with its widths', async ({
  app,
}) => {
  await app.addSample(30);
  let { page } = app;
  await filled(page);
  const panes = async () => {
    const [tree, middle, right] = [
      await boxOf(page.getByRole('navigation', { name: 'Folders' })),
      await boxOf(list(page)),
      await boxOf(reader(page)),
    ];
    expect([middle.x - rightOf(tree), right.x - rightOf(middle)], 'a splitter between each two').toEqual([
      1, 1,
    ]);
    expect([tree.y, tree.height]).toEqual([right.y, right.height]);
    return [tree.width, middle.width];
  };
  expect(await panes()).toEqual([240, 400]);

  for (const [at, name, begin] of [
    [0, 'Width of the folders', 240],
    [1, 'Width of the list', 400],
  ] as const) {
    const bar = splitter(page, name);
    const { x, y, width, height } = await boxOf(bar);
    expect(width).toBe(1);
    // Of eleven pixels around it the nine in the middle are its own.
    const grabbed = await bar.evaluate(
      (element, middle) => {
        const hits = Array.from({ length: 11 }, (_, n) => n - 5).map(
          (off) => document.elementFromPoint(middle.x + off, middle.y) === element,
        );
        return hits.map(Number).join('');
      },
      { x, y: y + height / 2 },
    );
    expect(grabbed).toBe('01111111110');
    const now = async () => (await panes())[at];

    await bar.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(now).toBe(begin + 16);
    await expect(bar).toHaveAttribute('aria-valuenow', String(begin + 16));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(now).toBe(begin - 16);

    // Dragged by the outermost of its pixels.
    const from = await boxOf(bar);
    await page.mouse.move(from.x - 3.5, from.y + 200);
    await page.mouse.down();
    await page.mouse.move(from.x + 26.5, from.y + 220, { steps: 5 });
    await page.mouse.up();
    await expect.poll(now).toBe(begin + 14);
    await page.mouse.dblclick((await boxOf(bar)).x + 0.5, from.y + 220);
    await expect.poll(now).toBe(begin);
  }

  await splitter(page, 'Width of the folders').focus();
  await page.keyboard.press('ArrowRight');
  await splitter(page, 'Width of the list').focus();
  await page.keyboard.press('End');
  await expect.poll(panes).toEqual([256, 560]);
  await page.reload();
  await expect.poll(panes).toEqual([256, 560]);
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  page = await app.relaunch();
  await expect.poll(panes).toEqual([256, 560]);
});

test('UI-008 dialogs are 480, 640 or 800 wide and at most 80 % high, with their actions at the right and the primary one last; Escape closes them, and one never lies over another', async ({
  app,
}) => {
  await app.addSample(60);
  const { page } = app;
  await filled(page);
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const first = grid(page).locator('[role="row"][data-index="0"]');
  const isDialog = async (shown: Locator, width: number) => {
    await expect(page.getByRole('dialog')).toHaveCount(1);
    await atRest(page);
    const { x, y, width: wide, height } = await boxOf(shown);
    // With the hairline that forced colours make visible.
    expect(wide + 2).toBe(width);
    expect(Math.abs(x - (1440 - wide) / 2), 'in the middle').toBeLessThanOrEqual(1);
    expect(height + 2).toBeLessThanOrEqual(0.8 * 900);
    expect(y).toBeGreaterThan(0);
    const title = shown.getByRole('heading', { level: 2 });
    expect(await stylesOf(title, 'font-size', 'line-height', 'font-weight')).toEqual(['16px', '24px', '600']);
    return { right: x + wide, height: height + 2 };
  };
  const isClosedByEscape = async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };

  await first.focus();
  await page.keyboard.press('v');
  await isDialog(dialog('Move to folder'), 480);
  await isClosedByEscape();
  await page.keyboard.press('Control+K');
  await dialog('Command palette').getByRole('combobox').fill('show waiting changes');
  await page.keyboard.press('Enter');
  await isDialog(dialog('Changes'), 640);
  await isClosedByEscape();

  await folders(page).getByRole('treeitem', { name: 'Sample' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder' }).click();
  const folder = dialog('New folder');
  const { right } = await isDialog(folder, 480);
  const [cancel, create] = [
    await boxOf(folder.getByRole('button', { name: 'Cancel' })),
    await boxOf(folder.getByRole('button', { name: 'Create' })),
  ];
  expect([rightOf(create), cancel.y], 'at the right, in one line').toEqual([right - 24, create.y]);
  expect(cancel.x).toBeLessThan(create.x);
  const ground = (name: string) => stylesOf(folder.getByRole('button', { name }), 'background-color');
  expect(await ground('Create')).toEqual([await roleColour(page, 'accent')]);
  expect(await ground('Cancel')).not.toEqual(await ground('Create'));
  await isClosedByEscape();

  // What a message brings along gives way to what is opened over the whole window, by key or by the program.
  await openMessage(page, 'Drawings and photos for the workshop');
  await reader(page).getByRole('button', { name: 'Preview Hall.png' }).click();
  const preview = dialog('Hall.png');
  expect((await isDialog(preview, 800)).height, 'all the room there is').toBeGreaterThan(0.75 * 900);
  await page.keyboard.press('Control+K');
  await expect(dialog('Command palette')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await dialog('Command palette').getByRole('combobox').fill('settings');
  await page.keyboard.press('Enter');
  expect((await isDialog(dialog('Settings'), 800)).height, 'as high as may be').toBeGreaterThan(0.75 * 900);
  await isClosedByEscape();
});

test('UI-003 the reading pane beside the list, below a table of the whole width, or nowhere: then a message opens as a page with a way back', async ({
  app,
}) => {
  await app.addSample(30);
  let { page } = app;
  await filled(page);
  const choose = async (item: string) => {
    await list(page).getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: item, exact: true }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  const line = () => grid(page).locator('[role="row"][data-index="2"]');
  await line().click();
  await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();

  await choose('Below the list');
  await expect.poll(async () => (await boxOf(list(page))).width).toBe(1440 - 241);
  await expect(grid(page).getByRole('columnheader', { name: 'Subject' })).toBeVisible();
  const table = await boxOf(list(page));
  expect(await boxOf(reader(page))).toMatchObject({ x: table.x, width: table.width, y: bottomOf(table) });
  await expect(page.getByRole('separator')).toHaveCount(1);

  await choose('Off');
  await expect(reader(page)).toHaveCount(0);
  expect(bottomOf(await boxOf(list(page)))).toBe(900);
  // Going through the list opens nothing, Enter and a click do.
  await line().focus();
  await page.keyboard.press('j');
  await expect(reader(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(list(page)).toBeHidden();
  expect(await boxOf(reader(page))).toEqual({ x: table.x, y: 48, width: table.width, height: 900 - 48 });
  await reader(page).getByRole('button', { name: 'Back to the list' }).click();
  await expect(list(page)).toBeVisible();
  await choose('Rows');
  expect((await boxOf(list(page))).width).toBe(1440 - 241);
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  page = await app.relaunch();
  await expect(line()).toBeVisible();
  await expect(reader(page)).toHaveCount(0);
  await choose('Beside the list');
  await expect(reader(page)).toBeVisible();
  expect((await boxOf(list(page))).width).toBe(400);
});
