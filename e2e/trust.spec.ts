import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { openMessage, reader, waitForMail } from './support/screen';

test('APP-086 one chip says in plain words who vouches for the sender; only the account’s own server is believed', async ({
  app,
  server,
  user,
}) => {
  const paypal = 'PayPal <billing@paypal.com>';
  const results = (text: string) => `Authentication-Results: ${text}`;
  const cases = [
    ['Checked', paypal, [results('mx.example.org; dmarc=pass')], 'Verified sender', 'Really from paypal.com'],
    [
      'Made up',
      paypal,
      [results('mx.evil.example; dmarc=pass')],
      'Not verified',
      'could not confirm who sent this',
    ],
    [
      'Forged below',
      paypal,
      [results('example.org; dmarc=fail'), results('example.org; dmarc=pass')],
      'Suspicious',
      'claims to be from paypal.com',
    ],
    [
      'As me',
      `Me <${user.name}@example.org>`,
      [results('example.org; spf=none; dmarc=none')],
      'Suspicious',
      'claims to be from you',
    ],
  ] as const;
  for (const [subject, from, headers] of cases) {
    // A server puts its field above what came with the message.
    const raw = letter({ subject, from });
    await server.append(user, `${headers.join('\r\n')}\r\n${raw}`);
  }
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Checked');
  for (const [subject, , , chip, words] of cases) {
    await openMessage(page, subject);
    await reader(page).getByRole('button', { name: chip, exact: true }).click();
    await expect(page.getByRole('dialog', { name: chip })).toContainText(words);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('APP-100 encrypted and signed mail of both kinds is recognised and labelled, its parts are not shown', async ({
  app,
  server,
  user,
}) => {
  const head = (subject: string, type: string) =>
    [
      'From: Ann <ann@example.org>',
      `Subject: ${subject}`,
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <${subject.replace(/\W/g, '')}-${user.name}@example.org>`,
      'MIME-Version: 1.0',
      `Content-Type: ${type}`,
      '',
    ].join('\r\n');
  const signedText = '--b\r\nContent-Type: text/plain\r\n\r\nReadable words.\r\n--b\r\n';
  const armour = '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA0\r\n-----END PGP MESSAGE-----';
  const mails = {
    'OpenPGP secret': `${head('OpenPGP secret', 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b')}\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n${armour}\r\n--b--\r\n`,
    'Inline secret': `${head('Inline secret', 'text/plain')}\r\n${armour}\r\n`,
    'SMIME secret': `${head('SMIME secret', 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m')}\r\nMIAGCSqGSIb3DQEHA6CA\r\n`,
    'OpenPGP signed': `${head('OpenPGP signed', 'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; boundary=b')}\r\n${signedText}Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n--b--\r\n`,
    'SMIME signed': `${head('SMIME signed', 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=b')}\r\n${signedText}Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIAG\r\n--b--\r\n`,
  };
  for (const raw of Object.values(mails)) await server.append(user, raw);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'OpenPGP secret');
  for (const subject of Object.keys(mails)) {
    await openMessage(page, subject);
    if (subject.endsWith('secret')) {
      await expect(
        reader(page).getByText('This message is encrypted and cannot be opened here.'),
      ).toBeVisible();
      await expect(reader(page).getByText(/BEGIN PGP|hQEMA0|MIAG|Version: 1/)).toHaveCount(0);
    } else {
      await expect(reader(page).getByText('Readable words.')).toBeVisible();
      await expect(reader(page).getByText('Signed', { exact: true })).toBeVisible();
      await expect(reader(page).getByText(/BEGIN PGP|MIAG/)).toHaveCount(0);
    }
  }
});
