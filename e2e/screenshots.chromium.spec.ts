import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter, letters } from './support/letters';
import {
  filled,
  grid,
  messageFrame,
  openMessage,
  pill,
  reader,
  row,
  showFolder,
  waitForMail,
} from './support/screen';

/** Pictures of the main states for people to look at, into this folder; without it no test writes any. */
const folder = process.env.HOMEPORT_SCREENSHOTS;
const WIDE = { width: 1440, height: 900 };

async function shoot(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', scheme);
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder ?? '', `${name}-${scheme}.png`), animations: 'disabled' });
  }
}

if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });

  test('pictures of set-up and of a mailbox in use', async ({ app }) => {
    test.setTimeout(120_000);
    const { page } = app;
    await shoot(page, 'first-run');
    await app.addSample(1000);
    await filled(page);
    await grid(page).getByRole('row').nth(2).click();
    await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();
    await page.waitForTimeout(1_500);
    await shoot(page, 'inbox');
    for (const density of ['Compact', 'Relaxed']) {
      await page.getByRole('button', { name: 'View' }).click();
      await page.getByRole('menuitemradio', { name: density }).click();
      await page.keyboard.press('Escape');
      await shoot(page, `inbox-${density.toLowerCase()}`);
    }
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Table' }).click();
    await page.keyboard.press('Escape');
    await shoot(page, 'table');
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Rows' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Normal' }).click();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+K');
    await page.getByRole('dialog').getByRole('combobox').fill('arch');
    await shoot(page, 'palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await grid(page).getByRole('row').nth(3).focus();
    await page.keyboard.press('?');
    await shoot(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await shoot(page, 'settings');
    await page.keyboard.press('Escape');
    await pill(page).click();
    await shoot(page, 'sync-panel');
    await page.keyboard.press('Escape');
    await grid(page).getByRole('row').nth(3).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await shoot(page, 'selection');
    await page.keyboard.press('e');
    await shoot(page, 'undo');
    await page.setViewportSize({ width: 1024, height: 700 });
    await shoot(page, 'inbox-1024');
    await page.setViewportSize({ width: 390, height: 844 });
    await shoot(page, 'phone-message');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await shoot(page, 'phone-inbox');
    await page.setViewportSize(WIDE);
    await showFolder(page, 'Drafts');
    await showFolder(page, 'Trash');
    await shoot(page, 'trash');
  });

  test('pictures of a server account in trouble', async ({ app, server, user, cable }) => {
    test.setTimeout(120_000);
    const { page } = app;
    server.fill(
      user,
      'INBOX',
      letters(12, (at) => ({ subject: `Minutes of meeting ${at + 1}` })),
    );
    await server.append(
      user,
      letter({
        subject: 'Our spring catalogue',
        from: 'Garden Shop <news@garden.example>',
        html: '<table width="600" align="center" bgcolor="#f4f1ea"><tr><td style="padding:24px"><h1 style="color:#2f5d3a">Spring is here</h1><p>Seeds, bulbs and <a href="https://garden.example/tools">tools</a> for everyone.</p><img src="https://garden.example/a.png" width="200" height="90" alt="Tulips"><p>See you soon,<br>the Garden Shop</p></td></tr></table>',
        attachments: [
          { name: 'catalogue.txt', type: 'text/plain', content: 'Tulips 3.50\nCrocus 2.20\n' },
          { name: 'invoice.pdf.exe', type: 'application/octet-stream', content: 'MZ' },
        ],
      }),
    );
    const other = await server.session(user);
    await other.mailboxCreate('Projects');
    await app.addAccount();
    await app.cliJson(['sync', '--wait']);
    await waitForMail(page, 'Our spring catalogue');
    await openMessage(page, 'Our spring catalogue');
    await expect(messageFrame(page).getByText('Spring is here')).toBeVisible();
    await shoot(page, 'newsletter');
    await row(page, 'meeting 2,').focus();
    await page.keyboard.press('v');
    await page.getByRole('dialog').getByRole('combobox').fill('Proj');
    await shoot(page, 'move');
    await other.mailboxDelete('Projects');
    await other.logout();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('banner').getByText(/needs attention/)).toBeVisible({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await shoot(page, 'needs-attention');
    await page.keyboard.press('Escape');
    cable.refuse(true);
    await row(page, 'meeting 4,').focus();
    await page.keyboard.press('e');
    await expect(row(page, 'meeting 4,')).toHaveCount(0);
    await shoot(page, 'offline');
  });

  test('pictures of a connection that fails', async ({ app, server, user }) => {
    const { page } = app;
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('textbox', { name: 'Server', exact: true }).fill('localhost');
    await page.getByRole('textbox', { name: 'Port' }).fill(String(server.imapsPort));
    await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: 'Connection test' })
      .getByRole('button', { name: 'Details' })
      .click();
    await shoot(page, 'certificate');
  });
}
