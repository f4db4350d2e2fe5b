import { expect } from './fixtures';
import {
  arrival,
  begin,
  choose,
  composer,
  letterText,
  runOn,
  startToSend,
  test,
} from './support/letter-desk';
import { letter } from './support/letters';
import { openMessage, reader, row } from './support/screen';

const plan = (to: string) => ({
  to,
  subject: 'Berth plan',
  id: 'plan',
  from: 'Ann Baker <ann@example.org>',
  headers: ['Cc: Cleo <cleo@example.org>'],
  html: '<p>The <b>plan</b> for May.</p><table><tr><td>Pier 3</td></tr></table>',
});

test('APP-120 new, reply, reply to all, forward inline and attached, edit as new and redirect: each arrives as what it is', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  const me = `${user.name}@example.org`;
  const original = (id: string) => ({
    ...plan(`${me}, dora@example.org`),
    subject: `About ${id}`,
    id,
    inReplyTo: `before-${id}`,
    attachments: [{ name: 'piers.txt', type: 'text/plain', content: 'Pier 7' }],
  });
  const kinds = ['reply', 'everybody', 'forwarding', 'enclosing', 'reusing', 'redirecting'];
  await startToSend({ app, server, user, cable, smtpCable }, kinds.map(original));
  test.setTimeout(180_000);
  const { page } = app;
  await choose(page, 'Undo send', 'Not at all');
  const letter = composer(page);
  const write = async (words: string) => {
    await letterText(page).focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type(words);
  };
  const to = async (address: string) => {
    await expect(letter.getByRole('combobox', { name: 'To', exact: true })).toBeFocused();
    await page.keyboard.type(`${address},`);
  };
  const dispatch = async () => {
    await page.keyboard.press('Control+Enter');
    await expect(letter).toHaveCount(0);
  };

  await begin(page, 'zoe@example.org', 'All new');
  await write('Fresh words');
  await dispatch();
  let sent = await arrival(smtp, 0);
  expect(sent.to).toEqual(['zoe@example.org']);
  expect(sent.mail).toMatchObject({ subject: 'All new', from: { address: me } });
  expect(sent.mail.text).toContain('Fresh words');
  expect(sent.head).not.toMatch(/^(In-Reply-To|References|Resent-)/im);

  const answers = [
    { id: 'reply', key: 'r', to: ['ann@example.org'], cc: [] },
    {
      id: 'everybody',
      key: 'a',
      to: ['ann@example.org', 'dora@example.org'],
      cc: ['cleo@example.org'],
    },
  ];
  for (const [at, answer] of answers.entries()) {
    await openMessage(page, `About ${answer.id}`);
    await row(page, `About ${answer.id}`).focus();
    await page.keyboard.press(answer.key);
    await expect(letterText(page)).toBeFocused();
    await expect(letter.getByRole('textbox', { name: 'Subject' })).toHaveValue(`Re: About ${answer.id}`);
    await write('Thank you, ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('all');
    await letter.getByRole('button', { name: 'Show the quoted message' }).click();
    await expect(letter.frameLocator('iframe').getByText('Pier 3')).toBeVisible();
    await letterText(page).focus();
    await dispatch();
    sent = await arrival(smtp, 1 + at);
    expect([...sent.to].sort()).toEqual([...answer.to, ...answer.cc].sort());
    expect(sent.mail.to?.map(({ address }) => address).sort()).toEqual(answer.to);
    expect((sent.mail.cc ?? []).map(({ address }) => address)).toEqual(answer.cc);
    expect(sent.mail.subject).toBe(`Re: About ${answer.id}`);
    expect(sent.head).toMatch(new RegExp(`^In-Reply-To: <${answer.id}@example\\.org>$`, 'm'));
    expect(sent.head).toMatch(
      new RegExp(`^References: <before-${answer.id}@example\\.org> <${answer.id}@example\\.org>$`, 'm'),
    );
    expect(sent.mail.html).toMatch(/<strong>all<\/strong>[\s\S]*<b>plan<\/b>[\s\S]*<td[^>]*>Pier 3/);
    expect(sent.mail.text).toMatch(
      new RegExp(`^Thank you, all[\\s\\S]*^> This is the text of About ${answer.id}`, 'm'),
    );
    expect(sent.mail.attachments).toEqual([]);
  }

  await openMessage(page, 'About forwarding');
  await row(page, 'About forwarding').focus();
  await page.keyboard.press('f');
  await to('bob@example.org');
  await write('For you');
  await dispatch();
  sent = await arrival(smtp, 3);
  expect(sent.to).toEqual(['bob@example.org']);
  expect(sent.mail.subject).toBe('Fwd: About forwarding');
  expect(sent.mail.html).toMatch(/For you[\s\S]*Ann Baker[\s\S]*<td[^>]*>Pier 3/);
  const names = sent.mail.attachments.map(({ filename, mimeType }) => [filename, mimeType]);
  expect(names).toEqual([['piers.txt', 'text/plain']]);
  expect(sent.raw).toContain(Buffer.from('Pier 7').toString('base64'));

  await runOn(page, 'About enclosing', 'Forward as attachment');
  await to('bob@example.org');
  await write('Enclosed');
  await dispatch();
  sent = await arrival(smtp, 4);
  expect(sent.mail.subject).toBe('Fwd: About enclosing');
  expect(sent.raw).toMatch(/^Content-Type: message\/rfc822/im);
  expect(sent.raw).toMatch(/^Message-ID: <enclosing@example\.org>\r$/m);
  expect(sent.mail.text).toContain('Enclosed');

  await runOn(page, 'About reusing', 'Edit as new message');
  await expect(letterText(page)).toContainText('The plan for May.');
  await write('Once more. ');
  await dispatch();
  sent = await arrival(smtp, 5);
  expect(sent.mail.subject).toBe('About reusing');
  expect(sent.mail.from?.address).toBe(me);
  expect(sent.head).not.toMatch(/^Message-ID: <reusing@/im);
  expect(sent.mail.html).toMatch(/Once more\.[\s\S]*Pier 3/);
  expect(sent.mail.attachments.map(({ filename }) => filename)).toEqual(['piers.txt']);

  await runOn(page, 'About redirecting', 'Redirect');
  // Nothing of it can be changed: it goes on as it came.
  await expect(letter.getByRole('region', { name: 'Message that is passed on' })).toContainText('Ann Baker');
  await expect(letter.frameLocator('iframe').getByText('Pier 3')).toBeVisible();
  for (const name of ['Subject', 'Message'])
    await expect(letter.getByRole('textbox', { name })).toHaveCount(0);
  await to('Bob <bob@example.org>');
  await letter.getByRole('button', { name: 'Bcc' }).click();
  await page.keyboard.type('secret@example.org,');
  await dispatch();
  sent = await arrival(smtp, 6);
  expect([...sent.to].sort()).toEqual(['bob@example.org', 'secret@example.org']);
  const client = await server.session(user);
  const stored = async (mailbox: string, id: string) => {
    await client.mailboxOpen(mailbox, { readOnly: true });
    const found = await client.search({ header: { 'message-id': `<${id}@example.org>` } }, { uid: true });
    const [uid] = found || [];
    if (uid === undefined) return '';
    const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
    return message ? String(message.source) : '';
  };
  const came = await stored('INBOX', 'redirecting');
  expect(came).toContain('piers.txt');
  expect(sent.raw.endsWith(came)).toBe(true);
  const block = sent.raw.slice(0, -came.length);
  expect(block).toMatch(
    /^Resent-Date: \w+, .* [+-]\d{4}\r\nResent-From: .*\r\nResent-To: Bob <bob@example\.org>\r\nResent-Message-ID: <\w+@example\.org>\r\n$/,
  );
  expect(block).toContain(me);
  await expect
    .poll(async () => (await stored('Sent', 'redirecting')).replace(/^[\s\S]*?(?=Resent-Bcc)/, ''), {
      timeout: 90_000,
    })
    .toMatch(/^Resent-Bcc: secret@example\.org\r\n/);
  await client.logout();
  // The next program reads it as Ann's, and answers to her.
  expect(sent.mail).toMatchObject({ subject: 'About redirecting', from: { address: 'ann@example.org' } });
  expect(sent.mail.attachments.map(({ filename }) => filename)).toEqual(['piers.txt']);
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

test('APP-105 SYNC-293 a request for a receipt is asked about, refused, or answered for people one knows, as the setting says; once, and never by itself where it would go elsewhere', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  const asking = (subject: string, from = 'Ann Baker <ann@example.org>', path?: string) => ({
    subject,
    from,
    id: subject.toLowerCase().replaceAll(' ', '-'),
    headers: [
      `Disposition-Notification-To: ${from}`,
      `Return-Path: ${path ?? from.slice(from.indexOf('<'))}`,
    ],
  });
  const stranger = 'Some Body <some@example.org>';
  await startToSend({ app, server, user, cable, smtpCable }, [
    asking('Please decline'),
    asking('Please confirm'),
    asking('Never told'),
    asking('Known person'),
    asking('Unknown person', stranger),
    asking('Through a list', undefined, '<bounces@lists.example.net>'),
  ]);
  const before = asking('Answered elsewhere');
  await server.append(user, letter(before), { flags: ['$MDNSent'] });
  const { page } = app;
  const question = reader(page).getByText(/asks to be told that you read this\./);
  const receipts = () => smtp.received.filter(({ raw }) => String(raw).includes('disposition-notification'));
  const flagged = async (subject: string, wanted: string) => {
    const id = `<${subject.toLowerCase().replaceAll(' ', '-')}@example.org>`;
    const all = await server.list(user, 'INBOX');
    const flags = all.find(({ messageId }) => messageId === id)?.flags ?? [];
    return flags.some((flag) => flag.toLowerCase() === wanted);
  };
  const marked = (subject: string) => flagged(subject, '$mdnsent');
  await openMessage(page, 'Please decline');
  await expect(question).toHaveText('Ann Baker asks to be told that you read this.');
  await reader(page).getByRole('button', { name: 'Do not send' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => marked('Please decline')).toBe(true);
  await openMessage(page, 'Please confirm');
  await reader(page).getByRole('button', { name: 'Send receipt' }).click();
  await expect(question).toHaveCount(0);
  const { to, head, raw } = await arrival(smtp, 0);
  expect(to).toEqual(['ann@example.org']);
  expect(head).toMatch(/^Content-Type: multipart\/report; .*report-type="?disposition-notification/im);
  expect(raw).toMatch(/^Disposition: manual-action\/MDN-sent-manually; displayed\r$/im);
  expect(raw).toMatch(/^Original-Message-ID: <please-confirm@example\.org>\r$/im);
  expect(raw).toMatch(new RegExp(`^Final-Recipient: rfc822; ?${user.name}@example\\.org\\r$`, 'im'));
  await expect.poll(() => marked('Please confirm')).toBe(true);

  await choose(page, 'Read receipts', 'Never send one');
  await openMessage(page, 'Never told');
  await expect.poll(() => marked('Never told')).toBe(true);
  await expect(question).toHaveCount(0);

  await choose(page, 'Read receipts', 'Send to people I know');
  // One knows whose mail one has starred.
  await row(page, 'Please confirm').focus();
  await page.keyboard.press('s');
  await expect.poll(() => flagged('Please confirm', '\\flagged')).toBe(true);
  await openMessage(page, 'Unknown person');
  await expect(question).toHaveText('Some Body asks to be told that you read this.');
  await openMessage(page, 'Known person');
  await expect.poll(() => receipts().length, { timeout: 25_000 }).toBe(2);
  expect(String(receipts()[1]?.raw)).toMatch(
    /^Disposition: automatic-action\/MDN-sent-automatically; displayed\r$/im,
  );
  await expect.poll(() => marked('Known person')).toBe(true);
  expect(await marked('Unknown person')).toBe(false);
  // Somebody one knows, but the envelope says another sender: never by itself.
  await openMessage(page, 'Through a list');
  await expect(question).toHaveText(
    'Ann Baker asks to be told that you read this. The receipt would go to ann@example.org, not to the sender.',
  );
  await openMessage(page, 'Answered elsewhere');
  await expect(question).toHaveCount(0);
  expect(await marked('Through a list')).toBe(false);
  // Read again, nothing is sent a second time.
  await openMessage(page, 'Please confirm');
  await expect(question).toHaveCount(0);
  await openMessage(page, 'Known person');
  await expect(question).toHaveCount(0);
  expect(smtp.received).toHaveLength(2);
});
