import type { Locator, Page } from '@playwright/test';
import { pngGradient } from '../src/sync/mime/sample/tiny-files';
import { expect, test } from './fixtures';
import { files, PREVIEWED } from './support/files';
import { letter, letters } from './support/letters';
import { box, colourOf, longestLine, style, type } from './support/measure';
import { grid, messageFrame, openMessage, reader, row, toasts, waitForMail } from './support/screen';

const subjectOf = (page: Page): Locator => reader(page).getByRole('heading', { level: 2 });
const button = (page: Page, name: string | RegExp): Locator =>
  reader(page).getByRole('button', { name, exact: true });

test('UI-030 UI-041 the subject takes three lines at most; right of it stand labels, the place in the list, and whether it is muted or pinned; chips and avatars have their hue', async ({
  app,
  server,
  user,
}) => {
  const long = 'The berths on the north side of the old harbour and who may use them when. '.repeat(6).trim();
  server.fill(
    user,
    'INBOX',
    letters(12, (at) => ({ subject: `Filler ${at + 1}` })),
  );
  const append = (subject: string, secondsAgo: number, flags: string[]) => {
    const date = new Date(Date.now() - secondsAgo * 1000);
    return server.append(user, letter({ subject, date }), { flags, date });
  };
  await append(long, 20, ['$muted', 'harbour', 'berths']);
  await append('Pinned one', 10, ['$pinned', 'harbour']);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Pinned one');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '14');

  await row(page, 'Pinned one').click();
  await expect(subjectOf(page)).toHaveText('Pinned one');
  expect(await type(subjectOf(page))).toBe('600 20/28');
  expect((await box(subjectOf(page))).height).toBe(28);
  const says = (words: string) => reader(page).getByText(words, { exact: true });
  await expect(says('Pinned')).toBeVisible();
  await expect(says('Muted')).toHaveCount(0);
  await expect(says('1 of 14')).toBeVisible();

  await page.keyboard.press('j');
  await expect(subjectOf(page)).toHaveText(long);
  // Three lines, however long it is.
  expect((await box(subjectOf(page))).height).toBe(84);
  await expect(says('Pinned')).toHaveCount(0);
  const subject = await box(subjectOf(page));
  for (const words of ['harbour', 'berths', '2 of 14', 'Muted']) {
    const beside = await box(says(words));
    expect(beside.left, words).toBeGreaterThanOrEqual(subject.right);
    expect(beside.top, words).toBeGreaterThanOrEqual(subject.top);
    expect(beside.bottom, words).toBeLessThanOrEqual(subject.bottom);
  }

  // The open row is a selected one: its chips have a ground of their own.
  await page.mouse.move(1, 1);
  await row(page, 'Filler 12').focus();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', colorScheme);
    const chips = [
      row(page, long).getByText('harbour', { exact: true }).locator('xpath=..'),
      reader(page).getByRole('listitem').getByText('berths', { exact: true }).locator('xpath=..'),
      says('Muted'),
    ];
    for (const chip of chips) await expect.poll(() => chip.evaluate(isChip)).toEqual([]);
    const avatar = reader(page).getByRole('article').locator('header').getByText('AB', { exact: true });
    expect(await box(avatar)).toMatchObject({ width: 36, height: 36 });
    expect(await style(avatar, 'color')).toBe(await colourOf(avatar, '--bg-surface'));
    const hues = await Promise.all([...Array(8).keys()].map((hue) => colourOf(avatar, `--hue-${hue}`)));
    expect(hues).toContain(await style(avatar, 'background-color'));
  }
});

/** What a chip does not have of ui.md's: height, type, padding, ground, dot and the colour of its words. */
function isChip(chip: HTMLElement): string[] {
  const hue = chip.style.getPropertyValue('--hue');
  const probe = document.createElement('span');
  probe.style.cssText = `color: var(--text); background: color-mix(in srgb, ${hue} 14%, var(--bg-surface)); border: 0 solid ${hue}`;
  document.body.append(probe);
  const wanted = getComputedStyle(probe);
  const got = getComputedStyle(chip);
  const dot = getComputedStyle(chip, '::before');
  const facts: readonly [string, unknown, unknown][] = [
    ['hue', /^var\(--hue-[0-7]\)$/.test(hue), true],
    ['height', chip.getBoundingClientRect().height, 20],
    ['type', `${got.fontSize}/${got.lineHeight}`, '12px/16px'],
    ['padding', got.padding, '0px 8px'],
    ['ground', got.backgroundColor, wanted.backgroundColor],
    ['words', got.color, wanted.color],
    ['dot', `${dot.width} ${dot.height} ${dot.backgroundColor}`, `8px 8px ${wanted.borderTopColor}`],
  ];
  const missing = facts.filter(([, is, should]) => is !== should).map((fact) => fact.join(' '));
  probe.remove();
  return missing;
}

