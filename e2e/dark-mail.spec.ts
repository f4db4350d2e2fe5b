import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { MAIL_LAYOUTS } from './support/mail-layouts';
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
