import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { atRest, boxOf, middleOf, rightOf, roleColour, stylesOf } from './support/boxes';
import { letter } from './support/letters';
import { accountFolder, folder, grid, listHeading, row, waitForMail } from './support/screen';

const DAY_MS = 86_400_000;
const LABELS = ['anchor', 'buoy', 'chart', 'deck'];

const star = (line: Locator) => line.getByRole('button', { name: 'Star' });
const tick = (line: Locator) => line.getByRole('checkbox', { name: 'Select' });
const dot = (line: Locator) => line.getByTitle('Unread');
const sender = (line: Locator) => line.getByRole('gridcell').nth(1);
const subject = (line: Locator) => line.getByRole('gridcell').nth(2);
const end = (line: Locator) => line.getByRole('gridcell').nth(3);
/** The time is what has the full date in its tooltip. */
const time = (line: Locator) => end(line).getByTitle(/\d{4}/);
/** In the place of the paper clip, whether there is one or not. */
const clip = (line: Locator) => time(line).locator('xpath=preceding-sibling::*[1]');
const tracks = async (line: Locator) =>
  ((await stylesOf(line, 'grid-template-columns'))[0] ?? '').split(' ').map(Number.parseFloat);

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: item, exact: true }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
}

test('UI-020 UI-021 UI-022 UI-023 a row by its measures: columns, what unread looks like, times by their age, and what hover, focus, selection and being open change', async ({
  app,
  server,
  user,
}) => {
  await app.addSample(3);
  const now = Date.now();
  const put = async (words: string, age: number, flags: string[], files = false) => {
    const date = new Date(now - age);
    const attachments = files ? [{ name: 'map.txt', type: 'text/plain', content: 'Map' }] : [];
    const text = 'The tide is high and the boats are in. '.repeat(10);
    await server.append(user, letter({ subject: words, text, date, attachments }), { date, flags });
  };
  await put('Of old', 800 * DAY_MS, ['\\Seen']);
  await put('Weeks ago', 20 * DAY_MS, ['\\Seen']);
  await put('Days ago', 3 * DAY_MS, ['\\Seen']);
  await put('Already read', 3_000, ['\\Seen']);
  await put('Not yet read', 2_000, []);
  await put('With labels', 1_000, ['\\Seen', ...LABELS], true);
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'With labels');
  const [old, weeks, days, read, unread, labelled] = [
    'Of old',
    'Weeks ago',
    'Days ago',
    'Already read',
    'Not yet read',
    'With labels',
  ].map((words) => row(page, words)) as [Locator, Locator, Locator, Locator, Locator, Locator];
  await page.getByRole('separator', { name: 'Width of the list' }).focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await boxOf(page.getByRole('main'))).width).toBe(560);
  const clear = 'rgba(0, 0, 0, 0)';

  // Columns: the stripe over all accounts only, 20 and 20 for dot and star, chips, clip and time from the end.
  const stripe = (line: Locator) => line.locator(':scope > span').first();
  const ground = async (element: Locator) => (await stylesOf(element, 'background-color'))[0] ?? '';
  expect(await boxOf(stripe(read))).toMatchObject({ x: (await boxOf(read)).x, width: 3, height: 48 });
  expect(await ground(stripe(read))).not.toBe(clear);
  await expect(labelled.getByText(/^(anchor|buoy|chart|deck)$/)).toHaveCount(2);
  await expect(labelled.getByText('+2', { exact: true })).toBeVisible();
  for (const name of ['Compact', 'Normal']) {
    await choose(page, name);
    await expect.poll(async () => (await boxOf(read)).height).toBe(name === 'Compact' ? 32 : 48);
    const columns = await tracks(read);
    expect(columns.slice(0, 2)).toEqual([20, 20]);
    expect((await boxOf(star(read))).x - (await boxOf(tick(read))).x).toBe(24);
    if (name === 'Compact') {
      expect(columns[2]).toBe(160);
      expect((await boxOf(sender(read))).width).toBe(160);
      const line = await boxOf(read);
      for (const part of [sender(read), subject(read), time(read)])
        expect(Math.abs(middleOf(await boxOf(part)) - middleOf(line)), 'one line').toBeLessThanOrEqual(1);
    } else {
      // Both grow with the list.
      expect((await boxOf(sender(read))).width).toBeGreaterThan(250);
      expect((await boxOf(subject(read))).width).toBeGreaterThan((await boxOf(sender(read))).width);
    }
    expect(await stylesOf(subject(read), 'white-space', 'text-overflow', 'overflow-x')).toEqual([
      'nowrap',
      'ellipsis',
      'hidden',
    ]);
    expect(await subject(read).evaluate((cell) => cell.scrollWidth > cell.clientWidth)).toBe(true);
    for (const line of [days, weeks]) expect((await boxOf(time(line))).width).toBe(56);
    expect((await boxOf(clip(labelled))).width).toBe(16);
    expect((await boxOf(clip(labelled).locator('svg'))).width).toBe(16);
    const [daysEnd, weeksEnd] = [await boxOf(clip(days)), await boxOf(clip(weeks))];
    expect([daysEnd.x, daysEnd.width]).toEqual([weeksEnd.x, 16]);
    const chip = await boxOf(labelled.getByText('+2', { exact: true }));
    expect(rightOf(chip)).toBeLessThanOrEqual((await boxOf(clip(labelled))).x);
  }

  // Unread is a dot and weight; what is read keeps its colour.
  const [accent, text, secondary] = [
    await roleColour(page, 'accent'),
    await roleColour(page, 'text'),
    await roleColour(page, 'text-secondary'),
  ];
  expect(await boxOf(dot(unread))).toMatchObject({ width: 8, height: 8 });
  expect(await ground(dot(unread))).toBe(accent);
  await expect(dot(read)).toHaveCount(0);
  const look = (line: Locator, words: string | RegExp) =>
    stylesOf(line.getByText(words).first(), 'font-weight', 'color');
  expect(await look(unread, 'Ann Baker')).toEqual(['600', text]);
  expect(await look(unread, 'Not yet read')).toEqual(['600', text]);
  expect(await look(read, 'Ann Baker')).toEqual(['400', text]);
  expect(await look(read, 'Already read')).toEqual(['400', text]);
  for (const line of [read, unread]) expect(await look(line, /The tide is high/)).toEqual(['400', secondary]);

  // Times by their age, the full date in the tooltip and in the name.
  const written = await page.evaluate(
    ([today, week, weeksAgo, longAgo]) => {
      const as = (at: number, options: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(undefined, options).format(at);
      const numbers = { day: '2-digit', month: '2-digit', year: '2-digit' } as const;
      const thisYear = new Date(weeksAgo).getFullYear() === new Date().getFullYear();
      return {
        short: [
          as(today, { timeStyle: 'short' }),
          as(week, { weekday: 'short' }),
          as(weeksAgo, thisYear ? { day: 'numeric', month: 'short' } : numbers),
          as(longAgo, numbers),
        ],
        full: [today, week, weeksAgo, longAgo].map((at) => as(at, { dateStyle: 'full', timeStyle: 'short' })),
      };
    },
    [now - 3_000, now - 3 * DAY_MS, now - 20 * DAY_MS, now - 800 * DAY_MS] as const,
  );
  for (const [at, line] of [read, days, weeks, old].entries()) {
    await expect(time(line)).toHaveText(written.short[at] ?? '');
    await expect(time(line)).toHaveAttribute('title', written.full[at] ?? '');
    expect(await line.getAttribute('aria-label')).toContain(written.full[at]);
  }

  // Hover and focus: another ground, a box in the place of the dot, the quick actions over chips and time.
  const seen = (element: Locator) =>
    element.evaluate((found) => found.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  const quick = (line: Locator) =>
    line.getByRole('button', { name: /^(Archive|Delete|Snooze|Mark as (un)?read)$/ });
  const still = [await boxOf(sender(labelled)), await boxOf(subject(labelled))];
  await folder(page, 'Unread').hover();
  await expect.poll(() => seen(dot(unread))).toBe(true);
  expect(await seen(tick(unread))).toBe(false);
  await unread.hover();
  await expect.poll(() => seen(tick(unread))).toBe(true);
  expect(await seen(dot(unread))).toBe(false);
  expect(Math.abs(middleOf(await boxOf(tick(unread))) - middleOf(await boxOf(dot(unread))))).toBeLessThan(1);
  await labelled.hover();
  await expect.poll(() => ground(labelled)).toBe(await roleColour(page, 'bg-hover'));
  const hasActions = async () => {
    await expect.poll(() => seen(quick(labelled).first())).toBe(true);
    const names = await quick(labelled).evaluateAll((all) =>
      all.map((each) => each.getAttribute('aria-label')),
    );
    expect(names).toEqual(['Archive', 'Delete', 'Snooze', 'Mark as unread']);
    const boxes = await Promise.all([0, 1, 2, 3].map((at) => boxOf(quick(labelled).nth(at))));
    const line = await boxOf(labelled);
    for (const [at, { x, width, height }] of boxes.entries()) {
      expect([width, height]).toEqual([28, 28]);
      expect(x, 'side by side from the end').toBe(rightOf(line) - 8 - (4 - at) * 28);
    }
    expect([await seen(time(labelled)), await seen(labelled.getByText('+2', { exact: true }))]).toEqual([
      false,
      false,
    ]);
    expect([await boxOf(sender(labelled)), await boxOf(subject(labelled))]).toEqual(still);
  };
  await hasActions();
  await folder(page, 'Unread').hover();
  await expect.poll(() => seen(time(labelled))).toBe(true);

  await labelled.focus();
  await page.keyboard.press('ArrowDown');
  await expect(unread).toBeFocused();
  await expect.poll(() => seen(tick(unread))).toBe(true);
  expect(await stylesOf(unread, 'outline-style', 'outline-width', 'outline-offset', 'outline-color')).toEqual(
    ['solid', '2px', '-2px', accent],
  );
  await page.keyboard.press('ArrowUp');
  await expect(labelled).toBeFocused();
  await hasActions();

  // Open: a bar of the accent at its start. Selected: one ground with the focus in the list, another without.
  await expect(labelled).toHaveAttribute('aria-current', 'true');
  expect(await ground(stripe(labelled))).toBe(accent);
  expect(await boxOf(stripe(labelled))).toMatchObject({ x: (await boxOf(labelled)).x, width: 3 });
  expect(await ground(stripe(read))).not.toBe(accent);
  await days.focus();
  await page.keyboard.press('x');
  await expect(days).toHaveAttribute('aria-selected', 'true');
  await weeks.focus();
  await expect.poll(() => seen(tick(days))).toBe(true);
  expect(await ground(days)).toBe(await roleColour(page, 'bg-selected'));
  await folder(page, 'Unread').focus();
  await expect.poll(() => ground(days)).toBe(await roleColour(page, 'bg-selected-inactive'));

  // Relaxed: avatar, and star and chips in the second line. In the list of one account there is no stripe.
  await weeks.focus();
  await page.keyboard.press('x');
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  await accountFolder(page, 'Inbox').last().click();
  await expect(listHeading(page)).toHaveText('Inbox');
  await choose(page, 'Relaxed');
  await expect.poll(async () => (await boxOf(labelled)).height).toBe(72);
  expect(await ground(stripe(read))).toBe(clear);
  await labelled.hover();
  await atRest(page);
  const people = await boxOf(labelled.getByText('Ann Baker'));
  const title = await boxOf(labelled.getByText('With labels'));
  const words = await boxOf(labelled.getByText(/The tide is high/).first());
  for (const step of [middleOf(title) - middleOf(people), middleOf(words) - middleOf(title)])
    expect(Math.abs(step - 20), 'three lines of 20').toBeLessThanOrEqual(1);
  const avatar = await boxOf(labelled.getByText('AB', { exact: true }));
  expect([avatar.width, avatar.height]).toEqual([32, 32]);
  const chips = await boxOf(labelled.getByText('+2', { exact: true }));
  expect(Math.abs(middleOf(chips) - middleOf(title))).toBeLessThanOrEqual(2);
  expect(rightOf(await boxOf(star(labelled)))).toBeLessThan(chips.x);
  await expect(grid(page).getByRole('row')).toHaveCount(6);
});