test('the header of a message: name and time, the address with Copy on demand, to whom in a second line that unfolds every address; folded it is one line of 40', async ({
  app,
  server,
  user,
}) => {
  const to = ['Me <me@example.org>', 'Bob Miller <bob@example.org>', 'Cleo <cleo@example.org>'];
  const subject = 'Berths';
  const from = 'Anna Maier <anna@harbour.example>';
  await server.append(user, letter({ subject, from, id: 'one', text: 'First words.' }));
  await server.append(user, letter({ subject: `Re: ${subject}`, from, to: to.join(', '), inReplyTo: 'one' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void Object.assign(window, { copied: text });
  });
  await waitForMail(page, subject);
  await row(page, subject).click();
  const cards = reader(page).getByRole('article');
  await expect(cards).toHaveCount(2);
  const header = cards.last().locator('header');
  const name = header.getByRole('button', { name: 'Anna Maier', exact: true });
  await expect(name).toHaveAttribute('aria-expanded', 'true');
  expect(await type(name.getByText('Anna Maier'))).toBe('600 14/20');
  expect(await box(header.getByText('AM', { exact: true }))).toMatchObject({ width: 36, height: 36 });
  await expect(header.getByRole('button', { name: 'Not verified' })).toBeVisible();
  const time = header.getByRole('time');
  await expect(time).toHaveAttribute('title', /\d{4}/);
  await expect(header.getByRole('button', { name: 'More for this message' })).toBeVisible();

  const address = header.getByText('anna@harbour.example');
  const isSeen = () => address.evaluate((element) => element.checkVisibility({ opacityProperty: true }));
  await page.mouse.move(1, 1);
  await row(page, subject).focus();
  await expect.poll(isSeen).toBe(false);
  const before = await box(time);
  await name.hover();
  await expect.poll(isSeen).toBe(true);
  expect(await box(time), 'nothing moves').toEqual(before);
  await page.mouse.move(1, 1);
  await expect.poll(isSeen).toBe(false);
  await name.focus();
  await expect.poll(isSeen).toBe(true);
  const copy = header.getByRole('button', { name: 'Copy the address' });
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect(toasts(page).getByText('Address copied')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { copied: string }).copied)).toBe(
    'anna@harbour.example',
  );

  // One of the three is nobody of this account: each is named by the first word.
  const second = header.getByRole('button', { name: /^to / });
  await expect(second).toHaveText('to Me, Bob and Cleo');
  await second.focus();
  await page.keyboard.press('Enter');
  await expect(second).toHaveAttribute('aria-expanded', 'true');
  for (const person of [from, ...to]) await expect(header.getByText(person)).toBeVisible();

  const folded = cards.first().locator('header');
  expect((await box(folded)).height).toBe(40);
  await expect(folded).toContainText('First words.');
  await expect(folded.getByRole('time')).toBeVisible();
  await expect(folded.getByText('anna@harbour.example')).toHaveCount(0);
});

