import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { MAIL_LAYOUTS } from './support/mail-layouts';
import { makePng } from './support/make-png';
import { style } from './support/measure';
import { grid, messageFrame, openMessage, reader, waitForMail } from './support/screen';
import { textRuns } from './support/text-runs';

test('APP-088 thirty layouts in the dark window can be read, and one key switches a message and is remembered for its sender', async ({
  app,
  server,
  user,
}) => {
  const layouts = MAIL_LAYOUTS.map(({ name, html, dark }, at) => ({
    subject: name,
    from: `Sender ${at} <sender${at}@example.net>`,
    html,
    dark,
  }));
  const [first, ...others] = layouts;
  if (first === undefined) throw new Error('there are layouts');
  const again = { ...first, subject: 'Another one of the first sender' };
  const mails = [first, again, ...others];
  server.fill(
    user,
    'INBOX',
    letters(mails.length, (at) => mails[at] ?? first),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  let { page } = app;
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForMail(page, first.subject);

  const surface = () => reader(page).locator('[data-rendering]');
  await grid(page).getByRole('row').first().click();
  for (const { subject, dark } of mails) {
    await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText(subject);
    await expect(surface(), subject).toHaveAttribute('data-rendering', dark);
    const runs = await messageFrame(page).locator('body').evaluate(textRuns);
    expect(runs.length, subject).toBeGreaterThan(0);
    // On paper the sender's own choice stands; it is measured against daylight elsewhere.
    const poor = dark === 'card' ? [] : runs.filter(({ ratio }) => ratio === null || ratio < 4.49);
    expect(poor, subject).toEqual([]);
    await page.keyboard.press('j');
  }

  // Back to the top, where the first ones are.
  await page.keyboard.press('Home');
  const complex = mails.find(({ dark }) => dark === 'card') ?? first;
  await openMessage(page, first.subject);
  await expect(surface()).toHaveAttribute('data-rendering', 'recoloured');
  await page.keyboard.press('Shift+D');
  await expect(surface()).toHaveAttribute('data-rendering', 'card');
  await openMessage(page, complex.subject);
  await expect(surface()).toHaveAttribute('data-rendering', 'card');
  await page.keyboard.press('Shift+D');
  await expect(surface()).toHaveAttribute('data-rendering', 'recoloured');
  await openMessage(page, again.subject);
  await expect(surface()).toHaveAttribute('data-rendering', 'card');

  page = await app.relaunch();
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForMail(page, first.subject);
  await openMessage(page, first.subject);
  await expect(surface()).toHaveAttribute('data-rendering', 'card');
  await openMessage(page, complex.subject);
  await expect(surface()).toHaveAttribute('data-rendering', 'recoloured');
  await page.keyboard.press('Shift+D');
  await expect(surface()).toHaveAttribute('data-rendering', 'card');
});

const PHOTO = makePng(60, 40, (x, y) => [90 + x * 2, 140 - y, 60 + y * 3, 255]);
const grounds = (...colours: readonly string[]) =>
  colours.map((colour, at) => `<p style="background:${colour}">Part ${at}</p>`).join('');
const table = '<table><tr><td>Cell</td></tr></table>';

/** Letters just inside and just outside of what is simple mail, and what becomes of them in the dark. */
const BOUNDS = [
  [
    'Own dark colours',
    'own-dark',
    '<style>:root{color-scheme:light dark} @media (prefers-color-scheme:dark){p{color:rgb(201, 202, 203)}}</style><p>Own</p>',
  ],
  ['Three grounds', 'recoloured', grounds('#ffeecc', '#ccffee', '#ddeeff')],
  ['Four grounds', 'card', grounds('#ffeecc', '#ccffee', '#ddeeff', '#eeddff')],
  ['One table', 'recoloured', table],
  ['Two tables', 'card', table.repeat(2)],
  [
    'A picture behind',
    'card',
    `<p>Words</p><div style="background-image:url(${PHOTO});height:50px">On it</div>`,
  ],
  [
    'Red and green',
    'recoloured',
    `<p id="ground" style="background:#ffe8cc">On a ground</p><p id="words" style="color:#4a1c1c">In red</p><p id="line" style="border:1px solid #2f6f4f">In a frame</p><img src="${PHOTO}" width="60" height="40" alt="Photo">`,
  ],
] as const;

/** Colours as ui.md turns them: lightness inverted into 0.14 to 0.92, hue kept; worked out by the browser. */
function turned(page: Page, colours: readonly string[]): Promise<number[][]> {
  return page.evaluate((all) => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    return all.map((colour) => {
      if (context === null) return [];
      context.fillStyle = `oklch(from ${colour} calc(0.14 + (1 - l) * (0.92 - 0.14)) c h)`;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    });
  }, colours);
}

test('UI-044 in the dark a message keeps its own dark colours, simple mail is inverted in lightness, the rest lies on white paper; Shift+D switches', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(BOUNDS.length, (at) => ({ subject: BOUNDS[at]?.[0] ?? '', html: BOUNDS[at]?.[2] ?? '' })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForMail(page, BOUNDS[0][0]);
  const surface = reader(page).locator('[data-rendering]');
  const frame = messageFrame(page);
  for (const [subject, rendering] of BOUNDS) {
    await openMessage(page, subject);
    await expect(surface, subject).toHaveAttribute('data-rendering', rendering);
    if (rendering === 'own-dark') expect(await style(frame.locator('p'), 'color')).toBe('rgb(201, 202, 203)');
    if (rendering !== 'card') continue;
    expect(await style(surface, 'background-color')).toBe('rgb(255, 255, 255)');
    expect(await style(surface, 'border-radius')).toBe('6px');
  }

  // The last one is still open.
  const bytes = (css: string) => (css.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const got = [
    bytes(await style(frame.locator('#ground'), 'background-color')),
    bytes(await style(frame.locator('#words'), 'color')),
    bytes(await style(frame.locator('#line'), 'border-top-color')),
  ];
  const wanted = await turned(page, ['#ffe8cc', '#4a1c1c', '#2f6f4f']);
  for (const [at, colour] of got.entries())
    for (const [channel, value] of colour.entries())
      expect(Math.abs(value - (wanted[at]?.[channel] ?? Number.NaN)), `${got} ${wanted}`).toBeLessThanOrEqual(
        2,
      );
  const photo = frame.getByRole('img', { name: 'Photo' });
  const dark = await photo.screenshot();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(surface).toHaveAttribute('data-rendering', 'light');
  expect(dark.equals(await photo.screenshot())).toBe(true);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(surface).toHaveAttribute('data-rendering', 'recoloured');
  for (const next of ['card', 'recoloured']) {
    await page.keyboard.press('Shift+D');
    await expect(surface).toHaveAttribute('data-rendering', next);
  }
});
