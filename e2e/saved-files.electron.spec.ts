import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HostBridge } from '../src/shared/contract/bridge';
import { expect, type Homeport, test } from './fixtures';
import { inMain } from './support/desktop';
import { files } from './support/files';
import { FROM_THE_INTERNET, internetMark } from './support/internet-mark';
import { letter } from './support/letters';
import { openMessage, reader, row, toasts, waitForMail } from './support/screen';

const BYTES = 'MZ no program';
const file = { type: 'application/octet-stream', content: BYTES };

/** A name of each kind that is never opened: how it is shown, and what is said of it. */
const DANGEROUS = [
  { name: 'setup.exe', says: /is a program\. It can do anything/ },
  { name: 'tidy-up.sh', says: /is a program\. It can do anything/ },
  { name: 'invoice.pdf.scr', says: /is a program that looks like another kind of file/ },
  {
    name: 'photo\u202egpj.exe',
    shown: 'photo⟨U+202E⟩gpj.exe',
    saved: 'photogpj.exe',
    says: /is a program that looks like another kind of file/,
  },
  { name: 'budget.xlsm', says: /can run macros\. Open it only if you expected it/ },
] as const;

/** The system's part of saving, opening and dragging: answered for it, and what it was given is kept. */
async function standInForTheSystem(app: Homeport, folder: string): Promise<void> {
  await inMain(app).evaluate(({ BrowserWindow, dialog, shell }, chosen) => {
    const given: string[] = [];
    Object.assign(globalThis, { given });
    // As systems do it: the name that is offered, in the folder that was chosen last.
    dialog.showSaveDialog = (_parent: unknown, options?: Electron.SaveDialogOptions) =>
      Promise.resolve({ canceled: false, filePath: `${chosen}/${options?.defaultPath ?? ''}` });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    shell.openPath = (path: string) => {
      given.push(path);
      return Promise.resolve('');
    };
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents)
      contents.startDrag = (item) => {
        given.push(item.file);
      };
  }, folder);
}

/** Files that were opened or dragged out so far. */
const given = (app: Homeport) =>
  inMain(app).evaluate(() => (globalThis as unknown as { given: string[] }).given);

/** What opening the first file of a message answers past the buttons, as to a page that was taken over. */
function openPastTheButtons(page: Page, messageId: number): Promise<unknown> {
  return page.evaluate(
    (id) =>
      (window as unknown as { homeport: HostBridge }).homeport.call('content.open', {
        messageId: id,
        index: 0,
      }),
    messageId,
  );
}

function expectMarked(path: string): void {
  expect(internetMark(path), path).toMatch(FROM_THE_INTERNET);
  expect(statSync(path).mode & 0o111, path).toBe(0);
}

test('APP-090 programs, scripts, disguised names and macro documents warn and are never opened, and whatever leaves a letter bears the system’s mark', async ({
  app,
  server,
  user,
}, info) => {
  test.setTimeout(150_000);
  const harmless = { 'chart.odt': { ...file, type: 'application/vnd.oasis.opendocument.text' } };
  for (const { name } of DANGEROUS) {
    await server.append(user, letter({ subject: `About ${name}`, attachments: files({ [name]: file }) }));
  }
  const inner = letter({ subject: 'Inside', attachments: files({ 'deep.pdf.exe': file }) });
  const many = {
    ...harmless,
    'letter.eml': { type: 'message/rfc822', content: inner },
    ...Object.fromEntries(DANGEROUS.map(({ name }) => [name, file])),
  };
  await server.append(user, letter({ subject: 'All of them', attachments: files(many) }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  const folder = info.outputPath('saved');
  mkdirSync(folder, { recursive: true });
  await standInForTheSystem(app, folder);
  const button = (name: string) => reader(page).getByRole('button', { name, exact: true });
  const saved = async (name: string) => {
    const path = join(folder, name);
    await expect.poll(() => internetMark(path), { message: name }).toMatch(FROM_THE_INTERNET);
    expectMarked(path);
    return path;
  };

  await waitForMail(page, 'All of them');
  for (const [at, { name, says, ...names }] of DANGEROUS.entries()) {
    const shown = 'shown' in names ? names.shown : name;
    await row(page, 'About')
      .nth(DANGEROUS.length - 1 - at)
      .click();
    await expect(button(`Save ${shown}`)).toBeVisible({ timeout: 15_000 });
    await expect(reader(page).getByText(says)).toContainText(shown);
    await expect(button(`Open ${shown}`)).toBeDisabled();
    await button(`Save ${shown}`).click();
    const path = await saved('saved' in names ? names.saved : name);
    expect(readFileSync(path, 'utf8')).toBe(BYTES);
    expect(await openPastTheButtons(page, at + 1)).toEqual({
      ok: true,
      value: { result: 'refused', url: '' },
    });
  }
  expect(await given(app)).toEqual([]);

  // Save all: what has a name already gets another one.
  await openMessage(page, 'All of them');
  await expect(reader(page).getByText('can harm this computer')).toContainText(
    '5 files can harm this computer: setup.exe, tidy-up.sh, invoice.pdf.scr and 2 others.',
  );
  await button('Save all').click();
  await expect(toasts(page).getByText('7 files saved').first()).toBeVisible();
  const names = readdirSync(folder);
  expect(names).toHaveLength(DANGEROUS.length + 7);
  for (const name of names) expectMarked(join(folder, name));

  // A file of a letter that is itself attached; the letter's own source; rows of the list.
  await button('Preview letter.eml').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('deep.pdf.exe is a program')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save deep.pdf.exe' }).click();
  await saved('deep.pdf.exe');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await reader(page).getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: 'Save message' }).click();
  await saved('All of them.eml');

  // Opened by another program, and dragged out: copies with the mark, dangerous ones only for a folder to drop them in.
  await button('Open chart.odt').click();
  await expect.poll(() => given(app)).toHaveLength(1);
  for (const [at, name] of ['Open chart.odt', 'Open setup.exe'].entries()) {
    await button(name).hover();
    await page.mouse.down();
    await page.mouse.move(5, 5, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => given(app)).toHaveLength(at + 2);
  }
  const copies = await given(app);
  expect(copies.map((path) => basename(path))).toEqual(['chart.odt', 'chart.odt', 'setup.exe']);
  for (const path of copies) expectMarked(path);
});
