import { freePort } from '../test/servers/free-port';
import { startSlowLink } from '../test/servers/start-slow-link';
import { expect } from './fixtures';
import {
  arrival,
  begin,
  choose,
  composer,
  dropFiles,
  letterText,
  outbox,
  startToSend,
  test,
} from './support/letter-desk';
import { folder, row, showFolder, toasts, waitForMail } from './support/screen';

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
  // Told once, and nothing offers to undo what has left already.
  await expect(toasts(page).getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(1);
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(folder(page, 'Outbox')).toHaveAccessibleName(/1 not sent/);

  smtp.faults.data = { code: 552, text: '5.3.4 Message size exceeds fixed limit' };
  await write('big@example.org', 'Too big', 'All of it');
  await act('Too big', 'Send now');
  await expect(
    entry('Too big')
      .getByText(/too large|larger than/i)
      .first(),
  ).toBeVisible({ timeout: 15_000 });
  await expect(entry('Too big').getByText('The server said: ')).toHaveText(
    'The server said: Message size exceeds fixed limit',
  );
  // Its codes are one level deeper, to be copied.
  const code = entry('Too big').getByText('5.3.4');
  await expect(code).toBeHidden();
  await entry('Too big').getByRole('button', { name: 'Details' }).click();
  await expect(code).toBeVisible();
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void Object.assign(window, { copied: text });
  });
  await entry('Too big').getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(entry('Too big').getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'copied'))).toContain('5.3.4 Message size exceeds');

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
  await expect(composer(page)).toHaveCount(0);
  await entry('To nobody')
    .filter({ hasText: 'No such user here' })
    .getByRole('button', { name: 'Discard' })
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(entry('To nobody')).toHaveCount(1);
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
  await settings.getByRole('searchbox', { name: 'Search settings' }).fill('accounts');
  await expect(settings.getByText(`Sending: 127.0.0.1:${smtp.port}, None`)).toBeVisible();
  await settings.getByRole('button', { name: /^Change… Server for sending/ }).click();
  await dialog.getByText('Send mail from this account').click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(toasts(page).getByText(`${user.name} only receives now`)).toBeVisible();
});

