import { freePort } from '../test/servers/free-port';
import { expect } from './fixtures';
import { begin, composer, letterText, outbox, startToSend, test } from './support/letter-desk';
import { folder, toasts, waitForMail } from './support/screen';

test('APP-131 a refusal stands in the outbox in the server’s words, can be corrected, and stops nothing else', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  smtp.faults.rcpt = (address) =>
    address.startsWith('nobody') ? { code: 550, text: '5.1.1 No such user here' } : null;
  await begin(page, 'nobody@example.org', 'To nobody');
  await letterText(page).fill('Hello?');
  await page.keyboard.press('Control+Enter');
  await begin(page, 'bob@example.org', 'To Bob');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => smtp.received.map(({ to }) => to[0]), { timeout: 40_000 })
    .toEqual(['bob@example.org']);
  await expect(toasts(page).getByText('"To nobody" is not sent')).toBeVisible({ timeout: 15_000 });
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 not sent/);
  await folder(page, 'Outbox').click();
  const entry = outbox(page).getByRole('listitem', { name: 'To nobody' });
  await expect(entry.getByText(/No such user here/).first()).toBeVisible();
  await entry.getByRole('button', { name: 'Edit' }).click();
  await expect(letterText(page)).toContainText('Hello?');
  await composer(page).getByRole('button', { name: 'Remove nobody@example.org' }).click();
  await page.keyboard.type('somebody@example.org,');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => smtp.received.map(({ to }) => to[0]), { timeout: 25_000 })
    .toEqual(['bob@example.org', 'somebody@example.org']);
  await entry.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(folder(page, 'Outbox')).toHaveCount(0, { timeout: 15_000 });
});

test('a message whose fate is unknown is looked for and never sent again by itself; a person’s word settles it', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  smtp.faults.cut = 'after-data-lost';
  await begin(page, 'bob@example.org', 'Perhaps');
  await page.keyboard.press('Control+Enter');
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 not sent/, { timeout: 30_000 });
  smtp.faults.cut = null;
  await folder(page, 'Outbox').click();
  const entry = outbox(page).getByRole('listitem', { name: 'Perhaps' });
  await expect(entry.getByText(/The connection broke while it was sent/)).toBeVisible();
  await expect(entry.getByRole('button', { name: 'Mark as sent' })).toBeVisible();
  expect(smtp.received).toHaveLength(0);
  await entry.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  expect(smtp.received[0]?.to).toEqual(['bob@example.org']);
});

test('an account without a server for sending is offered one at Send; it is tested, and then the letter leaves', async ({
  app,
  server,
  user,
  smtp,
}) => {
  await server.append(user, 'From: Zoe <zoe@example.org>\r\nSubject: First\r\n\r\nText\r\n');
  await app.addAccount();
  await waitForMail(app.page, 'First');
  const { page } = app;
  await begin(page, 'bob@example.org', 'To Bob');
  await page.keyboard.press('Control+Enter');
  await composer(page).getByRole('button', { name: 'Set up sending' }).click();
  const dialog = page.getByRole('dialog', { name: `Sending from ${user.name}` });
  await dialog.getByRole('textbox', { name: 'Server for sending' }).fill('127.0.0.1');
  await dialog.getByRole('button', { name: /Security for sending/ }).click();
  await page.getByRole('option', { name: /^None/ }).click();
  const port = dialog.getByRole('textbox', { name: 'Port for sending' });
  await port.fill(String(await freePort()));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Reach the server' })).toContainText('failed');
  await port.fill(String(smtp.port));
  await dialog.getByRole('button', { name: 'Test and save' }).click();
  await expect(dialog.getByText('The connection works')).toBeVisible();
  await expect(toasts(page).getByText(`${user.name} sends through 127.0.0.1`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('To Bob');
  await composer(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(() => smtp.received.map(({ to }) => to[0]), { timeout: 40_000 })
    .toEqual(['bob@example.org']);

  await page.getByRole('button', { name: 'Accounts and settings' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('searchbox').fill('accounts');
  await expect(settings.getByText(`Sending: 127.0.0.1:${smtp.port}, None`)).toBeVisible();
  await settings.getByRole('button', { name: /^Change… Server for sending/ }).click();
  await dialog.getByText('Send mail from this account').click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(toasts(page).getByText(`${user.name} only receives now`)).toBeVisible();
});
