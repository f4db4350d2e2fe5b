import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';

const root = join(import.meta.dirname, '..');
const outDir = join(root, 'out/stories/page');
/** For people to look at; written on every run. */
const pictures = join(root, 'out/stories');
const components = readdirSync(join(root, 'src/renderer/ui'))
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => file.replace('.tsx', ''));
const OVERLAYS = [
  ['menu', 'menu'],
  ['context menu', 'menu'],
  ['popover', 'dialog'],
  ['dialog', 'dialog'],
] as const;

let server: PreviewServer;
test.beforeAll(async () => {
  const configFile = join(root, 'scripts/vite/ui-dev.config.ts');
  const input = join(root, 'test/ui-dev/stories.html');
  await build({
    configFile,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
  });
  server = await preview({ configFile, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
});
test.afterAll(() => server.close());

async function shoot(what: Page | Locator, name: string): Promise<Buffer> {
  return what.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

/** Parts that stand outside of what holds them. */
const misplaced = (page: Page) =>
  page.evaluate(() => {
    const sections = [...document.querySelectorAll('section')];
    const wide = sections.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel);
    const knobs = [...document.querySelectorAll('label:has([role="switch"]) > span[aria-hidden] > span')];
    if (knobs.length !== 4) return ['no knobs'];
    const loose = knobs.filter((knob) => {
      const [inner, outer] = [knob, knob.parentElement as Element].map((each) =>
        each.getBoundingClientRect(),
      );
      return inner && outer && (inner.left < outer.left || inner.right > outer.right);
    });
    return [...wide, ...loose.map(() => 'knob of a switch')];
  });

test('UI-095 every component is on a page of its own, in all states, themes, densities and both directions, and has its picture taken', async ({
  page,
}) => {
  test.setTimeout(180_000);
  mkdirSync(pictures, { recursive: true });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.setViewportSize({ width: 1280, height: 1700 });
  const taken = new Map<string, Buffer>();
  for (const dir of ['ltr', 'rtl']) {
    await page.goto(`${server.resolvedUrls?.local[0]}stories.html?dir=${dir}`);
    for (const theme of ['light', 'dark'])
      for (const density of ['compact', 'normal', 'relaxed']) {
        const look = `${theme}-${density}-${dir}`;
        await page.evaluate((given) => void Object.assign(document.documentElement.dataset, given), {
          theme,
          density,
        });
        const stories = page.getByRole('main').getByRole('region');
        await expect(stories).toHaveCount(components.length);
        const names = await stories.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
        expect(names.toSorted(), look).toEqual(components.toSorted());
        await expect.poll(() => misplaced(page), { message: look }).toEqual([]);
        taken.set(look, await shoot(page, look));
        if (density === 'normal' && dir === 'ltr') {
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2aa', 'wcag22aa']).analyze();
          expect(
            violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
            look,
          ).toEqual([]);
        }
        for (const [name, role] of OVERLAYS) {
          await page.getByRole('button', { name: `Open ${name}`, exact: true }).click();
          await expect(page.getByRole(role)).toBeVisible();
          await shoot(page.getByRole(role), `${look}-${name.replace(' ', '-')}`);
          await page.keyboard.press('Escape');
          await expect(page.getByRole(role)).toHaveCount(0);
        }
        await page.getByRole('button', { name: 'Shown on focus' }).focus();
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Tab');
        await expect(page.getByRole('tooltip')).toBeVisible();
        await shoot(page.getByRole('tooltip'), `${look}-tooltip`);
        await page.getByRole('button', { name: 'Shown on focus' }).blur();
        await expect(page.getByRole('tooltip')).toHaveCount(0);
      }
  }
  // Each look differs from the others: theme and direction in what one sees.
  const seen = [...taken]
    .filter(([look]) => look.includes('normal'))
    .map(([, picture]) => picture.toString('base64'));
  expect(new Set(seen).size).toBe(4);
  expect(complaints).toEqual([]);
});
