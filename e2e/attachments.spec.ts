import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Homeport, test } from './fixtures';
import { letter } from './support/letters';
import { openMessage, reader, toasts, waitForMail } from './support/screen';

const digest = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** What a button saves: by the system's dialog, which is answered for it, or as a download. */
async function saved(app: Homeport, folder: string, press: () => Promise<void>): Promise<Buffer> {
  const { electron } = app.host;
  if (electron === null) {
    const downloading = app.page.waitForEvent('download');
    await press();
    return readFileSync(await (await downloading).path());
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `saved-${Date.now()}`);
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await press();
  await expect(toasts(app.page).getByText('1 file saved').first()).toBeVisible();
  return readFileSync(path);
}

const menu = async (page: Page, item: string) => {
  await reader(page).getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('attachments are previewed, opened and saved; dangerous ones warn and are never opened', async ({
  app,
  server,
  user,
}, info) => {
  const files = [
    { name: 'notes.txt', type: 'text/plain', content: 'Plain words' },
    { name: 'table.csv', type: 'text/csv', content: 'berth;boat\n1;Anna' },
    { name: 'inner.eml', type: 'application/octet-stream', content: 'Subject: Inner\r\n\r\nInner text' },
    { name: 'meeting.ics', type: 'text/calendar', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
    { name: 'anna.vcf', type: 'text/vcard', content: 'BEGIN:VCARD\r\nFN:Anna\r\nEND:VCARD' },
    { name: 'chart.odt', type: 'application/vnd.oasis.opendocument.text', content: 'PK odt' },
    { name: 'invoice.pdf.exe', type: 'application/pdf', content: 'MZ' },
  ];
  await server.append(user, letter({ subject: 'With files', attachments: files }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page, host } = app;
  await waitForMail(page, 'With files');
  await openMessage(page, 'With files');
  const press = (name: string) => reader(page).getByRole('button', { name, exact: true });
  await expect(press('Preview notes.txt')).toBeEnabled({ timeout: 15_000 });
  for (const { name, content } of files.slice(0, 5)) {
    await press(`Preview ${name}`).click();
    await expect(page.getByRole('dialog').getByText(content.split(/\r?\n/).at(-1) ?? '')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await expect(press('Open invoice.pdf.exe')).toBeDisabled();
  await expect(reader(page).getByText(/^invoice\.pdf\.exe is a program/)).toBeVisible();
  expect((await saved(app, info.outputDir, () => press('Save notes.txt').click())).toString()).toBe(
    'Plain words',
  );

  if (host.electron === null) {
    const downloading = page.waitForEvent('download');
    await press('Open chart.odt').click();
    expect((await downloading).suggestedFilename()).toBe('chart.odt');
    return;
  }
  await host.electron.evaluate(({ shell }) => {
    shell.openPath = (path: string) => {
      Reflect.set(shell, 'openedHere', path);
      return Promise.resolve('');
    };
  });
  await press('Open chart.odt').click();
  const opened = () => host.electron?.evaluate(({ shell }) => Reflect.get(shell, 'openedHere') as string);
  await expect.poll(opened).toBeTruthy();
  const path = (await opened()) ?? '';
  expect([basename(path), readFileSync(path, 'utf8')]).toEqual(['chart.odt', 'PK odt']);
  expect(path.startsWith(join(app.profileDir, 'opened'))).toBe(true);
});

test('APP-065 APP-095 a message is saved, and dragged out of the desktop’s window, as the bytes the server has', async ({
  app,
  server,
  user,
}, info) => {
  // Bytes that any reading and writing again would change.
  const source = Buffer.from(
    letter({ subject: 'Odd bytes', headers: ['X-Folded: one\r\n\ttwo  ', 'X-Raw: gr\u00fc\u00df'] })
      .replace('--alt', '--alt')
      .concat('no final break \t\r\n\r\n.\r\n=20'),
    'latin1',
  );
  const uid = await server.append(user, source);
  const session = await server.session(user);
  await session.mailboxOpen('INBOX');
  const fetched = await session.fetchOne(String(uid), { source: true }, { uid: true });
  await session.logout();
  if (fetched === false || fetched.source === undefined) throw new Error('the server lost the message');
  const atServer = digest(fetched.source);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page, host } = app;
  await waitForMail(page, 'Odd bytes');
  await openMessage(page, 'Odd bytes');
  await expect(reader(page).getByText('This is the text of Odd bytes.')).toBeVisible({ timeout: 15_000 });
  expect(digest(await saved(app, info.outputDir, () => menu(page, 'Save message')))).toBe(atServer);

  await menu(page, 'Show source');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Odd bytes')).toBeVisible();
  await dialog.getByRole('button', { name: 'Raw' }).click();
  await expect(dialog.getByText('Subject: Odd bytes')).toBeVisible();
  await page.keyboard.press('Escape');

  if (host.electron === null) return;
  await host.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.startDrag = (item) => Reflect.set(globalThis, 'dragged', item.file);
  });
  const grip = reader(page).getByTitle('Drag out to save the message as a file');
  await grip.hover();
  await page.mouse.down();
  await page.mouse.move(5, 5, { steps: 5 });
  await page.mouse.up();
  const dragged = () => host.electron?.evaluate(() => Reflect.get(globalThis, 'dragged') as string);
  await expect.poll(dragged).toBeTruthy();
  const path = (await dragged()) ?? '';
  expect(basename(path)).toMatch(/\.eml$/);
  expect(digest(readFileSync(path))).toBe(atServer);
});
