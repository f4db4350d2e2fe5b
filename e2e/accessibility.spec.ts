import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { files, PREVIEWED } from './support/files';
import { letter, letters } from './support/letters';
import { messageFrame, openMessage, row, waitForMail } from './support/screen';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Violations of the page as lines a person can act on; message frames are the senders' own. */
async function violations(page: Page): Promise<string[]> {
  // What fades in is half transparent, which would be measured as too little contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const builder = new AxeBuilder({ page }).withTags(TAGS).exclude('iframe').setLegacyMode(true);
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
}

test('axe finds nothing in set-up, mail, dialogs and panels, in light and dark', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    expect(await violations(page), `first run, ${theme}`).toEqual([]);
  }
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('someone@example.org');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Change/ }).click();
  expect(await violations(page), 'server step').toEqual([]);

  server.fill(
    user,
    'INBOX',
    letters(25, (at) => ({ subject: `Letter ${at + 1}` })),
  );
  await server.append(
    user,
    letter({
      subject: 'With everything',
      html: '<p>Hi</p><img src="https://pictures.invalid/a.png">',
      attachments: [
        { name: 'notes.txt', type: 'text/plain', content: 'Notes' },
        { name: 'run.exe', type: 'application/octet-stream', content: 'MZ' },
      ],
    }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(page, 'With everything');
  await openMessage(page, 'With everything');
  await expect(messageFrame(page).getByText('Hi')).toBeVisible();

  const states: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    ['mail', async () => {}, async () => {}],
    [
      'selection',
      async () => {
        await row(page, 'Letter 3,').focus();
        await page.keyboard.press('x');
      },
      () => page.keyboard.press('Escape'),
    ],
    ['palette', () => page.keyboard.press('Control+K'), () => page.keyboard.press('Escape')],
    ['shortcut sheet', () => page.keyboard.press('?'), () => page.keyboard.press('Escape')],
    ['settings', () => page.keyboard.press('Control+,'), () => page.keyboard.press('Escape')],
    ['move', () => page.keyboard.press('v'), () => page.keyboard.press('Escape')],
    [
      'sync panel',
      () =>
        page
          .getByRole('banner')
          .getByRole('button', { name: /Up to date|Syncing/ })
          .click(),
      () => page.keyboard.press('Escape'),
    ],
    ['changes', () => runFromPalette(page, 'needs attention'), () => page.keyboard.press('Escape')],
    ['conflicts', () => runFromPalette(page, 'two devices disagree'), () => page.keyboard.press('Escape')],
    ['add account', () => runFromPalette(page, 'add account'), () => page.keyboard.press('Escape')],
    ['source', () => runFromPalette(page, 'source of the message'), () => page.keyboard.press('Escape')],
  ];
  for (const [name, open, close] of states) {
    await row(page, 'Letter 3,').focus();
    await open();
    if (!['mail', 'selection', 'sync panel'].includes(name)) {
      await expect(page.getByRole('dialog').first(), name).toBeVisible();
    }
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme);
      expect(await violations(page), `${name}, ${theme}`).toEqual([]);
    }
    await close();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('axe finds nothing in the looks into files, in light and dark', async ({ app, server, user }) => {
  const broken = { 'broken.pdf': { type: 'application/pdf', content: '%PDF-1.4 nonsense' } };
  await server.append(
    user,
    letter({ subject: 'With files', attachments: files({ ...PREVIEWED, ...broken }) }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'With files');
  await openMessage(page, 'With files');
  const dialog = page.getByRole('dialog');
  for (const [name, sign] of [
    ['notes.txt', 'Plain words'],
    ['berths.csv', 'Meer; Anna'],
    ['letter.eml', 'The letter inside'],
    ['planning.ics', 'Planning for spring'],
    ['anna.vcf', 'Anna Meer'],
    ['drawing.pdf', 'Scale 1:50'],
    ['broken.pdf', 'This PDF is damaged.'],
  ] as const) {
    await page.getByRole('button', { name: `Preview ${name}`, exact: true }).click({ timeout: 15_000 });
    await expect(dialog.getByText(sign).first()).toBeVisible();
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme);
      expect(await violations(page), `${name}, ${theme}`).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

async function runFromPalette(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill(command);
  await page.keyboard.press('Enter');
}
