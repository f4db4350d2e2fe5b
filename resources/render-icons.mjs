/**
 * Renders the PNG icons from their SVG sources: `node resources/render-icons.mjs`, with a Chromium at CHROMIUM_PATH or
 * in one of the usual places. The results are kept in the repository; run it after changing an SVG.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const here = import.meta.dirname;
const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const jobs = [
  ...[16, 32, 48, 64, 128, 256, 512].map((size) => ({
    svg: 'icons/icon.svg',
    png: `icons/${size}x${size}.png`,
    size,
  })),
  { svg: 'icons/tray.svg', png: 'tray.png', size: 22 },
  { svg: 'icons/tray.svg', png: 'tray@2x.png', size: 44 },
];
const page = await browser.newPage();
for (const { svg, png, size } of jobs) {
  await page.setViewportSize({ width: size, height: size });
  const source = readFileSync(join(here, svg), 'utf8').replace(
    '<svg ',
    `<svg width="${size}" height="${size}" style="display:block" `,
  );
  await page.setContent(`<!doctype html><style>body{margin:0}</style>${source}`);
  writeFileSync(join(here, png), await page.screenshot({ omitBackground: true }));
}
await browser.close();
