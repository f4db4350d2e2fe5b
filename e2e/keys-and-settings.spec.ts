import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { COMMANDS } from '../src/renderer/commands/catalogue';
import { readableKeys } from '../src/renderer/commands/shortcut-label';
import { WIDGET_KEYS } from '../src/shared/keyboard/own-keys';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { folders, grid, openMessage, reader, waitForMail } from './support/screen';

const at = (page: Page, index: number) => grid(page).locator(`[role="row"][data-index="${index}"]`);
const settingsOf = (page: Page) => page.getByRole('dialog', { name: 'Settings' });

test('APP-250 settings are searched, grouped, each with one sentence; a change applies at once and can be undone', async ({
  app,
}) => {
  await app.addSample(20);
  const { page } = app;
  await expect(at(page, 5)).toBeVisible();
  await page.keyboard.press('Control+,');
  const settings = settingsOf(page);
  await expect(settings.getByRole('region')).not.toHaveCount(0);
  const groups = await settings.getByRole('heading', { level: 3 }).allInnerTexts();
  expect(groups).toEqual(expect.arrayContaining(['Appearance', 'Reading', 'Keyboard', 'Accounts']));
  const words = await settings.locator('p[class*="label"]').count();
  const sentences = await settings.locator('p[class*="label"] + p').allInnerTexts();
  expect(sentences).toHaveLength(words);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);

  await settings.getByRole('searchbox', { name: 'Search settings' }).fill('height of rows');
  await settings.getByRole('searchbox', { name: 'Search settings' }).fill('densi');
  await expect(settings.getByText('Density', { exact: true })).toBeVisible();
  await expect(settings.getByText('Mark as read', { exact: true })).toHaveCount(0);
  await settings.getByRole('button', { name: /Density/ }).click();
  await page.getByRole('option', { name: 'Relaxed' }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'relaxed');
  await expect.poll(async () => (await at(page, 0).boundingBox())?.height).toBe(72);
  await settings.getByRole('button', { name: 'Undo last change' }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'normal');
});

test('APP-251 all settings are one JSON text: out, in again, reset by group, and what is not known survives', async ({
  app,
}) => {
  await app.addSample(20);
  let { page } = app;
  await expect(at(page, 5)).toBeVisible();
  const open = async () => {
    await page.keyboard.press('Control+,');
    const settings = settingsOf(page);
    const text = settings.getByRole('textbox', { name: 'All settings as text' });
    const read = async () => JSON.parse(await text.inputValue()) as Record<string, unknown>;
    return { settings, text, read };
  };
  let { settings, text, read } = await open();
  const before = await read();
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining([
      'theme',
      'density',
      'layout',
      'markReadAfterMs',
      'afterArchive',
      'singleKeyShortcuts',
    ]),
  );
  await text.fill(
    JSON.stringify({ ...before, density: 'compact', afterArchive: 'list', fromTheFuture: { a: [1] } }),
  );
  await settings.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'compact');
  await settings.getByRole('button', { name: 'Reset Appearance' }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'normal');
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  page = await app.relaunch();
  await expect(at(page, 5)).toBeVisible();
  ({ settings, text, read } = await open());
  await expect
    .poll(read)
    .toMatchObject({ density: 'normal', afterArchive: 'list', fromTheFuture: { a: [1] } });
  await text.fill('{ not json');
  await settings.getByRole('button', { name: 'Apply' }).click();
  await expect(settings.getByText('This is not a settings text')).toBeVisible();
});

test('APP-254 the shortcut sheet shows every command of the registry that has a key, with its keys', async ({
  app,
}) => {
  await app.addSample(5);
  const { page } = app;
  await at(page, 0).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  const shown = await sheet
    .locator('dl > div')
    .evaluateAll((rows) => rows.map((each) => each.textContent?.replaceAll(/\s/g, '') ?? ''));
  // The registry's keys, and what lists do by themselves.
  const wanted = COMMANDS.map(({ id, title, keys }) => ({
    title,
    keys: [...keys, WIDGET_KEYS[id] ?? []].flat(),
  }))
    .filter(({ keys }) => keys.length > 0)
    .map(({ title, keys }) =>
      [title, ...keys.map((key) => readableKeys(key, false))].join('').replaceAll(/\s/g, ''),
    );
  expect(wanted.length).toBeGreaterThan(35);
  expect(shown.map((each) => each.replaceAll('+', '')).toSorted()).toEqual(
    wanted.map((each) => each.replaceAll('+', '')).toSorted(),
  );
});

