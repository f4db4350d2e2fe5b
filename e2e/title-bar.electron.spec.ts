import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { change, inMain } from './support/desktop';

interface Overlaid {
  readonly windowControlsOverlay: { readonly visible: boolean; getTitlebarAreaRect(): DOMRect };
}

/** Whether the system's buttons lie in the page, where they leave room, and what one can drag the window by. */
const titleBarOf = (page: Page) =>
  page.evaluate(() => {
    const { visible, getTitlebarAreaRect } = (navigator as unknown as Overlaid).windowControlsOverlay;
    const { left, right, height } = getTitlebarAreaRect.call(
      (navigator as unknown as Overlaid).windowControlsOverlay,
    );
    const region = (element: Element | null): string => {
      const own = element && getComputedStyle(element).getPropertyValue('-webkit-app-region');
      return own && own !== 'none' ? own : element ? region(element.parentElement) : 'none';
    };
    // Also what no pointer reaches: the regions are the window's affair.
    const probe = (x: number) =>
      [...document.querySelectorAll('body *')].some((element) => {
        const box = element.getBoundingClientRect();
        const at = x * window.innerWidth;
        const here = box.left <= at && box.right > at && box.top <= 6 && box.bottom > 6;
        return here && getComputedStyle(element).getPropertyValue('-webkit-app-region') === 'drag';
      });
    const strip = getComputedStyle(document.querySelector('#root > div') as Element, '::before');
    const grip = ['-webkit-app-region', 'width', 'height'].map((name) => strip.getPropertyValue(name));
    const controls = [...document.querySelectorAll('header[data-region="top-bar"] :is(button, input)')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ region: region(element), box: element.getBoundingClientRect() }));
    return {
      overlaid: visible,
      area: { left, right, height },
      between: [0.3, 0.6].map(probe),
      grip,
      regions: [...new Set(controls.map((each) => each.region))],
      controls: controls.length,
      leftmost: Math.min(...controls.map(({ box }) => box.left)),
      rightmost: Math.max(...controls.map(({ box }) => box.right)),
      width: window.innerWidth,
    };
  });

test('UI-004 the top bar is the title bar: it keeps clear of the system’s buttons and moves the window between its own; on Linux the system’s title bar by setting', async ({
  app,
}) => {
  let { page } = app;
  await expect(page.getByRole('textbox')).toBeVisible();
  expect(await titleBarOf(page), 'the system’s own').toMatchObject({ overlaid: false });
  await change(page, { systemTitleBar: false });
  page = await app.relaunch();
  await expect(page.getByRole('textbox')).toBeVisible();
  // Also where there is no top bar yet.
  const bare = await titleBarOf(page);
  expect(bare).toMatchObject({ overlaid: true, controls: 0 });
  expect(bare.grip).toEqual(['drag', `${bare.area.right - bare.area.left}px`, '47px']);

  await app.addSample(10);
  const bar = page.getByRole('banner');
  await expect(bar).toBeVisible();
  expect(await bar.boundingBox()).toMatchObject({ x: 0, y: 0, height: 48 });
  const shown = await titleBarOf(page);
  expect(shown).toMatchObject({ overlaid: true, between: [true, true], regions: ['no-drag'] });
  expect(shown.area.height, 'as high as the bar but its hairline').toBe(47);
  expect(shown.area.right).toBeLessThan(shown.width);
  expect(shown.controls).toBeGreaterThan(4);
  expect(shown.leftmost).toBeGreaterThanOrEqual(shown.area.left);
  expect(shown.rightmost).toBeLessThanOrEqual(shown.area.right);
  const frame = await inMain(app).evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    return [window?.getBounds(), window?.getContentBounds()];
  });
  expect(frame[0], 'nothing of the system’s above it').toEqual(frame[1]);

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const own = settings.getByRole('switch', { name: 'Title bar of the system' });
  await expect(own).not.toBeChecked();
  await own.focus();
  await page.keyboard.press('Space');
  await expect(own).toBeChecked();
  page = await app.relaunch();
  await expect(page.getByRole('banner')).toBeVisible();
  const native = await titleBarOf(page);
  expect(native).toMatchObject({ overlaid: false, grip: ['drag', '0px', '0px'] });
  expect(native.rightmost).toBeCloseTo(native.width - 8, 0);
});
