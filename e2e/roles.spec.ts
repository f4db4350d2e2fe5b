import { expect, test } from './fixtures';
import { composer } from './support/letter-desk';
import { letter } from './support/letters';
import { folders, grid, openMessage, reader, waitForMail } from './support/screen';

/** A day of the past, so that rows and cards show the same words on every day. */
const DAY = Date.UTC(2024, 2, 14, 9, 0);
const REGIONS = { banner: '', navigation: 'Folders', main: 'Messages', region: 'Reading pane' } as const;
const at = (minute: number) => new Date(DAY + minute * 60_000);

test('APP-301 sidebar, list, thread, composer, palette and settings are to assistive technology what their snapshots in the repository say', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  const to = `Me <${user.name}@example.org>`;
  const mails = [
    letter({
      id: 'plan',
      subject: 'Harbour plan',
      from: 'Ann Baker <ann@example.org>',
      to,
      date: at(1),
      text: 'The first plan.',
    }),
    letter({
      id: 'plan-2',
      inReplyTo: 'plan',
      subject: 'Re: Harbour plan',
      from: 'Bob Cole <bob@example.org>',
      to,
      date: at(2),
      text: 'The second plan.',
    }),
    letter({
      id: 'plan-3',
      inReplyTo: 'plan-2',
      subject: 'Re: Harbour plan',
      from: 'Ann Baker <ann@example.org>',
      to,
      date: at(3),
      text: 'The third plan.',
    }),
    letter({
      subject: 'Tide tables',
      from: 'Cleo Dunn <cleo@example.org>',
      to,
      date: at(4),
      attachments: [{ name: 'tides.txt', type: 'text/plain', content: 'high and low' }],
    }),
  ];
  const flags = [['\\Seen'], ['\\Seen'], ['\\Seen', '\\Flagged'], []];
  server.fill(
    user,
    'INBOX',
    mails.map((raw, index) => ({
      raw: Buffer.from(raw),
      flags: flags[index] ?? [],
      date: at(index).getTime(),
    })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(page, 'Tide tables');

  // What snapshots leave out (ui.md section 8).
  for (const role of ['banner', 'navigation', 'main', 'region'] as const)
    await expect(page.getByRole(role, { name: REGIONS[role] })).toBeVisible();
  await expect(folders(page).getByRole('treeitem', { selected: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(grid(page)).toHaveAttribute('aria-multiselectable', 'true');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  const rows = grid(page).getByRole('row');
  for (const index of [0, 1])
    await expect(rows.nth(index)).toHaveAttribute('aria-rowindex', String(index + 1));
  await expect(rows.nth(0)).toHaveAttribute('aria-selected', 'false');
  for (const name of ['Width of the folders', 'Width of the list']) {
    const splitter = page.getByRole('separator', { name });
    await expect(splitter).toHaveAttribute('aria-valuenow', /^\d+$/);
  }

  await expect(folders(page)).toMatchAriaSnapshot({ name: 'sidebar.aria.yml' });
  await expect(grid(page)).toMatchAriaSnapshot({ name: 'list.aria.yml' });
  await openMessage(page, 'Re: Harbour plan');
  await expect(reader(page).getByRole('article')).toHaveCount(3);
  await expect(reader(page)).toMatchAriaSnapshot({ name: 'thread.aria.yml' });
  await grid(page).getByRole('row').first().focus();
  await page.keyboard.press('c');
  await composer(page).getByRole('combobox', { name: 'To' }).fill('ann@example.org');
  await page.keyboard.press('Enter');
  await expect(composer(page).getByRole('list', { name: 'To: recipients' })).toBeVisible();
  await expect(composer(page)).toMatchAriaSnapshot({ name: 'composer.aria.yml' });
  await composer(page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill('archive');
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot({ name: 'palette.aria.yml' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toMatchAriaSnapshot({
    name: 'settings.aria.yml',
  });
});
