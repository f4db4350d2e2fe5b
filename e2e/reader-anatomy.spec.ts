import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter, letters } from './support/letters';
import { box, type } from './support/measure';
import { grid, reader, row, waitForMail } from './support/screen';

const subjectOf = (page: Page): Locator => reader(page).getByRole('heading', { level: 2 });

test('UI-030 the subject takes three lines at most; right of it stand labels, the place in the list, and whether it is muted or pinned', async ({
  app,
  server,
  user,
}) => {
  const long = 'The berths on the north side of the old harbour and who may use them when. '.repeat(6).trim();
  server.fill(
    user,
    'INBOX',
    letters(12, (at) => ({ subject: `Filler ${at + 1}` })),
  );
  const append = (subject: string, secondsAgo: number, flags: string[]) => {
    const date = new Date(Date.now() - secondsAgo * 1000);
    return server.append(user, letter({ subject, date }), { flags, date });
  };
  await append(long, 20, ['$muted', 'harbour', 'berths']);
  await append('Pinned one', 10, ['$pinned', 'harbour']);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Pinned one');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '14');

  await row(page, 'Pinned one').click();
  await expect(subjectOf(page)).toHaveText('Pinned one');
  expect(await type(subjectOf(page))).toBe('600 20/28');
  expect((await box(subjectOf(page))).height).toBe(28);
  const says = (words: string) => reader(page).getByText(words, { exact: true });
  await expect(says('Pinned')).toBeVisible();
  await expect(says('Muted')).toHaveCount(0);
  await expect(says('1 of 14')).toBeVisible();

  await page.keyboard.press('j');
  await expect(subjectOf(page)).toHaveText(long);
  // Three lines, however long it is.
  expect((await box(subjectOf(page))).height).toBe(84);
  await expect(says('Pinned')).toHaveCount(0);
  const subject = await box(subjectOf(page));
  for (const words of ['harbour', 'berths', '2 of 14', 'Muted']) {
    const beside = await box(says(words));
    expect(beside.left, words).toBeGreaterThanOrEqual(subject.right);
    expect(beside.top, words).toBeGreaterThanOrEqual(subject.top);
    expect(beside.bottom, words).toBeLessThanOrEqual(subject.bottom);
  }
});
