import { freePort } from '../test/servers/free-port';
import { expect } from './fixtures';
import { begin, composer, letterText, outbox, startToSend, test } from './support/letter-desk';
import { folder, toasts, waitForMail } from './support/screen';

test('APP-131 APP-031 the outbox says what, to whom and how it stands: refused, too large, put off, on its way; each has its way out, and none blocks the others', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  const smart = ['Inbox', 'Unread', 'Starred', 'Snoozed', 'Drafts', 'Sent', 'All mail'];
  for (const name of smart) await expect(folder(page, name).first()).toBeVisible();
  await expect(folder(page, 'Outbox')).toHaveCount(0);
  smtp.faults.rcpt = (address) =>
    address.startsWith('nobody') ? { code: 550, text: '5.1.1 No such user here' } : null;
  const write = async (to: string, subject: string, words: string) => {
    await begin(page, to, subject);
    await letterText(page).fill(words);
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  };
  const entry = (name: string) => outbox(page).getByRole('listitem', { name });
  const act = (name: string, action: string) =>
    entry(name).getByRole('button', { name: action, exact: true }).click();
  const sent = () => smtp.received.map(({ to }) => to);

  await write('nobody@example.org', 'To nobody', 'Hello?');
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 waiting/);
  await folder(page, 'Outbox').click();
  await expect(entry('To nobody').getByText('To nobody@example.org')).toBeVisible();
  await expect(entry('To nobody').getByText(/^Sends in \d+ seconds?$/)).toBeVisible();
  await act('To nobody', 'Send now');
  await expect(
    entry('To nobody')
      .getByText(/No such user here/)
      .first(),
  ).toBeVisible({ timeout: 15_000 });
  await expect(toasts(page).getByText('"To nobody" is not sent')).toBeVisible();
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 not sent/);

  smtp.faults.data = { code: 552, text: '5.3.4 Message size exceeds fixed limit' };
  await write('big@example.org', 'Too big', 'All of it');
  await act('Too big', 'Send now');
  await expect(
    entry('Too big')
      .getByText(/too large|larger than/i)
      .first(),
  ).toBeVisible({ timeout: 15_000 });
  await expect(entry('Too big').getByText('The server said: ')).toContainText('Message size exceeds');

  smtp.faults.data = null;
  smtp.faults.mail = { code: 421, text: '4.3.2 Busy, come back later' };
  await write('bob@example.org', 'Put off', 'Later then');
  await act('Put off', 'Send now');
  await expect(entry('Put off').getByText(/^Could not be sent yet, next attempt /)).toBeVisible({
    timeout: 15_000,
  });
  smtp.faults.mail = null;
  await act('Put off', 'Send now');
  await expect.poll(sent, { timeout: 25_000 }).toEqual([['bob@example.org']]);

  await act('Too big', 'Try again');
  await expect.poll(() => sent().at(-1), { timeout: 25_000 }).toEqual(['big@example.org']);
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void Object.assign(window, { copied: text });
  });
  await act('To nobody', 'Copy text');
  await expect(toasts(page).getByText('Text copied')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { copied: string }).copied)).toContain('Hello?');
  await act('To nobody', 'Edit');
  await expect(letterText(page)).toContainText('Hello?');
  await composer(page).getByRole('button', { name: 'Remove nobody@example.org' }).click();
  await page.keyboard.type('somebody@example.org,');
  await page.keyboard.press('Control+Enter');
  await act('To nobody', 'Discard');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await act('To nobody', 'Send now');
  await expect.poll(() => sent().at(-1), { timeout: 25_000 }).toEqual(['somebody@example.org']);

  await expect(folder(page, 'Outbox')).toHaveCount(0, { timeout: 15_000 });

  await write('cleo@example.org, nobody2@example.org', 'To two', 'Both of you');
  await act('To two', 'Send now');
  await expect(entry('To two').getByText(/^Refused: nobody2@example\.org/)).toBeVisible({ timeout: 15_000 });
  await act('To two', 'Send to the others');
  await expect.poll(sent, { timeout: 25_000 }).toContainEqual(['cleo@example.org']);
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
