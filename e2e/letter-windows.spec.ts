import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { begin, composer, letterText, startToSend, test } from './support/letter-desk';
import { folders, NEW_WINDOW, toasts } from './support/screen';

const openInWindow = (page: Page) =>
  composer(page).getByRole('button', { name: 'Open in new window' }).click();

test('APP-137 letters open in windows of their own, several at once; killed and started again, each is there as it was', async ({
  app,
  server,
  user,
  cable,
  smtpCable,
}) => {
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  let { page } = app;
  const windows: Page[] = [];
  for (const subject of ['Berth plan', 'Crane']) {
    await begin(page, 'bob@example.org', subject);
    await letterText(page).focus();
    await page.keyboard.type(`About the ${subject}.`);
    const window = await app.host.nextWindow(() => openInWindow(page));
    windows.push(window);
    await expect(window).toHaveTitle(subject, NEW_WINDOW);
    await expect(composer(page)).toHaveCount(0);
    await expect(letterText(window)).toHaveText(`About the ${subject}.`, NEW_WINDOW);
    await expect(composer(window).getByRole('list', { name: 'To: recipients' })).toContainText(
      'bob@example.org',
    );
    await expect(folders(window)).toHaveCount(0);
    // There is nowhere else to put it in a window of its own.
    await expect(composer(window).getByRole('button', { name: 'Full screen' })).toHaveCount(0);
    await expect(composer(window).getByRole('button', { name: 'Open in new window' })).toHaveCount(0);
  }
  const [plan, crane] = windows as [Page, Page];
  await letterText(plan).focus();
  await plan.keyboard.press('Control+End');
  await plan.keyboard.type(' It is ready.');
  await composer(crane).getByRole('textbox', { name: 'Subject' }).fill('The crane');
  await expect(crane).toHaveTitle('The crane');
  for (const window of windows)
    await expect(composer(window).getByText('Saved on this computer')).toBeVisible();
  // A reload comes back to the letter too.
  await crane.reload();
  await expect(composer(crane).getByRole('textbox', { name: 'Subject' })).toHaveValue(
    'The crane',
    NEW_WINDOW,
  );

  page = await app.relaunch('kill');
  await composer(page).getByRole('button', { name: 'Go on writing: Berth plan' }).click();
  await expect(letterText(page)).toHaveText('About the Berth plan. It is ready.');
  await composer(page).getByRole('button', { name: 'Go on writing: The crane' }).click();
  await expect(letterText(page)).toHaveText('About the Crane.');
  const again = await app.host.nextWindow(() => openInWindow(page));
  await expect(letterText(again)).toHaveText('About the Crane.', NEW_WINDOW);
  await expect(composer(page).getByRole('button', { name: 'Go on writing: Berth plan' })).toBeVisible();
});

test('a letter is sent from its own window, which offers to take it back and closes after that', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  await begin(page, 'bob@example.org', 'Lunch');
  const window = await app.host.nextWindow(() => openInWindow(page));
  await expect(letterText(window)).toBeVisible(NEW_WINDOW);
  await letterText(window).focus();
  await window.keyboard.type('See you at noon.');
  await window.keyboard.press('Control+Enter');
  await expect(composer(window)).toHaveCount(0);
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(letterText(window)).toHaveText('See you at noon.');
  expect(smtp.received).toHaveLength(0);
  await letterText(window).focus();
  const gone = window.waitForEvent('close', { timeout: 60_000 });
  await window.keyboard.press('Control+Enter');
  await gone;
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  // Put away by its own key, another is kept among the drafts.
  await begin(page, 'bob@example.org', 'Later');
  const other = await app.host.nextWindow(() => openInWindow(page));
  await letterText(other).focus();
  await other.keyboard.type('Not yet.');
  const closed = other.waitForEvent('close');
  await other.keyboard.press('Control+W').catch(() => undefined);
  await closed;
  const { rows } = await app.cliJson<{ rows: { subject: string }[] }>(['list', '--mailbox', 'role:drafts']);
  expect(rows.map(({ subject }) => subject)).toContain('Later');
});
