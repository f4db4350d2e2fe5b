import { expect } from './fixtures';
import { begin, composer, letterText, startToSend, test } from './support/letter-desk';
import { folder, toasts } from './support/screen';

test('APP-124 what is typed is on the disk 400 ms later: killed while typing and started again, the letter is there', async ({
  app,
  server,
  user,
  cable,
  smtpCable,
}) => {
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  let { page } = app;
  await begin(page, 'bob@example.org', 'Berth plan');
  await letterText(page).focus();
  await page.keyboard.type('The plan is ready');
  await expect(composer(page).getByText('Saved on this computer')).toBeVisible();
  await page.keyboard.type(' and checked');
  await page.waitForTimeout(600);
  await page.keyboard.type('.');

  page = await app.relaunch('kill');
  await composer(page).getByRole('button', { name: 'Go on writing: Berth plan' }).click();
  await expect(letterText(page)).toContainText('The plan is ready and checked');
  await expect(composer(page).getByRole('list', { name: 'To: recipients' })).toContainText('bob@example.org');
  // Closing asks nothing and keeps it; with nothing written nothing is kept.
  await composer(page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await expect(composer(page)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(folder(page, 'Drafts').first()).toHaveAccessibleName(/1/);
});

test('APP-128 a letter can be taken back while the toast counts, and comes back as it was with the cursor in its place', async ({
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
  await letterText(page).focus();
  await page.keyboard.type('See you at noon.');
  await page.keyboard.press('Control+ArrowLeft');
  await page.keyboard.press('Control+Enter');
  await expect(composer(page)).toHaveCount(0);
  await expect(toasts(page).getByText('Sending "Lunch"')).toBeVisible();
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(letterText(page)).toHaveText(/See you at noon\./);
  await letterText(page).focus();
  await page.keyboard.type(' sharp');
  await expect(letterText(page)).toHaveText(/See you at noon sharp\./);
  expect(smtp.received).toHaveLength(0);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  await expect(toasts(page).getByText('"Lunch" sent')).toBeVisible();
  const [sent] = smtp.received;
  expect(sent?.to).toEqual(['bob@example.org']);
  expect(String(sent?.raw)).toContain('See you at noon sharp.');
});

test('APP-130 three letters sent with the cable out leave by themselves when it is back, each exactly once', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  cable.refuse(true);
  smtpCable.refuse(true);
  await expect(page.getByRole('banner').getByText(/Offline/)).toBeVisible();
  for (const name of ['one', 'two', 'three']) {
    await begin(page, `${name}@example.org`, `Letter ${name}`);
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  }
  await expect(toasts(page).getByText('Will send when online')).toBeVisible();
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/3 waiting/);
  cable.refuse(false);
  smtpCable.refuse(false);
  await expect.poll(() => smtp.received.length, { timeout: 60_000 }).toBe(3);
  await expect(folder(page, 'Outbox')).toHaveCount(0, { timeout: 20_000 });
  expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual([
    'one@example.org',
    'three@example.org',
    'two@example.org',
  ]);
});