test('APP-192 the outbox shows what leaves, to whom, its state, its next attempt and how far a large letter is; Send now, Edit and Discard do what they say', async ({
  app,
  server,
  user,
  cable,
  smtp,
}) => {
  const shot = process.env.HOMEPORT_SCREENSHOTS;
  const link = await startSlowLink(smtp.port, 1_500_000);
  await startToSend({ app, server, user, cable, smtpCable: link }, [{ subject: 'First' }]);
  const { page } = app;
  const entry = (name: string) => outbox(page).getByRole('listitem', { name });
  const act = (name: string, action: string) =>
    entry(name).getByRole('button', { name: action, exact: true }).click();
  const write = async (to: string, subject: string, words: string) => {
    await begin(page, to, subject);
    await letterText(page).fill(words);
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  };

  await write('amy@example.org', 'Pier', 'Never mind');
  await folder(page, 'Outbox').click();
  await act('Pier', 'Discard');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(entry('Pier')).toHaveCount(0);

  const files = composer(page).getByRole('region', { name: 'Attachments' });
  const sendLarge = async (subject: string) => {
    await begin(page, 'bob@example.org', subject);
    await dropFiles(composer(page).getByRole('heading').first(), [
      { name: 'charts.bin', type: 'application/octet-stream', size: 8_000_000 },
    ]);
    await expect(files.getByText('charts.bin')).toBeVisible();
    await expect(files.getByRole('progressbar')).toHaveCount(0, { timeout: 20_000 });
    await letterText(page).focus();
    await page.keyboard.press('Control+Enter');
  };
  await sendLarge('Charts');
  await expect(entry('Charts').getByText('To bob@example.org')).toBeVisible();
  await expect(entry('Charts').getByText('11 MB', { exact: true })).toBeVisible();
  await expect(entry('Charts').getByText(/^Sends in \d+ seconds?$/)).toBeVisible();
  await act('Charts', 'Send now');

  // What the bar and the words say while it is on its way, beside what the server has read by then.
  const bar = entry('Charts').getByRole('progressbar', { name: 'Sending Charts' });
  const words = entry('Charts').getByText(/^Sending: [\d.]+ [kM]B of 11 MB$/);
  await expect(words).toBeVisible({ timeout: 15_000 });
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  const steps = new Map<number, { readonly words: string; readonly ahead: number; readonly at: number }>();
  for (;;) {
    const percent = await bar.getAttribute('aria-valuenow', { timeout: 1_000 });
    const said = await words.textContent({ timeout: 500 }).catch(() => null);
    if (said === null || percent === null) break;
    const ahead = Number(percent) - (smtp.arrived / 10_960_000) * 100;
    if (!steps.has(Number(percent))) steps.set(Number(percent), { words: said, ahead, at: Date.now() });
    for (const colorScheme of shot !== undefined && steps.size === 6 ? (['dark', 'light'] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${shot}/outbox-progress-${colorScheme}.png` });
    }
    await page.waitForTimeout(50);
  }
  const seen = [...steps];
  expect(seen.length).toBeGreaterThan(9);
  expect(seen.map(([percent]) => percent)).toEqual(seen.map(([percent]) => percent).sort((a, b) => a - b));
  expect(new Set(seen.map(([, step]) => step.words)).size).toBeGreaterThan(9);
  // Not what was only put into a buffer: a link takes a second to carry this much.
  for (const [percent, { ahead }] of seen) expect(ahead, `${percent} %`).toBeLessThan(15);
  const seconds = ((seen.at(-1)?.[1].at ?? 0) - (seen[0]?.[1].at ?? 0)) / 1_000;
  expect(seen.length / seconds).toBeLessThan(5);
  await expect(entry('Charts').getByText(/^All of it is handed over\./)).toBeVisible();
  await expect
    .poll(() => smtp.received.map(({ to }) => to), { timeout: 25_000 })
    .toEqual([['bob@example.org']]);
  await expect(toasts(page).getByText('"Charts" sent')).toBeVisible();
  await expect(entry('Charts').getByText(/^Sent/)).toBeVisible();
  await expect(bar).toHaveCount(0);

  smtp.faults.mail = { code: 421, text: '4.3.2 Busy, come back later' };
  await write('cleo@example.org', 'Harbour', 'Berth nine');
  await act('Harbour', 'Send now');
  await expect(entry('Harbour').getByText(/^Could not be sent yet, next attempt .*\d/)).toBeVisible({
    timeout: 15_000,
  });
  smtp.faults.mail = null;
  await act('Harbour', 'Edit');
  await expect(letterText(page)).toContainText('Berth nine');
  await expect(entry('Harbour')).toHaveCount(0);
  await letterText(page).fill('Berth ten');
  await page.keyboard.press('Control+Enter');
  await act('Harbour', 'Send now');
  const { raw, to } = await arrival(smtp, 1);
  expect(to).toEqual(['cleo@example.org']);
  expect(raw).toContain('Berth ten');

  // On its way it can still be stopped: it is a letter being written again, and nobody gets it.
  await sendLarge('Maps');
  await act('Maps', 'Send now');
  await expect(entry('Maps').getByText(/^Sending: [\d.]+ [kM]B of 11 MB$/)).toBeVisible({ timeout: 15_000 });
  await act('Maps', 'Cancel');
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Maps');
  await expect(files.getByText('charts.bin')).toBeVisible();
  await expect(entry('Maps')).toHaveCount(0);
  expect(smtp.received).toHaveLength(2);
  link.stop();
});

test('SYNC-287 a letter is held for the undo time that was chosen; closed or killed meanwhile it is held, the time runs again and is told, and Undo brings it back as it was', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  test.setTimeout(120_000);
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  let { page } = app;
  const entry = (name: string) => outbox(page).getByRole('listitem', { name });
  const secondsOf = async (name: string) => {
    const words = await entry(name)
      .getByText(/^Sends in \d+ seconds?$/)
      .textContent();
    return Number(/\d+/.exec(words ?? '')?.[0]);
  };
  const write = async (subject: string) => {
    await begin(page, 'bob@example.org', subject);
    await letterText(page).focus();
    await page.keyboard.type('Word for word');
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  };
  await choose(page, 'Undo send', 'Not at all');
  await write('At once');
  await arrival(smtp, 0);
  for (const seconds of [5, 10, 30, 60]) {
    await showFolder(page, 'Inbox');
    await choose(page, 'Undo send', seconds === 60 ? '1 minute' : `${seconds} seconds`);
    await write(`Held ${seconds}`);
    await folder(page, 'Outbox').click();
    const left = await secondsOf(`Held ${seconds}`);
    expect(left).toBeLessThanOrEqual(seconds);
    expect(left).toBeGreaterThan(seconds - 5);
    await entry(`Held ${seconds}`).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await expect(entry(`Held ${seconds}`)).toHaveCount(0);
  }
  await showFolder(page, 'Inbox');
  await choose(page, 'Undo send', '10 seconds');
  await write('Lunch');
  for (const how of ['kill', 'quit'] as const) {
    page = await app.relaunch(how);
    const notice = toasts(page).getByRole('status').filter({ hasText: 'Sending "Lunch"' });
    await expect(notice).toContainText('Homeport was closed before it left.');
    await expect(notice).toContainText(/in \d+ seconds?/);
    expect(smtp.received).toHaveLength(1);
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect(letterText(page)).toHaveText(/^Word for word$/);
    await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Lunch');
    await expect(composer(page).getByRole('list', { name: 'To: recipients' })).toContainText(
      'bob@example.org',
    );
    await letterText(page).focus();
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  }
  page = await app.relaunch('kill');
  await expect(toasts(page).getByText('Homeport was closed before it left.')).toBeVisible();
  const { mail } = await arrival(smtp, 1);
  expect(mail.subject).toBe('Lunch');
  await expect(toasts(page).getByText('"Lunch" sent')).toBeVisible();
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  expect(smtp.received).toHaveLength(2);
});

test('a letter that comes back is told once and stands in the outbox with who it did not reach and why', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  await choose(page, 'Undo send', 'Not at all');
  await begin(page, 'bob@example.org, gone@example.org', 'Invitation');
  await letterText(page).fill('Come along');
  await page.keyboard.press('Control+Enter');
  const { raw } = await arrival(smtp, 0);
  await expect(toasts(page).getByText('"Invitation" sent')).toBeVisible();
  await server.append(
    user,
    [
      'From: MAILER-DAEMON@example.org',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce@example.org>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your message.',
      '--b\r\nContent-Type: message/delivery-status\r\n',
      'Reporting-MTA: dns; mx.example.org',
      '',
      'Final-Recipient: rfc822; gone@example.org',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
      '',
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\n${raw.split('\r\n\r\n')[0] ?? ''}`,
      '--b--',
      '',
    ].join('\r\n'),
  );
  await expect(toasts(page).getByText('"Invitation" did not reach everyone')).toBeVisible({
    timeout: 90_000,
  });
  await expect(toasts(page).getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(1);
  await toasts(page).getByRole('button', { name: 'Open outbox' }).click();
  const entry = outbox(page).getByRole('listitem', { name: 'Invitation' });
  await expect(entry.getByText('Did not reach everyone')).toBeVisible();
  await expect(
    entry.getByText(/^Refused: gone@example\.org\. The mail to gone@example\.org came back/),
  ).toBeVisible();
  await expect(entry.getByText(/No such user here/).first()).toBeVisible();
  await entry.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  // It counts as sent again.
  await expect(entry.getByRole('button').filter({ hasNotText: 'Details' })).toHaveCount(0);
  await showFolder(page, 'Sent');
  await expect(row(page, 'Invitation')).toBeVisible();
});
