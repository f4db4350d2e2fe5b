import { expect } from './fixtures';
import {
  arrival,
  begin,
  choose,
  composer,
  dropFiles,
  letterText,
  startToSend,
  test,
} from './support/letter-desk';
import { makePng } from './support/make-png';
import { messageFrame, openMessage, row, showFolder } from './support/screen';

test('APP-127 files by button, drop and paste, pictures in the text made larger and smaller, the size the server takes, and the file that was forgotten', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  // The recorder of these tests looks into pictures, which the window's policy refuses.
  app.allowConsole(/Connecting to 'blob:/);
  await choose(page, 'Undo send', 'Not at all');
  const desk = composer(page);
  const files = desk.getByRole('region', { name: 'Attachments' });
  await begin(page, 'bob@example.org', 'Forgotten');
  await letterText(page).fill('The plan is attached.');
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('alertdialog', { name: 'Send all the same?' });
  await expect(question.getByText('The text speaks of an attachment, but there is none.')).toBeVisible();
  await question.getByRole('button', { name: 'Go on writing' }).click();

  const chosen = page.waitForEvent('filechooser');
  await desk.getByRole('button', { name: 'Attach files' }).click();
  await (await chosen).setFiles([
    { name: 'button.txt', mimeType: 'text/plain', buffer: Buffer.from('chosen') },
  ]);
  await dropFiles(desk.getByRole('heading').first(), [
    { name: 'drop.txt', type: 'text/plain', size: 700_000 },
  ]);
  await letterText(page).focus();
  await dropFiles(letterText(page), [{ name: 'paste.txt', type: 'text/plain', size: 30 }], 'paste');
  await dropFiles(letterText(page), [{ name: 'dot.png', type: 'image/png', size: 90 }], 'paste');
  for (const name of ['button.txt', 'drop.txt', 'paste.txt'])
    await expect(files.getByText(name, { exact: true })).toBeVisible();
  await expect(files.getByRole('progressbar')).toHaveCount(0);
  await expect(letterText(page).getByRole('img', { name: 'dot.png' })).toBeAttached();
  const photo = makePng(200, 100, () => [40, 90, 160, 255]).replace(/^.*,/, '');
  await dropFiles(letterText(page), [{ name: 'photo.png', type: 'image/png', base64: photo }]);
  const shown = letterText(page).getByRole('img', { name: 'photo.png' });
  const width = () => shown.evaluate((image) => (image as HTMLImageElement).offsetWidth);
  await expect.poll(width).toBe(200);
  const corner = shown.locator('xpath=following-sibling::*[@data-corner]');
  await shown.hover();
  const place = await corner.boundingBox();
  if (place === null) throw new Error('no corner');
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width / 2 - 60, place.y + place.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBe(140);
  await shown.click();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(width).toBe(156);
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  const { mail, raw } = await arrival(smtp, 0);
  expect(mail.attachments.map(({ filename }) => filename).sort()).toEqual([
    'button.txt',
    'dot.png',
    'drop.txt',
    'paste.txt',
    'photo.png',
  ]);
  const picture = mail.attachments.find(({ filename }) => filename === 'dot.png');
  expect(picture).toMatchObject({ disposition: 'inline', mimeType: 'image/png' });
  expect(mail.html).toContain(`src="cid:${picture?.contentId?.replace(/[<>]/g, '')}"`);
  expect(mail.html).toMatch(/<img[^>]* alt="photo\.png"[^>]* width="156"/);
  expect(raw.length).toBeGreaterThan(900_000);

  // The server takes 50 MiB, as it said when it was first met.
  await begin(page, 'bob@example.org', 'Much');
  await dropFiles(desk.getByRole('heading').first(), [
    { name: 'huge.bin', type: 'application/octet-stream', size: 45 * 1024 * 1024 },
  ]);
  await expect(files.getByText('huge.bin')).toBeVisible();
  await expect(files.getByRole('progressbar')).toHaveCount(0, { timeout: 40_000 });
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  await expect(desk.getByText(/^Larger than the server takes: .+ of 52/)).toBeVisible({ timeout: 15_000 });
  expect(smtp.received).toHaveLength(1);
});

