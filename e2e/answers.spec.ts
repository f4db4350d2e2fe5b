import { expect } from './fixtures';
import { composer, letterText, startToSend, test } from './support/letter-desk';
import { openMessage, reader, row } from './support/screen';

const plan = (to: string) => ({
  to,
  subject: 'Berth plan',
  id: 'plan',
  from: 'Ann Baker <ann@example.org>',
  headers: ['Cc: Cleo <cleo@example.org>'],
  html: '<p>The <b>plan</b> for May.</p><table><tr><td>Pier 3</td></tr></table>',
});

test('APP-120 answers begin with whom they go to, and what they quote arrives whole with what was written above it', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [plan(`${user.name}@example.org`)]);
  const { page } = app;
  await openMessage(page, 'Berth plan');
  await row(page, 'Berth plan').focus();
  await page.keyboard.press('a');
  const letter = composer(page);
  await expect(letterText(page)).toBeFocused();
  await expect(letter.getByRole('list', { name: 'To: recipients' })).toContainText('Ann Baker');
  await expect(letter.getByRole('list', { name: 'Cc: recipients' })).toContainText('Cleo');
  await expect(letter.getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Berth plan');
  await page.keyboard.type('Thank you, ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('all');
  await letter.getByRole('button', { name: 'Show the quoted message' }).click();
  await expect(letter.frameLocator('iframe').getByText('Pier 3')).toBeVisible();
  // Tab leaves the editor, Escape the letter (APP-304).
  await letterText(page).focus();
  await page.keyboard.press('Tab');
  await expect(letterText(page)).not.toBeFocused();
  await letterText(page).focus();
  await page.keyboard.press('Escape');
  await expect(letter.locator(':focus')).toHaveCount(0);
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  const [sent] = smtp.received;
  const raw = String(sent?.raw);
  expect(sent?.to).toEqual(['ann@example.org', 'cleo@example.org']);
  expect(raw).toMatch(/^In-Reply-To: <plan@example\.org>/m);
  expect(raw).toContain('<strong>all</strong>');
  expect(raw).toMatch(/Pier(=\r\n)? ?(=\r\n)?3/);
});

test('APP-103 a quick reply stays below the message, is there after leaving and returning, and goes out from there', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [
    plan(`${user.name}@example.org`),
    { subject: 'Another' },
  ]);
  const { page } = app;
  await openMessage(page, 'Berth plan');
  await reader(page).getByRole('button', { name: 'Reply to Ann Baker' }).click();
  const text = reader(page).getByRole('textbox', { name: 'Message', exact: true });
  await expect(text).toBeFocused();
  await page.keyboard.type('Fine with me');
  await openMessage(page, 'Another');
  await expect(text).toHaveCount(0);
  await row(page, 'Berth plan').getByText('Berth plan').first().click();
  await expect(text).toContainText('Fine with me');
  await text.focus();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  expect(smtp.received[0]?.to).toEqual(['ann@example.org']);
  await expect(reader(page).getByRole('button', { name: 'Reply to Ann Baker' })).toBeVisible();
});

test('APP-105 a read receipt is asked about, and sent only when the answer is yes', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  const asking = (subject: string) => ({
    subject,
    headers: ['Disposition-Notification-To: <ann@example.org>', 'Return-Path: <ann@example.org>'],
  });
  await startToSend({ app, server, user, cable, smtpCable }, [
    asking('Please decline'),
    asking('Please confirm'),
  ]);
  const { page } = app;
  const question = reader(page).getByText('Ann Baker asks to be told that you read this.');
  await openMessage(page, 'Please decline');
  await expect(question).toBeVisible();
  await reader(page).getByRole('button', { name: 'Do not send' }).click();
  await expect(question).toHaveCount(0);
  await openMessage(page, 'Please confirm');
  await reader(page).getByRole('button', { name: 'Send receipt' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => smtp.received.length, { timeout: 25_000 }).toBe(1);
  const raw = String(smtp.received[0]?.raw);
  expect(raw).toContain('disposition-notification');
  expect(raw).toMatch(/Please confirm/);
});
