import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { grid, openMessage, reader, row, showFolder, waitForMail } from './support/screen';

const crlf = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const head = (subject: string, type: string, from = 'Ann Baker <ann@example.org>') => [
  `From: ${from}`,
  'To: Me <me@example.org>',
  `Subject: ${subject}`,
  `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
  `Message-ID: <${subject.replaceAll(' ', '-')}@example.org>`,
  'MIME-Version: 1.0',
  `Content-Type: ${type}`,
];

test('pictures that the text does not show are files, and words around an encrypted part are read', async ({
  app,
  server,
  user,
}) => {
  const photo = [
    'Content-Type: image/png; name=photo.png',
    'Content-Disposition: inline',
    'Content-ID: <p@x>',
  ];
  await server.append(
    user,
    crlf([
      ...head('From my phone', 'multipart/mixed; boundary=b'),
      ...['', '--b', 'Content-Type: text/plain', '', 'Look at this'],
      ...['--b', ...photo, 'Content-Transfer-Encoding: base64', '', 'iVBORw0KGgo=', '--b--'],
    ]),
  );
  await server.append(
    user,
    crlf([
      ...head('Partly secret', 'text/plain'),
      ...['', 'For everybody to read', '', '-----BEGIN PGP MESSAGE-----', '', 'hQEMA', '=abcd'],
      '-----END PGP MESSAGE-----',
    ]),
  );
  await server.append(
    user,
    crlf([
      ...head('Signed words', 'text/plain'),
      ...['', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '', 'These are signed'],
      ...['-----BEGIN PGP SIGNATURE-----', '', 'iQEz', '-----END PGP SIGNATURE-----'],
    ]),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'From my phone');
  await openMessage(page, 'From my phone');
  await expect(reader(page).getByRole('list', { name: '1 attachment' })).toContainText('photo.png');
  await expect(reader(page).getByRole('button', { name: 'Preview photo.png' })).toBeVisible();

  await openMessage(page, 'Partly secret');
  await expect(reader(page).getByText('For everybody to read')).toBeVisible();
  await expect(reader(page).getByText('This message is encrypted and cannot be opened here.')).toBeVisible();
  await expect(reader(page).getByText('hQEMA')).toHaveCount(0);
  await expect(row(page, 'Partly secret')).not.toContainText('BEGIN PGP');

  await openMessage(page, 'Signed words');
  await expect(reader(page).getByText('These are signed', { exact: true })).toBeVisible();
  await expect(reader(page).getByText('BEGIN PGP')).toHaveCount(0);
});

test('not more than two banners stand above a message, and what hides in names is spelled out', async ({
  app,
  server,
  user,
}) => {
  const twisted = encodeURIComponent('photo\u202egnp.exe');
  const program = (name: string) => [
    '--b',
    'Content-Type: application/octet-stream',
    `Content-Disposition: attachment; filename*=utf-8''${name}`,
    '',
    'MZ',
  ];
  await server.append(
    user,
    crlf([
      ...head('All at once', 'multipart/mixed; boundary=b', '"ceo@bank.example" <x@evil.example>').slice(
        0,
        -1,
      ),
      'Disposition-Notification-To: y@evil.example',
      'Content-Type: multipart/mixed; boundary=b',
      ...['', '--b', 'Content-Type: text/html', '', '<p>Hello <img src="https://evil.example/p.png"></p>'],
      ...program(twisted),
      ...program('run.js'),
      '--b--',
    ]),
  );
  await server.append(
    user,
    letter({ subject: 'Long name', from: `"${'Maximilian '.repeat(30)}" <m@example.org>` }),
  );
  await server.append(user, letter({ subject: 'Nobody', from: 'undisclosed-recipients:;' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'All at once');
  await openMessage(page, 'All at once');
  const pane = reader(page);
  const sender = pane.getByText('The name shows ceo@bank.example');
  const files = pane.getByText('2 files can harm this computer: photo⟨U+202E⟩gnp.exe, run.js.');
  const receipt = pane.getByText('asks to be told that you read this');
  const pictures = pane.getByText('1 picture not loaded');
  await expect(sender).toBeVisible();
  await expect(files).toBeVisible();
  await expect(pictures).toBeAttached();
  await expect(receipt.or(pictures).filter({ visible: true })).toHaveCount(0);
  await pane.getByRole('button', { name: 'Show 2 more notes' }).click();
  await expect(receipt).toBeVisible();
  await expect(pictures).toBeVisible();

  await openMessage(page, 'Long name');
  await expect(pane.getByRole('button', { name: /^Reply to Maximilian/ })).toBeVisible();
  expect(
    await pane.evaluate((element) => {
      const scroller = element.querySelector('[data-reader-scroll]');
      return scroller ? scroller.scrollWidth - scroller.clientWidth : null;
    }),
  ).toBe(0);

  await openMessage(page, 'Nobody');
  await expect(pane.getByText('This is the text of Nobody.')).toBeVisible();
  await expect(pane.getByRole('button', { name: /^Reply to (?!all)/ })).toHaveCount(0);
});

test('a link to a host in letters that look like others is named as computers spell it', async ({
  app,
  server,
  user,
}) => {
  await server.append(
    user,
    letter({ subject: 'Look alike', text: 'Sign in at https://pаypal.com/login now' }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Look alike');
  await openMessage(page, 'Look alike');
  const link = reader(page).getByRole('link', { name: 'https://pаypal.com/login' });
  await link.focus();
  await expect(reader(page).getByText('xn--pypal-4ve.com', { exact: true })).toBeVisible();
  await link.click();
  await expect(
    page.getByRole('alertdialog').getByRole('button', { name: 'Open xn--pypal-4ve.com' }),
  ).toBeVisible();
  await expect(page.getByRole('alertdialog')).toContainText('mixes alphabets');
});

test('what was marked as unread stays so in a window that comes back to it', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'For tomorrow' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'For tomorrow');
  const unread = grid(page).getByRole('row', { name: /^unread, / });
  await openMessage(page, 'For tomorrow');
  await expect(unread).toHaveCount(0);
  await page.keyboard.press('Shift+U');
  await expect(unread).toHaveCount(1);
  await page.reload();
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('For tomorrow');
  await page.waitForTimeout(2_000);
  await expect(unread).toHaveCount(1);
});

test('all messages of a long conversation open with one key, and many ticked rows have their actions beside', async ({
  app,
  server,
  user,
}) => {
  const chain = Array.from({ length: 20 }, (_, at) =>
    letter({
      subject: 'Long talk',
      id: `talk-${at}`,
      ...(at > 0 ? { inReplyTo: `talk-${at - 1}` } : {}),
      date: new Date(Date.now() - (30 - at) * 60_000),
      text: `Word number ${at}.`,
    }),
  );
  server.fill(
    user,
    'INBOX',
    chain.map((raw, at) => ({ raw: Buffer.from(raw), flags: [], date: Date.now() - (30 - at) * 60_000 })),
  );
  await server.append(user, letter({ subject: 'Another' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Long talk');
  await openMessage(page, 'Long talk');
  await row(page, 'Long talk').focus();
  await page.keyboard.press(';');
  await expect(reader(page).getByRole('article')).toHaveCount(20);
  await reader(page).getByText('Word number 9.', { exact: true }).scrollIntoViewIfNeeded();
  await expect(reader(page).getByText('Word number 9.', { exact: true })).toBeVisible();
  await page.keyboard.press(':');
  await expect(reader(page).getByRole('button', { expanded: true })).toHaveCount(0);

  await page.keyboard.press('Control+A');
  const pane = page.getByRole('region', { name: 'Reading pane' });
  await expect(pane.getByText('2 selected')).toBeVisible();
  await pane.getByRole('button', { name: 'Archive' }).click();
  await expect(grid(page).getByRole('row')).toHaveCount(0);
});

test('of a long line that runs to the left the end is cut, not the beginning', async ({
  app,
  server,
  user,
}) => {
  const words = 'أول الكلام ثم كلام كثير جدا لا يتسع له السطر '.repeat(4);
  const subject = `=?utf-8?B?${Buffer.from('فاتورة').toString('base64')}?=`;
  await server.append(user, letter({ subject, text: words }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'فاتورة');
  await expect(row(page, 'فاتورة')).toContainText('أول');
  const [line, snippet] = await row(page, 'فاتورة').evaluate((element) => {
    const text = [...element.querySelectorAll('bdi')].find((bdi) => bdi.textContent?.startsWith('أول'));
    const range = document.createRange();
    const node = text?.firstChild;
    if (!node) throw new Error('no snippet');
    range.setStart(node, 0);
    range.setEnd(node, 3);
    const cell = text.closest('[role="gridcell"]')?.getBoundingClientRect();
    const first = range.getBoundingClientRect();
    return [
      { left: cell?.left ?? 0, right: cell?.right ?? 0 },
      { left: first.left, right: first.right },
    ];
  });
  expect(snippet?.left).toBeGreaterThanOrEqual(line?.left ?? 0);
  expect(snippet?.right).toBeLessThanOrEqual(line?.right ?? 0);
});

test('in a very wide window lines stay short, in the middle of the pane', async ({ app, server, user }) => {
  await server.append(
    user,
    letter({ subject: 'Wide', text: 'word '.repeat(400), html: `<p>${'word '.repeat(400)}</p>` }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await page.setViewportSize({ width: 2200, height: 900 });
  await waitForMail(page, 'Wide');
  await openMessage(page, 'Wide');
  const pane = await reader(page).boundingBox();
  const frame = page.locator('iframe[title^="Message from"]');
  await expect(frame).toBeVisible();
  const text = await frame.boundingBox();
  const card = await reader(page).getByRole('article').boundingBox();
  if (!pane || !text || !card) throw new Error('not drawn');
  expect(text.width).toBeLessThan(700);
  const [before, after] = [card.x - pane.x, pane.x + pane.width - card.x - card.width];
  expect(Math.abs(before - after)).toBeLessThanOrEqual(20);
});

test('a row looks pointed at while its menu is open', async ({ app, server, user }) => {
  await server.append(user, letter({ subject: 'Pointed at' }));
  await server.append(user, letter({ subject: 'Not meant' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Pointed at');
  const ground = (subject: string) =>
    row(page, subject).evaluate((element) => getComputedStyle(element).backgroundColor);
  const plain = await ground('Not meant');
  await row(page, 'Pointed at').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Pointed at' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Forward' }).hover();
  expect(await ground('Pointed at')).not.toBe(plain);
  expect(await ground('Not meant')).toBe(plain);
});

test('in the junk folder the reader and the menu of a row offer the way back', async ({
  app,
  server,
  user,
}) => {
  for (const subject of ['Good one', 'Good two'])
    await server.append(user, letter({ subject }), { mailbox: 'Junk' });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await showFolder(page, 'Junk');
  await openMessage(page, 'Good one');
  const bar = reader(page).getByRole('toolbar', { name: 'Actions for this conversation' });
  await expect(bar.getByRole('button', { name: 'Report junk' })).toHaveCount(0);
  await bar.getByRole('button', { name: 'Not junk' }).click();
  await expect(row(page, 'Good one')).toHaveCount(0);
  await row(page, 'Good two').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Report junk' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Not junk' }).click();
  await expect(row(page, 'Good two')).toHaveCount(0);
  await showFolder(page, 'Inbox');
  await expect(grid(page).getByRole('row')).toHaveCount(2);
  await openMessage(page, 'Good two');
  await expect(bar.getByRole('button', { name: 'Report junk' })).toBeVisible();
});

test('the bar of the reader says what it does, and in a narrow window all of it is within reach', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'Bar' }), { flags: ['travel_plans_for_the_summer', 'work'] });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Bar');
  await openMessage(page, 'Bar');
  const bar = reader(page).getByRole('toolbar', { name: 'Actions for this conversation' });
  await bar.getByRole('button', { name: 'Star', exact: true }).click();
  await bar.getByRole('button', { name: 'Remove star' }).click();
  await expect(bar.getByRole('button', { name: 'Star', exact: true })).toBeVisible();
  await expect(bar.getByRole('button', { name: 'More actions' })).toBeHidden();
  for (const width of [320, 390, 600]) {
    await page.setViewportSize({ width, height: 700 });
    await expect(bar.getByRole('button', { name: 'More actions' })).toBeVisible();
    const end = await bar.evaluate((element) =>
      Math.max(
        ...[...element.querySelectorAll('button')].map((button) => button.getBoundingClientRect().right),
      ),
    );
    expect(end, `in ${width} pixels`).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const subject = await reader(page).getByRole('heading', { level: 2 }).boundingBox();
  expect(subject?.width, 'labels leave the subject its room').toBeGreaterThan(250);
  await bar.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Star' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await bar.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: 'Remove star' })).toBeVisible();
});