test('UI-032 the security chip has its shield, colour and words for each verdict, explains them, and has the results one level deeper', async ({
  app,
  server,
  user,
}) => {
  const cases = [
    ['Passed', 'dmarc=pass', 'Verified sender', 'shield-check', '--success', 'Really from example.org'],
    ['Nothing said', null, 'Not verified', 'shield', '--text-muted', 'could not confirm who sent this'],
    ['Forged', 'dmarc=fail', 'Suspicious', 'shield-alert', '--danger', 'claims to be from example.org'],
  ] as const;
  for (const [subject, result] of cases) {
    const headers = result === null ? [] : [`Authentication-Results: mx.example.org; ${result}`];
    await server.append(user, letter({ subject, headers }));
  }
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Passed');
  for (const [subject, result, words, icon, role, explanation] of cases) {
    await openMessage(page, subject);
    const chip = button(page, words);
    const shield = chip.locator('svg');
    await expect(shield).toHaveClass(new RegExp(`lucide-${icon}( |$)`));
    expect(await style(shield, 'color'), subject).toBe(await colourOf(shield, role));
    await chip.click();
    const dialog = page.getByRole('dialog', { name: words });
    await expect(dialog).toContainText(explanation);
    const results = dialog.getByText(result ?? 'Your mail server sent no results.', { exact: true });
    await expect(results).toBeHidden();
    await dialog.getByText('Results of the checks').click();
    await expect(results).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('UI-033 banners stand inside the card, 40 high, one line with its actions, in their order and never more than two at once', async ({
  app,
  server,
  user,
}) => {
  const program = { type: 'application/octet-stream', content: 'MZ' };
  const long = `${'a-very-long-name-of-a-file-'.repeat(5)}.exe`;
  await server.append(
    user,
    letter({
      subject: 'All at once',
      headers: ['List-Unsubscribe: <mailto:leave@lists.example.org>'],
      html: `<img src="https://pictures.example/a.png" width="20" height="20"><p>${'word '.repeat(100_000)}</p>`,
      attachments: files({ [long]: program, 'planning.ics': PREVIEWED['planning.ics'] }),
    }),
  );
  await server.append(user, letter({ subject: 'Another' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'All at once');
  await openMessage(page, 'All at once');
  const card = reader(page).getByRole('article');
  const danger = card.getByText(/is a program\. It can do anything/);
  const order = [
    [danger, []],
    [card.getByText('This message came to you through a list.'), ['Unsubscribe']],
    [card.getByText('1 picture not loaded'), ['Show once', 'Always for this sender']],
    [card.getByText('An invitation or event came with this message.'), ['Show it']],
    [card.getByText('This message is very long and was shortened.'), ['Show source']],
  ] as const;
  const banner = (words: Locator) => words.locator('xpath=..');
  const seen = async (...shown: readonly number[]) => {
    for (const [at, [words]] of order.entries())
      await expect(words, `${at}`).toBeVisible({ visible: shown.includes(at), timeout: 15_000 });
    const boxes = await Promise.all(shown.map((at) => box(banner(order[at]?.[0] ?? danger))));
    expect(boxes.map(({ height }) => height)).toEqual(shown.map(() => 40));
    const tops = boxes.map(({ top }) => top);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    for (const at of shown)
      for (const action of order[at]?.[1] ?? [])
        await expect(banner(order[at]?.[0] ?? danger).getByRole('button', { name: action })).toBeVisible();
  };
  await expect(order[2][0]).toBeAttached({ timeout: 15_000 });
  await seen(0, 1);
  // What does not fit into the line comes on request.
  expect((await box(danger)).height).toBeLessThan(40);
  await banner(danger).getByRole('button', { name: 'More' }).click();
  await expect.poll(async () => (await box(danger)).height).toBeGreaterThan(40);
  await button(page, 'Show 3 more notes').click();
  await seen(2, 3);
  await banner(order[3][0]).getByRole('button', { name: 'Show it' }).click();
  await expect(page.getByRole('dialog').getByText('Planning for spring')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(page, 'Show 1 more note').click();
  await seen(4);
  await button(page, 'Show the first notes').click();
  await expect(danger).toBeVisible();
});

test('UI-034 the body: HTML on paper in the dark unless recoloured, plain text in 15/24 of at most 72 characters, quotes behind a button of 24×16', async ({
  app,
  server,
  user,
}) => {
  const tables = '<table><tr><td>one</td></tr></table>'.repeat(2);
  const prose = 'The harbour master keeps a list of all berths and of who may use them in winter. '.repeat(6);
  const put = (subject: string, text: string, html?: string) =>
    server.append(user, letter({ subject, text, ...(html === undefined ? {} : { html }) }));
  await put('Newsletter', 'Words', `<p>Layout</p>${tables}`);
  await put(
    'Simple',
    'Words',
    '<p>Answer</p><blockquote type="cite"><p>On Monday Ann wrote: question</p></blockquote>',
  );
  await put('Words only', `${prose}\n\n> What was asked\n> before\n`);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitForMail(page, 'Newsletter');

  const surface = reader(page).locator('[data-rendering]');
  await openMessage(page, 'Newsletter');
  await expect(surface).toHaveAttribute('data-rendering', 'card');
  expect(await style(surface, 'background-color')).toBe('rgb(255, 255, 255)');
  expect(await style(surface, 'border-radius')).toBe('6px');

  await openMessage(page, 'Simple');
  await expect(surface).toHaveAttribute('data-rendering', 'recoloured');
  expect(await style(surface, 'background-color')).toBe(await colourOf(surface, '--bg-surface'));
  const inFrame = messageFrame(page).getByRole('button', { name: 'Show quoted text' });
  expect(await box(inFrame)).toMatchObject({ width: 24, height: 16 });
  await expect(inFrame).toHaveText('•••');
  await expect(messageFrame(page).getByText('question')).toBeHidden();
  await inFrame.click();
  await expect(messageFrame(page).getByText('question')).toBeVisible();

  await openMessage(page, 'Words only');
  const text = reader(page).getByText('The harbour master keeps');
  await expect(text).toBeVisible();
  expect(await type(text)).toBe('400 15/24');
  const longest = await longestLine(text);
  expect(longest).toBeLessThanOrEqual(72);
  expect(longest).toBeGreaterThan(50);
  const fold = button(page, 'Show quoted text');
  expect(await box(fold)).toMatchObject({ width: 24, height: 16 });
  await expect(fold).toHaveText('•••');
  await expect(reader(page).getByText('What was asked')).toHaveCount(0);
  await fold.click();
  await expect(reader(page).getByText('What was asked')).toBeVisible();
  // Letters of one width are counted exactly.
  await button(page, 'More for this message').click();
  await page.getByRole('menuitem', { name: 'Fixed-width text' }).click();
  await expect.poll(() => style(text, 'font-family')).toContain('mono');
  expect(await longestLine(text)).toBeLessThanOrEqual(72);
});

test('UI-035 files stand in a strip below the header and on cards with a preview after the body, and are counted in the header', async ({
  app,
  server,
  user,
}) => {
  const picture = { type: 'image/png', content: pngGradient(64, 40, 0x264653, 0xf4a261) };
  // So large that it stays at the server until somebody wants it.
  const large = { type: 'text/plain', content: 'x'.repeat(6_000_000) };
  const attachments = files({ 'hall.png': picture, 'scan.txt': large });
  await server.append(user, letter({ subject: 'Without files' }));
  await server.append(user, letter({ subject: 'With files', attachments }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'With files');
  await openMessage(page, 'With files');
  const message = reader(page).getByRole('article');
  const strip = message.getByRole('list', { name: '2 attachments' });
  const chips = strip.getByRole('listitem');
  await expect(chips).toHaveCount(2, { timeout: 15_000 });
  const cards = message.getByRole('region', { name: '2 attachments' });
  await cards.getByRole('listitem').first().getByRole('button', { name: 'Download' }).click();
  await expect(chips.first()).toHaveText(/^hall\.png\s*\d+ bytes?$/, { timeout: 15_000 });
  await expect(chips.last()).toHaveText(/^scan\.txt\s*\d[\d.]* MB\s*not on this computer$/);
  for (const chip of await chips.all()) {
    expect((await box(chip)).height).toBe(28);
    await expect(chip.locator('svg').first()).toBeVisible();
  }
  const preview = cards.getByRole('button', { name: 'Preview hall.png' });
  await expect(preview).toBeEnabled();
  for (const name of ['hall.png', 'scan.txt'])
    expect(await box(cards.getByRole('button', { name: `Preview ${name}` })), name).toMatchObject({
      width: 160,
      height: 96,
    });
  const image = preview.locator('img');
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64);

  const header = message.locator('header');
  await expect(header).toContainText('2 attachments');
  const [head, above, text, below] = await Promise.all(
    [header, strip, message.getByText('This is the text of With files.'), cards].map(box),
  );
  expect(above?.top).toBeGreaterThanOrEqual(head?.bottom ?? Number.NaN);
  expect(text?.top).toBeGreaterThanOrEqual(above?.bottom ?? Number.NaN);
  expect(below?.top).toBeGreaterThanOrEqual(text?.bottom ?? Number.NaN);

  await openMessage(page, 'Without files');
  await expect(message.getByText('This is the text of Without files.')).toBeVisible();
  await expect(message.getByText('attachment')).toHaveCount(0);
});
