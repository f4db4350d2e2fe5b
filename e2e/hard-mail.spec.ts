import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { openMessage, reader, row, waitForMail } from './support/screen';

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
