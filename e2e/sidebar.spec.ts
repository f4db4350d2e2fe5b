import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { bottomOf, boxOf, roleColour } from './support/boxes';
import { begin, choose, composer, letterText, outbox, startToSend, test } from './support/letter-desk';
import { folder, folders } from './support/screen';

interface Line {
  readonly name: string;
  readonly level: number;
  readonly height: number;
  /** Where its icon begins, from the edge of the tree. */
  readonly icon: number;
  readonly count: { readonly right: number; readonly weight: string; readonly ground: string } | null;
}

/** What one sees of the tree from top to bottom. */
const linesOf = (page: Page): Promise<Line[]> =>
  folders(page)
    .getByRole('treeitem')
    .evaluateAll((all) =>
      all.map((line) => {
        const box = line.getBoundingClientRect();
        const count = line.querySelector('[dir="auto"] ~ span:last-child:not(:has(*))');
        const style = count ? getComputedStyle(count) : null;
        return {
          name: line.querySelector('[dir="auto"]')?.textContent ?? '',
          level: Number(line.getAttribute('aria-level')),
          height: box.height,
          icon: (line.children[1]?.getBoundingClientRect().left ?? 0) - box.left,
          count: count &&
            style && {
              right: box.right - count.getBoundingClientRect().right,
              weight: style.fontWeight,
              ground: style.backgroundColor,
            },
        };
      }),
    );

test('UI-005 UI-006 the side bar in its order, with nothing that does not work yet: lines 28 or 32 high, 16 further in at each level, numbers at the right, bold where something is unread, and a badge for what was not sent', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await app.addSample(30);
  const other = await server.session(user);
  for (const path of ['Alpha', 'Alpha/Inner']) await other.mailboxCreate(path);
  await other.logout();
  smtp.faults.rcpt = () => ({ code: 550, text: '5.1.1 No such user here' });
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  const views = ['Inbox (all)', 'Unread', 'Starred', 'Snoozed', 'Drafts', 'Sent', 'All mail'];
  const tops = async () => (await linesOf(page)).filter(({ level }) => level === 1).map(({ name }) => name);
  await expect.poll(tops).toEqual([...views, 'Sample', user.name]);

  await choose(page, 'Undo send', '1 minute');
  await begin(page, 'nobody@example.org', 'To nobody');
  await letterText(page).fill('Hello?');
  await page.keyboard.press('Control+Enter');
  await expect(composer(page)).toHaveCount(0);
  await expect.poll(tops).toEqual([...views.toSpliced(5, 0, 'Outbox'), 'Sample', user.name]);
  const clear = 'rgba(0, 0, 0, 0)';
  expect((await linesOf(page)).find(({ name }) => name === 'Outbox')?.count?.ground, 'waits').toBe(clear);
  await folder(page, 'Outbox').click();
  await outbox(page).getByRole('button', { name: 'Send now' }).click();
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 not sent/, { timeout: 15_000 });

  const sidebar = page.getByRole('navigation', { name: 'Folders' });
  for (const [density, height] of [
    ['Normal', 28],
    ['Relaxed', 32],
    ['Compact', 28],
  ] as const) {
    if (density !== 'Normal') await chooseDensity(page, density);
    await expect
      .poll(async () => [...new Set((await linesOf(page)).map((line) => line.height))])
      .toEqual([height]);
    // The last thing in the pane, at its lower edge.
    const settings = await boxOf(sidebar.getByRole('button', { name: 'Settings' }));
    expect(bottomOf(await boxOf(sidebar)) - bottomOf(settings)).toBe(8);
    expect(settings.y).toBeGreaterThanOrEqual(bottomOf(await boxOf(folders(page))));
  }
  await expect(sidebar.getByText(/calendar|contacts|tasks|phones/i)).toHaveCount(0);

  const lines = await linesOf(page);
  const first = lines[0]?.icon ?? 0;
  expect(lines.map(({ icon }) => icon)).toEqual(lines.map(({ level }) => first + (level - 1) * 16));
  expect(lines.filter(({ level }) => level === 3).map(({ name }) => name)).toEqual(['Inner']);

  const counted = lines.filter(({ count }) => count !== null);
  expect(counted.map(({ count }) => count?.right)).toEqual(counted.map(() => 8));
  const weights = (name: string) =>
    counted.filter((line) => line.name === name).map(({ count }) => count?.weight);
  expect(weights('Inbox (all)')).toEqual(['600']);
  expect(weights('Inbox')).toEqual(['600', '600']);
  expect(new Set(weights('Drafts')), 'a number that is not unread').toEqual(new Set(['400']));
  const badges = counted.filter(({ count }) => count?.ground !== clear);
  expect(badges.map(({ name, count }) => [name, count?.ground])).toEqual([
    ['Outbox', await roleColour(page, 'danger')],
  ]);
  await expect(folder(page, 'Unread').locator('[dir="auto"]')).toHaveCSS('font-weight', '600');
  await expect(folder(page, 'Starred').locator('[dir="auto"]')).toHaveCSS('font-weight', '400');

  // A hairline above the first account.
  const hairline = await folder(page, 'Sample').evaluate((line) => {
    const { content, height, backgroundColor, width } = getComputedStyle(line, '::before');
    return { content, height, backgroundColor, wide: Number.parseFloat(width) > 150 };
  });
  expect(hairline).toEqual({
    content: '""',
    height: '1px',
    backgroundColor: await roleColour(page, 'border'),
    wide: true,
  });
});

/** The outbox is on screen, which has no list to begin at. */
async function chooseDensity(page: Page, name: 'Compact' | 'Relaxed'): Promise<void> {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: /Density$/ }).click();
  await page.getByRole('option', { name }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', name.toLowerCase());
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
}