test('a narrow list keeps the colours of labels, a star that is not there takes no room from the subject, and forced colours keep the accounts apart', async ({
  app,
  server,
  user,
}) => {
  await app.addSample(3);
  const long = 'a subject that goes on and on until it ends somewhere far beyond the end of the list';
  for (const [words, flags] of [
    [`Labelled, ${long}`, ['\\Seen', ...LABELS]],
    [`Starred, ${long}`, ['\\Seen', '\\Flagged']],
    [`Plain, ${long}`, ['\\Seen']],
  ] as const)
    await server.append(user, letter({ subject: words }), { flags: [...flags] });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Plain');
  const [labelled, starred, plain] = [row(page, 'Labelled'), row(page, 'Starred'), row(page, 'Plain')];

  // The list as it is at first: too narrow for names beside the column of senders.
  await choose(page, 'Compact');
  const dots = end(labelled).getByTitle('anchor, buoy, chart, deck');
  await expect(dots.locator('span')).toHaveCount(3);
  const [first, second] = [dots.locator('span').nth(0), dots.locator('span').nth(1)];
  for (const one of [first, second]) expect(await boxOf(one)).toMatchObject({ width: 8, height: 8 });
  const colour = async (element: Locator) => (await stylesOf(element, 'background-color'))[0] ?? '';
  expect(await colour(first)).not.toBe(await colour(second));
  await expect(labelled.getByText('anchor', { exact: true })).toBeHidden();
  expect((await boxOf(subject(labelled))).width).toBeGreaterThan(80);

  await choose(page, 'Relaxed');
  await page.mouse.move(5, 5);
  const words = (line: Locator) => subject(line).locator('bdi').first();
  const endOf = async (line: Locator) => rightOf(await boxOf(words(line)));
  const rest = rightOf(await boxOf(time(plain)));
  expect(await endOf(plain)).toBeGreaterThan(rest - 8);
  expect(await endOf(starred)).toBeLessThanOrEqual((await boxOf(star(starred))).x);
  await plain.hover();
  await expect(star(plain)).toHaveCSS('opacity', '1');
  expect(await endOf(plain), 'the text stays as it is').toBeGreaterThan(rest - 8);
  expect(rightOf(await boxOf(star(plain)))).toBeLessThanOrEqual(rest + 4);
  await star(plain).click();
  await expect(star(plain)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => endOf(plain)).toBeLessThanOrEqual((await boxOf(star(plain))).x);

  await page.emulateMedia({ forcedColors: 'active' });
  const stripe = (line: Locator) => line.locator(':scope > span').first();
  const own = await colour(stripe(plain));
  const others = await colour(stripe(grid(page).locator('[role="row"][data-index="3"]')));
  const canvas = await colour(plain);
  expect(new Set([own, others, canvas]).size, 'two accounts and the ground').toBe(3);
});