test('APP-125 APP-304 every version of a letter is listed with its time and first line and can be had again; Tab and Escape leave the text', async ({
  app,
  server,
  user,
  cable,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'First', html: '<p>Words <a href="https://example.org/">link</a></p>' },
  ]);
  const { page } = app;
  const desk = composer(page);
  // The message frame lets go of the focus too.
  await openMessage(page, 'First');
  await messageFrame(page).getByRole('link').focus();
  await page.keyboard.press('Escape');
  await expect(page.locator('iframe:focus')).toHaveCount(0);

  await begin(page, 'bob@example.org', 'Versions');
  await letterText(page).fill('The first thought');
  await expect(desk.getByText('Saved on this computer')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(letterText(page)).not.toBeFocused();
  await expect(desk.locator(':focus')).toHaveCount(1);
  await letterText(page).fill('A second thought');
  await page.waitForTimeout(600);
  await expect(desk.getByText(/^Saved/)).toBeVisible();
  await desk.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Earlier versions' }).click();
  const history = page.getByRole('dialog', { name: 'Earlier versions' });
  const versions = history.getByRole('listitem');
  await expect(versions.filter({ hasText: 'The first thought' }).first()).toContainText(/\d{1,2}:\d{2}/);
  await versions
    .filter({ hasText: 'The first thought' })
    .first()
    .getByRole('button', { name: /^Restore the version of/ })
    .click();
  await expect(history).toHaveCount(0);
  await expect(letterText(page)).toHaveText('The first thought');
  await letterText(page).focus();
  await page.keyboard.press('Escape');
  await expect(desk.locator(':focus')).toHaveCount(0);
});

test('APP-139 a link that writes a letter fills in every field, for several people and encoded, and attaches nothing', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  const link =
    'mailto:bob@example.org,zo%C3%AB@example.org?to=dora@example.org&cc=cleo@example.org&bcc=eve@example.org' +
    '&subject=Caf%C3%A9%20%26%20cake&body=Line%20one%0D%0ALine%20two&attach=/etc/passwd&attachment=/etc/hosts';
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'Write to us', html: `<p><a href="${link.replaceAll('&', '&amp;')}">write</a></p>` },
  ]);
  const { page } = app;
  await openMessage(page, 'Write to us');
  await messageFrame(page).getByRole('link', { name: 'write' }).click();
  const desk = composer(page);
  const people = (field: string) => desk.getByRole('list', { name: `${field}: recipients`, exact: true });
  for (const address of ['bob@example.org', 'zoë@example.org', 'dora@example.org'])
    await expect(people('To')).toContainText(address);
  await expect(people('Cc')).toContainText('cleo@example.org');
  await expect(people('Bcc')).toContainText('eve@example.org');
  await expect(desk.getByRole('textbox', { name: 'Subject' })).toHaveValue('Café & cake');
  await expect(letterText(page)).toHaveValue('Line one\nLine two');
  await expect(desk.getByRole('region', { name: 'Attachments' })).toHaveCount(0);
  await desk.getByRole('button', { name: 'Remove zoë@example.org' }).click();
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  const { to, mail, head } = await arrival(smtp, 0);
  expect([...to].sort()).toEqual([
    'bob@example.org',
    'cleo@example.org',
    'dora@example.org',
    'eve@example.org',
  ]);
  expect(head).not.toMatch(/eve@/);
  expect(mail.subject).toBe('Café & cake');
  expect(mail.text?.trim()).toBe('Line one\nLine two');
  expect(mail.attachments).toEqual([]);
  await expect(row(page, 'Write to us')).toBeVisible();
});

