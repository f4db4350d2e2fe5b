import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { pngGradient } from '../src/sync/mime/sample/tiny-files';
import { pdf } from '../test/fixtures/pdf';
import { expect, type Homeport, test } from './fixtures';
import { files, PREVIEWED } from './support/files';
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

test('APP-089 attachments are listed with icon, name, size and state, looked at inside the app, opened, saved, and dragged out', async ({
  app,
  server,
  user,
}, info) => {
  test.setTimeout(120_000);
  const picture = pngGradient(64, 40, 0x264653, 0xf4a261);
  const more = {
    'hall.png': { type: 'image/png', content: picture },
    'chart.odt': { type: 'application/vnd.oasis.opendocument.text', content: 'PK odt' },
    'invoice.pdf.exe': { type: 'application/pdf', content: 'MZ' },
  };
  await server.append(user, letter({ subject: 'With files', attachments: files({ ...PREVIEWED, ...more }) }));
  // So large that its attachments stay at the server until somebody wants them.
  const large = { 'scan.txt': { type: 'text/plain', content: 'x'.repeat(6_000_000) } };
  await server.append(user, letter({ subject: 'A large scan', attachments: files(large) }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page, host } = app;
  await waitForMail(page, 'With files');
  await openMessage(page, 'With files');
  const press = (name: string) => reader(page).getByRole('button', { name, exact: true });
  await expect(press('Preview notes.txt')).toBeEnabled({ timeout: 15_000 });

  const list = reader(page).getByRole('list', { name: '9 attachments' });
  await expect(list.getByRole('listitem')).toHaveText([
    ...[/notes\.txt\s*11 byte/, /berths\.csv/, /letter\.eml/, /planning\.ics/],
    ...[/anna\.vcf/, /drawing\.pdf\s*\d kB/, /hall\.png/, /chart\.odt/, /\+1/],
  ]);
  expect(await list.getByRole('listitem').locator('svg').count()).toBe(8);

  const dialog = page.getByRole('dialog');
  const look = async (name: string, see: () => Promise<void>) => {
    await press(`Preview ${name}`).click();
    await see();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  const says = (text: string | RegExp) => expect(dialog.getByText(text).first()).toBeVisible();
  await look('notes.txt', () => says('Plain words'));
  await look('berths.csv', async () => {
    await expect(dialog.getByRole('columnheader', { name: 'Owner' })).toBeVisible();
    await expect(dialog.getByRole('cell', { name: 'Meer; Anna' })).toBeVisible();
  });
  await look('planning.ics', async () => {
    for (const text of ['Invitation', 'Planning for spring', 'Lighthouse meeting room', 'Grace Nakamura'])
      await says(text);
    await says(/Sunday, March 15, 2026.* 10:00.–.11:30.AM in Asia\/Tokyo/);
    await says('Every 2 weeks until June 1, 2026');
  });
  await look('anna.vcf', async () => {
    for (const text of ['Anna Meer', 'anna@harbour.example', '+49 170 1234567']) await says(text);
  });
  await look('hall.png', async () => {
    const image = dialog.getByRole('img', { name: 'hall.png' });
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64);
  });
  await look('letter.eml', async () => {
    await expect(dialog.getByRole('heading', { name: 'The letter inside' })).toBeVisible();
    const frame = page.frameLocator('iframe[title^="Attached message"]');
    await expect(frame.getByText('This letter came with another one.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Preview inner.csv' }).click();
    await expect(dialog.getByRole('cell', { name: '2', exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'Back to letter.eml' }).click();
    await dialog.getByRole('button', { name: 'Preview deepest.eml' }).click();
    await says('This is the text of At the bottom.');
  });
  await look('drawing.pdf', async () => {
    await expect(dialog.getByRole('region', { name: 'Page 1 of 3' })).toContainText('Bench along the north');
    await expect.poll(() => inkOf(dialog.locator('canvas').first())).toBeGreaterThan(1000);
    const pages = dialog.getByRole('region', { name: 'Pages of drawing.pdf' });
    await pages.press('End');
    await expect(dialog.getByRole('status', { name: 'Page 3 of 3' })).toBeVisible();
    await expect(dialog.getByRole('region', { name: 'Page 3 of 3' })).toContainText('Third page');
    await pages.press('+');
    await pages.press('Home');
    await expect(dialog.getByRole('status', { name: 'Page 1 of 3' })).toBeVisible();
    // Its link leads nowhere and its script never ran.
    await dialog.getByRole('region', { name: 'Page 1 of 3' }).click();
    expect(page.url()).not.toContain('elsewhere');
  });

  await expect(press('Open invoice.pdf.exe')).toBeDisabled();
  await expect(reader(page).getByText(/^invoice\.pdf\.exe is a program/)).toBeVisible();
  const plain = await saved(app, info.outputDir, () => press('Save notes.txt').click());
  expect(plain.toString()).toBe('Plain words');
  if (host.electron === null) await allArrive(page, 9);
  else {
    await savedIntoFolder(host.electron, info.outputDir, () => press('Save all').click());
    expect(readFileSync(join(info.outputDir, 'hall.png')).equals(picture)).toBe(true);
    await opensAndDrags(app, press);
  }

  await openMessage(page, 'A large scan');
  const card = reader(page).getByRole('listitem').filter({ hasText: 'not on this computer' }).last();
  await expect(card).toContainText(/scan\.txt.*not on this computer/s);
  await card.getByRole('button', { name: 'Download' }).click();
  await expect(press('Preview scan.txt')).toBeEnabled({ timeout: 15_000 });
});

/** Pixels of a page that are neither paper nor transparent. */
function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    if (element.width === 0) return 0;
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? {
      data: [],
    };
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && data[at + 3] === 255) ink++;
    return ink;
  });
}

