import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { colourOf, style } from './support/measure';
import { grid, pill, row, toasts } from './support/screen';

const at = (page: Page, index: number) => grid(page).locator(`[role="row"][data-index="${index}"]`);

test('APP-309 UI-042 reduced motion, more contrast and forced colours are honoured', async ({ app }) => {
  await app.addSample(30);
  const { page } = app;
  await expect(at(page, 5)).toBeVisible();
  const token = (name: string) =>
    page.evaluate(
      (property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim(),
      name,
    );
  const [border, muted] = [await token('--border'), await token('--text-muted')];
  await page.emulateMedia({ contrast: 'more' });
  expect(await token('--border')).toBe(await token('--border-strong'));
  expect(await token('--text-muted')).toBe(await token('--text-secondary'));
  expect([await token('--border'), await token('--text-muted')]).not.toEqual([border, muted]);
  await at(page, 1).focus();
  await page.keyboard.press('ArrowDown');
  expect(await at(page, 2).evaluate((each) => getComputedStyle(each).outlineWidth)).toBe('3px');
  const header = page.getByRole('main').locator('header').first();
  expect(await style(header, 'border-bottom-color')).toBe(await colourOf(header, '--border-strong'));
  await page.keyboard.press('Shift+Tab');
  const focused = page.locator(':focus-visible');
  await expect(focused).not.toHaveRole('row');
  expect(await style(focused, 'outline-width')).toBe('3px');
  await page.emulateMedia({ contrast: null });

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  const longest = await page.evaluate(() =>
    Math.max(
      0,
      ...document.getAnimations().flatMap((animation) => {
        const effect = animation.effect as KeyframeEffect;
        const moves = effect
          .getKeyframes()
          .some((frame) => 'transform' in frame && frame.transform !== 'none');
        return moves ? [Number.POSITIVE_INFINITY] : [Number(effect.getComputedTiming().duration)];
      }),
    ),
  );
  expect(longest).toBeLessThanOrEqual(80);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.emulateMedia({ forcedColors: 'active' });
  await at(page, 2).focus();
  await page.keyboard.press('x');
  const colours = await at(page, 2).evaluate((each) => {
    const probe = document.createElement('i');
    probe.style.cssText = 'background: Highlight; color: HighlightText; forced-color-adjust: none';
    document.body.append(probe);
    const wanted = getComputedStyle(probe);
    const got = getComputedStyle(each);
    const same = wanted.backgroundColor === got.backgroundColor && wanted.color === got.color;
    probe.remove();
    return same;
  });
  expect(colours, 'a ticked row has the colours of a selection').toBe(true);
  await page.getByRole('main').getByRole('button', { name: /^Sort/ }).click();
  const edge = await page.getByRole('menu').evaluate((menu) => {
    let element: HTMLElement | null = menu as HTMLElement;
    while (element) {
      if (Number.parseFloat(getComputedStyle(element).borderTopWidth) >= 1) return true;
      element = element.parentElement;
    }
    return false;
  });
  expect(edge, 'what floats has an edge').toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  const palette = ['bg-app', 'bg-surface', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-selected', 'border'];
  const inks = ['border-strong', 'text', 'text-secondary', 'text-muted', 'accent', 'danger', 'star'];
  for (const role of [...palette, ...inks, 'warning', 'success', 'on-accent', 'on-danger'])
    expect(await token(`--${role}`), role).toMatch(/^(Canvas|CanvasText|Highlight|LinkText)$/);
  // Nothing is told by a shadow or a tint alone, and icons have the colour of the words beside them.
  expect(await page.evaluate(drawnOtherwise)).toEqual([]);
  const toast = toasts(page).getByRole('status').filter({ hasText: '1 archived' });
  await at(page, 4).focus();
  await page.keyboard.press('e');
  await expect(toast).toBeVisible();
  for (const edged of [toast, pill(page)]) expect(await style(edged, 'border-top-width')).toBe('1px');
  // Where words keep their colour on a ground that is kept too, no second ground may be put below them.
  const compose = page.getByRole('banner').getByRole('button', { name: 'Compose' });
  const [kept, ground, words] = await compose.evaluate((button) => {
    const { forcedColorAdjust, backgroundColor, color } = getComputedStyle(button);
    return [forcedColorAdjust, backgroundColor, color];
  });
  expect(kept).toBe('none');
  expect(words).not.toBe(ground);
});

/** Elements with a shadow or with an icon in a colour of its own. */
function drawnOtherwise(): string[] {
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const { boxShadow, stroke, fill, color } = getComputedStyle(element);
    const what = `${element.tagName} ${element.getAttribute('class')}`;
    if (boxShadow !== 'none') return [`shadow: ${what}`];
    const inks = element.tagName === 'svg' ? [stroke, fill] : [];
    return inks.some((ink) => ink !== 'none' && ink !== color) ? [`icon: ${what} ${inks} ${color}`] : [];
  });
}

test('APP-307 targets of 24 pixels, dragging has a key, undo has no time limit, states are more than a colour', async ({
  app,
}) => {
  await app.addSample(40);
  const { page } = app;
  await expect(at(page, 9)).toBeVisible();
  await at(page, 2).click();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, [role="row"], [role="treeitem"], a[href], input')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ element }) => element.getAttribute('aria-label') ?? element.textContent),
  );
  expect(small).toEqual([]);

  // What is dragged by pointer is moved by key: rows with v, splitters with arrows.
  await at(page, 2).focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog', { name: 'Move to folder' })).toBeVisible();
  await page.keyboard.press('Escape');
  const splitter = page.getByRole('separator').last();
  const before = Number(await splitter.getAttribute('aria-valuenow'));
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 16));

  // The toast has gone; the undo has not.
  const total = await grid(page).getAttribute('aria-rowcount');
  await at(page, 3).focus();
  const name = (await at(page, 3).getAttribute('aria-label')) ?? '';
  await page.keyboard.press('e');
  await page.mouse.move(1, 1);
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
  await expect(toasts(page).getByText('1 archived')).toHaveCount(0, { timeout: 20_000 });
  await page.keyboard.press('z');
  await expect(row(page, name)).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', total ?? '');

  // Unread has a dot and weight, a star is filled and pressed, a tick is drawn, the open row has a bar.
  const unread = grid(page)
    .getByRole('row', { name: /^unread/ })
    .first();
  await expect(unread.getByTitle('unread')).toBeAttached();
  expect(
    await unread
      .locator('bdi')
      .first()
      .evaluate((each) => getComputedStyle(each).fontWeight),
  ).toBe('600');
  await at(page, 4).focus();
  await page.keyboard.press('x');
  await expect(at(page, 4).getByRole('checkbox')).toBeChecked();
  await expect(at(page, 4).getByRole('checkbox').locator('svg')).toBeVisible();
});