test('APP-012 APP-126 a sender has name, answers, a copy to oneself, signature and folder; answers go out as whom the mail was sent to, and another sender is asked about', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  const work = 'me+work@example.org';
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'To work', to: `Work <${work}>`, id: 'to-work' },
  ]);
  const { page } = app;
  await choose(page, 'Undo send', 'Not at all');
  await row(page, 'To work').focus();
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Add sender' }).click();
  const sender = settings.getByRole('region', { name: `Senders of ${user.name}` });
  await sender.getByRole('textbox', { name: 'Name', exact: true }).fill('Me at Work');
  await sender.getByRole('textbox', { name: 'Address', exact: true }).fill(work);
  await sender.getByRole('textbox', { name: /^Answers go to/ }).fill('answers@example.org');
  await sender.getByRole('button', { name: /Sent messages go to/ }).click();
  await page.getByRole('option', { name: 'Archive' }).click();
  await sender.getByRole('textbox', { name: 'Signature' }).fill('The work signature');
  const copy = sender.getByRole('switch', { name: 'A blind copy to myself' });
  await copy.focus();
  await page.keyboard.press('Space');
  await sender.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings.getByText(`Me at Work <${work}>`)).toBeVisible();
  await page.keyboard.press('Escape');

  const desk = composer(page);
  await openMessage(page, 'To work');
  await row(page, 'To work').focus();
  await page.keyboard.press('r');
  const from = desk.getByRole('button', { name: /From/ });
  await expect(from).toContainText('Me at Work');
  await expect(letterText(page)).toContainText('The work signature');
  await from.click();
  await page.getByRole('option', { name: new RegExp(user.name) }).click();
  await expect(letterText(page)).not.toContainText('The work signature');
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('alertdialog', { name: 'Send all the same?' });
  await expect(question.getByText(`You wrote to them as ${work} before.`)).toBeVisible();
  await question.getByRole('button', { name: 'Go on writing' }).click();
  await from.click();
  await page.getByRole('option', { name: /Me at Work/ }).click();
  await expect(letterText(page)).toContainText('The work signature');
  await letterText(page).focus();
  await page.keyboard.press('Control+Enter');
  const { to, mail, head } = await arrival(smtp, 0);
  expect(mail.from).toMatchObject({ name: 'Me at Work', address: work });
  expect(mail.replyTo?.map(({ address }) => address)).toEqual(['answers@example.org']);
  expect([...to].sort()).toEqual(['ann@example.org', work]);
  expect(head).not.toMatch(/^Bcc:/im);
  expect(mail.html).toContain('The work signature');
  await showFolder(page, 'Archive');
  await expect(row(page, 'Re: To work')).toBeVisible();
});

test('APP-142 the same letter with a coloured word, written in light and in dark, looks and leaves the same', async ({
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
  const colours: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
    await begin(page, 'bob@example.org', 'Coloured');
    await letterText(page).fill('Plain words and ');
    await composer(page).getByRole('button', { name: 'Text colour' }).click();
    await page.getByRole('menu').getByText('Red', { exact: true }).click({ timeout: 5000 });
    await letterText(page).focus();
    await page.keyboard.type('red ones');
    const coloured = letterText(page).locator('span', { hasText: 'red ones' });
    colours.push(await coloured.evaluate((element) => getComputedStyle(element).color));
    await page.keyboard.press('Control+Enter');
    await expect(composer(page)).toHaveCount(0);
  }
  const light = await arrival(smtp, 0);
  const dark = await arrival(smtp, 1);
  expect(light.mail.html).toContain('<span style="color:rgb(217, 55, 44)">red ones</span>');
  expect(dark.mail.html).toBe(light.mail.html);
  expect(colours[1]).toBe(colours[0]);
});

test('an answer is written above the quoted message or below it, as the setting says, and leaves so', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'Berths', html: '<table><tr><td>Which <i>berth</i> is free?</td></tr></table>', id: 'berths' },
    { subject: 'Tides', text: 'When is high water?', id: 'tides' },
  ]);
  const { page } = app;
  await choose(page, 'Undo send', 'Not at all');
  const quote = composer(page).getByRole('region', { name: 'Quoted message' });
  const answer = async (subject: string, at: number) => {
    await openMessage(page, subject);
    await row(page, subject).focus();
    await page.keyboard.press('r');
    await expect(letterText(page)).toBeFocused();
    await page.keyboard.type('The third one.');
    const [text, quoted] = await Promise.all([letterText(page).boundingBox(), quote.boundingBox()]);
    await page.keyboard.press('Control+Enter');
    const { mail } = await arrival(smtp, at);
    return { mail, isBelow: (text?.y ?? 0) > (quoted?.y ?? 0) };
  };
  const above = await answer('Tides', 0);
  expect(above.isBelow).toBe(false);
  expect(above.mail.text).toMatch(/The third one\..*> When is high water/s);
  await choose(page, 'Write answers', 'Below the quote');
  const below = await answer('Berths', 1);
  expect(below.isBelow).toBe(true);
  expect(below.mail.html).toMatch(
    /<blockquote[^>]*>(<div[^>]*>)*<table><tbody><tr><td>Which <i>berth<\/i> is free\?.*<\/blockquote>.*The third one\./s,
  );
  expect(below.mail.text).toMatch(/> .*\n\n?.*The third one\./s);
});