/** "Save all" in a browser: one download for each file. */
async function allArrive(page: Page, count: number): Promise<void> {
  const names: string[] = [];
  page.on('download', (download) => names.push(download.suggestedFilename()));
  await reader(page).getByRole('button', { name: 'Save all' }).click();
  await expect.poll(() => names.length).toBe(count);
  expect(names).toContain('planning.ics');
}

/** "Save all" on the desktop: into a folder that is chosen for it. */
async function savedIntoFolder(
  electron: ElectronApplication,
  folder: string,
  press: () => Promise<void>,
): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await press();
  await expect.poll(() => existsSync(join(folder, 'invoice.pdf.exe'))).toBe(true);
}

async function opensAndDrags(app: Homeport, press: (name: string) => Locator): Promise<void> {
  const { electron } = app.host;
  if (electron === null) return;
  await electron.evaluate(({ shell, BrowserWindow }) => {
    shell.openPath = (path: string) => {
      Reflect.set(globalThis, 'openedHere', path);
      return Promise.resolve('');
    };
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.startDrag = (item) => Reflect.set(globalThis, 'dragged', item.file);
  });
  const told = (key: string) =>
    electron.evaluate((_, name) => (Reflect.get(globalThis, name) as string | undefined) ?? '', key);
  const isPrivateCopy = async (key: string, name: string) => {
    await expect.poll(() => told(key)).toBeTruthy();
    const path = await told(key);
    expect([basename(path), readFileSync(path, 'utf8')]).toEqual([name, 'PK odt']);
    expect(path.startsWith(join(app.profileDir, 'opened'))).toBe(true);
  };
  await press('Open chart.odt').click();
  await isPrivateCopy('openedHere', 'chart.odt');
  await press('Open chart.odt').hover();
  await app.page.mouse.down();
  await app.page.mouse.move(5, 5, { steps: 5 });
  await app.page.mouse.up();
  await isPrivateCopy('dragged', 'chart.odt');
}

test('files that cannot be looked at say why and can still be saved', async ({ app, server, user }) => {
  const odd = {
    'secret.pdf': { type: 'application/pdf', content: pdf({ pages: [['x']], encrypted: true }) },
    'broken.pdf': { type: 'application/pdf', content: '%PDF-1.4 nonsense' },
    'deep.ics': { type: 'text/calendar', content: 'BEGIN:VCALENDAR\r\n'.repeat(10_000) },
    'nul.csv': { type: 'text/csv', content: '\0'.repeat(100_000) },
    'odd.png': { type: 'image/png', content: 'no picture' },
  };
  await server.append(user, letter({ subject: 'Odd files', attachments: files(odd) }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Odd files');
  await openMessage(page, 'Odd files');
  const dialog = page.getByRole('dialog');
  for (const [name, why] of [
    ['secret.pdf', 'This PDF needs a password.'],
    ['broken.pdf', 'This PDF is damaged.'],
    ['deep.ics', 'This file is damaged or of another kind than its name says.'],
    ['nul.csv', 'This file is damaged or of another kind than its name says.'],
    ['odd.png', 'This file is damaged or of another kind than its name says.'],
  ] as const) {
    await reader(page)
      .getByRole('button', { name: `Preview ${name}`, exact: true })
      .click({ timeout: 15_000 });
    await expect(dialog.getByText(why)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
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
  expect(basename(path)).toBe('Odd bytes.eml');
  expect(digest(readFileSync(path))).toBe(atServer);
});