test('APP-303 the focus goes round the panes and comes back to its row after dialogs, shown by a ring and never under sticky parts', async ({
  app,
}) => {
  await app.addSample(200);
  const { page } = app;
  await expect(at(page, 9)).toBeVisible();
  // The list follows the sample a few times a second; the row is looked at when it has come to rest.
  let seen: string | null = null;
  await expect
    .poll(
      async () => {
        const before = seen;
        seen = await at(page, 3).getAttribute('aria-label');
        return seen !== null && seen === before;
      },
      { intervals: [700] },
    )
    .toBe(true);
  await at(page, 3).focus();
  const home = await page.locator('[role="row"]:focus').getAttribute('aria-label');
  const region = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region);
  const round: (string | undefined)[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await page.keyboard.press('F6');
    round.push(await region());
  }
  expect(round).toEqual(['reader', 'top-bar', 'sidebar', 'list']);
  await expect(page.locator('[role="row"]:focus')).toHaveAccessibleName(home ?? '');
  await page.keyboard.press('Shift+F6');
  expect(await region()).toBe('sidebar');
  await page.keyboard.press('F6');
  for (const [key, role] of [
    ['Control+K', 'dialog'],
    ['Control+,', 'dialog'],
    ['?', 'dialog'],
    ['v', 'dialog'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole(role)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toHaveCount(0);
    await expect(page.locator('[role="row"]:focus'), key).toHaveAccessibleName(home ?? '');
  }
  // Every stop of Tab has a visible ring and is not covered by anything.
  await page.keyboard.press('Shift+F6');
  for (let stop = 0; stop < 25; stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body || element.tagName === 'IFRAME')
        return null;
      // A field wears its ring on the box around it, icons included.
      const own = getComputedStyle(element);
      let wrapper = element.parentElement;
      while (wrapper && getComputedStyle(wrapper).display === 'contents') wrapper = wrapper.parentElement;
      const around = wrapper && getComputedStyle(wrapper);
      const style = own.outlineStyle === 'none' && around ? around : own;
      const box = element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return {
        what: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`,
        ring: Number.parseFloat(style.outlineWidth),
        line: style.outlineStyle,
        role: element.getAttribute('role'),
        covered: top !== null && !element.contains(top) && !top.contains(element),
      };
    });
    if (seen === null) continue;
    expect(seen.covered, seen.what).toBe(false);
    expect(seen.line, seen.what).not.toBe('none');
    if (seen.role !== 'separator') expect(seen.ring, seen.what).toBeGreaterThanOrEqual(2);
  }
  await at(page, 3).focus();
  for (let turn = 0; turn < 40; turn++) {
    await page.keyboard.press('ArrowDown');
    const covered = await page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      const list = document.querySelector('[role="grid"]')?.getBoundingClientRect();
      return !box || !list || box.top < list.top - 1 || box.bottom > list.bottom + 1;
    });
    expect(covered).toBe(false);
  }
});

test('the message frame is no trap: Escape and Tab leave it', async ({ app, server, user }) => {
  await server.append(
    user,
    (await import('./support/letters')).letter({
      subject: 'Framed',
      html: '<p><a href="https://example.com">Link</a></p>',
    }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Framed');
  await openMessage(page, 'Framed');
  const frame = page.locator('iframe[title^="Message from"]');
  await frame.contentFrame().getByText('Link').focus();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
  await frame.contentFrame().getByText('Link').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
});

test('APP-306 at 320 pixels there is one pane, everything is reachable, and nothing scrolls in two directions', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(20, (index) => ({ subject: `A rather long subject of letter ${index + 1}` })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  // 1280 x 1024 at 400 % is 320 x 256; text of 200 % on a phone is the same as half its width.
  for (const [width, height] of [
    [320, 640],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(at(page, 0)).toBeVisible();
    const sideways = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('body *')]
          .filter((element) => {
            const { overflowX } = getComputedStyle(element);
            return (
              (overflowX === 'auto' || overflowX === 'scroll') &&
              element.scrollWidth > element.clientWidth + 1
            );
          })
          .map((element) => element.className)
          .concat(document.documentElement.scrollWidth > window.innerWidth ? ['page'] : []),
      );
    expect(await sideways(), 'list').toEqual([]);
    await expect(reader(page)).toHaveCount(0);
    await at(page, 2).click();
    await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();
    await expect(grid(page)).toBeHidden();
    await expect(
      reader(page)
        .getByText(/This is the text of/)
        .first(),
    ).toBeAttached();
    expect(await sideways(), 'reader').toEqual([]);
    await reader(page).getByRole('button', { name: /Back/ }).click();
    await expect(at(page, 2)).toBeVisible();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(folders(page)).toBeVisible();
    expect(await sideways(), 'folders').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(folders(page)).toBeHidden();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Search mail' })).toBeFocused();
    await page.keyboard.type('text');
    await expect(page.getByRole('group', { name: 'Where to search' })).toBeVisible();
    expect(await sideways(), 'search').toEqual([]);
    await page.getByRole('button', { name: 'Search by form' }).click();
    await expect(page.getByRole('dialog', { name: 'Search by form' })).toBeVisible();
    expect(await sideways(), 'search form').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('banner').getByRole('button', { name: 'Clear search' }).click();
    await expect(at(page, 2)).toBeVisible();
    for (const key of ['Control+,', '?', 'v', 'Control+K']) {
      await at(page, 2).focus();
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await sideways(), key).toEqual([]);
      const box = await page.getByRole('dialog').boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width, key).toBe(true);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Up to date|Syncing/ })
      .click();
    await expect(page.getByRole('dialog', { name: 'Sync activity' })).toBeVisible();
    expect(await sideways(), 'sync').toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test('APP-348 what the window loads at the start is at most 450 KB compressed', () => {
  const root = join(import.meta.dirname, '../out/renderer');
  const html = readFileSync(join(root, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
  expect(first.length).toBeGreaterThan(1);
  // With everything those import at once.
  const all = new Set(first);
  for (const file of all) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      all.add(`assets/${name}`);
  }
  const bytes = [...all].reduce((sum, file) => sum + gzipSync(readFileSync(join(root, file))).length, 0);
  expect(readdirSync(join(root, 'assets')).length).toBeGreaterThan(0);
  expect(bytes / 1000, [...all].join(', ')).toBeLessThanOrEqual(450);
});