test('APP-135 a signature is formatted, one for each sender, above or below the quote, and not in answers where that is wanted; a letter without a typed word carries it', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'Berths', text: 'Which berth is free?', id: 'berths' },
    { subject: 'Tides', text: 'When is high water?', id: 'tides' },
    { subject: 'Fog', text: 'Is there fog?', id: 'fog' },
  ]);
  const { page } = app;
  await choose(page, 'Undo send', 'Not at all');
  const desk = composer(page);
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const sender = settings.getByRole('region', { name: `Senders of ${user.name}` });
  const openSettings = async () => {
    await row(page, 'Berths').focus();
    await page.keyboard.press('Control+,');
  };
  const save = async () => {
    await sender.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(sender.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(settings).toHaveCount(0);
  };
  const answer = async (subject: string) => {
    await openMessage(page, subject);
    await row(page, subject).focus();
    await page.keyboard.press('r');
    await expect(letterText(page)).toBeFocused();
  };
  const send = async (at: number) => {
    await page.keyboard.press('Control+Enter');
    const { mail } = await arrival(smtp, at);
    return mail;
  };

  await openSettings();
  await sender.getByRole('button', { name: /^Change / }).click();
  const signature = sender.getByRole('textbox', { name: 'Signature' });
  await signature.click();
  await page.keyboard.type('Ann, ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Harbour Office');
  await save();

  await answer('Berths');
  await expect(letterText(page).getByText('Harbour Office')).toBeVisible();
  const above = await send(0);
  expect(above.html).toMatch(/Ann, <strong>Harbour Office<\/strong>.*<blockquote.*Which berth is free/s);
  expect(above.text).toMatch(/Ann, Harbour Office.*> Which berth is free/s);

  await openSettings();
  await sender.getByRole('button', { name: /^Change / }).click();
  await sender.getByRole('button', { name: /Place in answers and forwards/ }).click();
  await page.getByRole('option', { name: 'Below the quoted message' }).click();
  await save();
  await answer('Tides');
  await expect(desk.getByText('The signature goes below the quoted message.')).toBeVisible();
  const below = await send(1);
  expect(below.html).toMatch(/<blockquote.*When is high water.*Ann, <strong>Harbour Office<\/strong>/s);
  expect(below.text).toMatch(/> When is high water.*Ann, Harbour Office/s);

  await openSettings();
  await sender.getByRole('button', { name: 'Add sender' }).click();
  await sender.getByRole('textbox', { name: 'Address', exact: true }).fill('pier@example.org');
  await signature.fill('The pier');
  await save();
  await begin(page, 'bob@example.org', 'From the pier');
  await expect(letterText(page)).toContainText('Harbour Office');
  await desk.getByRole('button', { name: /From/ }).click();
  await page.getByRole('option', { name: /pier@example\.org/ }).click();
  await expect(letterText(page)).toContainText('The pier');
  await letterText(page).focus();
  const other = await send(2);
  expect(other.html).toContain('The pier');
  expect(other.html).not.toContain('Harbour Office');

  await openSettings();
  await sender.getByRole('button', { name: `Change ${user.name}` }).click();
  await sender.getByRole('switch', { name: 'Also in answers and forwards' }).focus();
  await page.keyboard.press('Space');
  await expect(sender.getByRole('button', { name: /Place in answers/ })).toHaveCount(0);
  await save();
  await answer('Fog');
  await expect(letterText(page)).not.toContainText('Harbour Office');
  expect((await send(3)).html).not.toContain('Harbour Office');
  await begin(page, 'bob@example.org', 'A new one');
  await letterText(page).focus();
  expect((await send(4)).html).toContain('<strong>Harbour Office</strong>');
});
