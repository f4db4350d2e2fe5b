import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { openMessage, reader, row, waitForMail } from './support/screen';

test('APP-087 a known name with another address is warned of, and a name that shows an address gives way to the real one', async ({
  app,
  server,
  user,
}) => {
  const own = `Me <${user.name}@example.org>`;
  const passed = (domain: string) => [
    `Authentication-Results: mx.example.org; dmarc=pass header.from=${domain}; dkim=pass header.d=${domain}`,
  ];
  const encoded = (name: string) => `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`;
  const put = (raw: string, mailbox = 'INBOX', flags: string[] = []) =>
    server.append(user, raw, { mailbox, flags });
  await put(letter({ subject: 'Lunch', from: own, to: 'Anna Maier <anna@example.net>' }), 'Sent', ['\\Seen']);
  const starred = letter({ subject: 'Trip', from: 'Bob Ray <bob@travel.example.com>' });
  await put(starred, 'INBOX', ['\\Flagged']);
  const mails = [
    // What the checks would vouch for in green must not help a look-alike.
    ['Invoice', '"Anna Maier" <anna.maier@evil.example.com>', passed('evil.example.com')],
    // Cyrillic letters in another order.
    ['Wire transfer', `${encoded('Mаіеr, Аnnа')} <a@evil.example.com>`, []],
    ['Hello again', 'Anna Maier <anna@example.net>', passed('example.net')],
    ['From the office', 'Anna Maier <a.maier@office.example.net>', passed('example.net')],
    ['Pull request', 'Bob Ray <notifications@forge.example.com>', ['List-Id: <repo.forge.example.com>']],
    ['Account locked', '"service@bank.example" <mallory@evil.example.com>', passed('evil.example.com')],
    ['Account open', `${encoded('bank＠bank．example')} <mallory@evil.example.com>`, []],
  ] as const;
  for (const [subject, from, headers] of mails) await put(letter({ subject, from, headers }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Account open');

  const warning = (text: string) => reader(page).getByText(text);
  await openMessage(page, 'Invoice');
  await expect(
    warning('You know Anna Maier as anna@example.net, not as anna.maier@evil.example.com. Be careful'),
  ).toBeVisible();
  await reader(page).getByRole('button', { name: 'Not verified' }).click();
  await expect(page.getByRole('dialog')).toContainText(
    'from evil.example.com, but the name makes it look like',
  );
  await page.keyboard.press('Escape');
  await openMessage(page, 'Wire transfer');
  await expect(warning('not as a@evil.example.com')).toBeVisible();

  await openMessage(page, 'Hello again');
  await expect(reader(page).getByRole('button', { name: 'Verified sender' })).toBeVisible();
  await expect(warning('You know')).toHaveCount(0);
  await openMessage(page, 'From the office');
  await expect(
    warning('You know Anna Maier as anna@example.net; this message is from a.maier@office.example.net.'),
  ).toBeVisible();
  await expect(warning('Be careful')).toHaveCount(0);
  await openMessage(page, 'Pull request');
  await expect(warning('You know Bob Ray as bob@travel.example.com')).toBeVisible();
  await expect(warning('Be careful')).toHaveCount(0);

  for (const subject of ['Account locked', 'Account open']) {
    await expect(row(page, subject)).toContainText('mallory@evil.example.com');
    await expect(row(page, subject)).not.toContainText('bank');
    await openMessage(page, subject);
    await expect(reader(page).getByRole('heading', { level: 3 })).toHaveText(/mallory@evil\.example\.com/);
    await expect(warning('but the message is from mallory@evil.example.com. Be careful')).toBeVisible();
  }

  // Who was answered or starred since is known as well.
  await openMessage(page, 'Invoice');
  await page.keyboard.press('s');
  await expect(warning('Be careful')).toHaveCount(0);
});
