import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { ClientFrame } from '../src/shared/contract/wire';
import { expect, test } from './fixtures';
import { files, PREVIEWED } from './support/files';
import { type Letter, letters } from './support/letters';
import { box } from './support/measure';
import { grid, messageFrame, openMessage, reader, row, showFolder, waitForMail } from './support/screen';

/** So long the host's answers take, each its own time, so that all states in between are drawn. */
const DELAYS: Readonly<Record<string, number>> = {
  'lists.page': 400,
  'lists.list': 350,
  'threads.get': 300,
  'messages.body': 450,
  'viewer.open': 250,
  'accounts.list': 100,
  'mailboxes.list': 200,
  'status.get': 150,
  'content.url': 200,
};

/** From the next page load on; rows do not come before the answer is called. */
async function slowAnswers(page: Page): Promise<() => void> {
  const rows = Promise.withResolvers<void>();
  await page.routeWebSocket(/.*/, (window) => {
    const host = window.connectToServer();
    window.onMessage(async (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      const method = 'method' in frame ? frame.method : '';
      await delay(DELAYS[method] ?? 0);
      if (method === 'lists.page') await rows.promise;
      host.send(data);
    });
  });
  return rows.resolve;
}

/** Notes what moves although nobody moved it; from before anything of the page is drawn. */
function noteShifts(): void {
  const seen: string[] = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, sources } = entry as unknown as {
        value: number;
        sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      };
      const rect = ({ x, y, width, height }: DOMRectReadOnly) =>
        [x, y, width, height].map(Math.round).join(' ');
      for (const { node, previousRect, currentRect } of sources) {
        const what = node?.textContent?.slice(0, 40) || (node as Element | null)?.outerHTML?.slice(0, 80);
        seen.push(`${value.toFixed(5)} "${what}": ${rect(previousRect)} -> ${rect(currentRect)}`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
  Reflect.set(window, 'shiftsSeen', seen);
}

/** All that moved, once the page has come to rest. */
function shifts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames += 1) await new Promise((done) => requestAnimationFrame(done));
    return Reflect.get(window, 'shiftsSeen') as string[];
  });
}

test('UI-055 what stands for rows and messages has their geometry, and nothing moves when mail, messages and pictures arrive', async ({
  app,
  server,
  user,
}) => {
  const attachments = files({ 'planning.ics': PREVIEWED['planning.ics'] });
  const html = `<p>Words</p>${'<p>More of them</p>'.repeat(12)}<img src="https://pictures.example/a.png" width="200" height="90">`;
  const headers = ['List-Unsubscribe: <mailto:leave@lists.example.org>'];
  const special: Letter[] = [
    { subject: 'Newsletter', html, headers, attachments },
    { subject: 'Plain', text: 'Some words\n\n> a quote\n', attachments },
  ];
  const fill = (mailbox: string, name: string, first: readonly Letter[]) =>
    server.fill(
      user,
      mailbox,
      letters(40, (at) => first[at] ?? { subject: `${name} ${at + 1}` }).map((mail) => ({
        ...mail,
        flags: ['\\Seen'],
      })),
    );
  fill('INBOX', 'Filler', special);
  const root = `long-${user.name}`;
  const long = letters(70, (at) =>
    at === 69 ? { subject: 'Long', id: root } : { subject: 'Re: Long', inReplyTo: root },
  );
  fill('Archive', 'Kept', []);
  server.fill(
    user,
    'Junk',
    long.map((mail) => ({ ...mail, flags: ['\\Seen'] })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Newsletter');
  await page.addInitScript(noteShifts);
  const letRowsCome = await slowAnswers(page);
  await page.reload();

  const third = grid(page).locator('[role="row"][data-index="3"]');
  await expect(third).toHaveAccessibleName('Loading');
  const before = await box(third);
  const bars = await Promise.all((await third.getByRole('gridcell').locator('div').all()).map(box));
  letRowsCome();
  await waitForMail(page, 'Newsletter');
  expect(await box(third)).toEqual(before);
  const words = [third.getByText('Ann Baker'), third.getByText('Filler 4', { exact: true })];
  for (const [at, word] of words.entries()) {
    const { left, top, bottom } = await box(word);
    expect(Math.abs((bars[at]?.left ?? 0) - left)).toBeLessThanOrEqual(1);
    expect(bars[at]?.top).toBeGreaterThanOrEqual(top);
    expect(bars[at]?.bottom).toBeLessThanOrEqual(bottom);
  }
  expect(await shifts(page), 'start').toEqual([]);

  await openMessage(page, 'Newsletter');
  await expect(messageFrame(page).getByText('Words')).toBeVisible();
  await expect(reader(page).getByText('1 picture not loaded')).toBeVisible();
  await expect(reader(page).getByRole('button', { name: 'Preview planning.ics' })).toBeVisible();
  expect(await shifts(page), 'formatted').toEqual([]);

  await openMessage(page, 'Plain');
  await expect(reader(page).getByText('Some words')).toBeVisible();
  await expect(reader(page).getByRole('button', { name: 'Preview planning.ics' })).toBeVisible();
  expect(await shifts(page), 'plain').toEqual([]);

  await showFolder(page, 'Archive');
  await expect(row(page, 'Kept 1,')).toBeVisible();
  await showFolder(page, 'Inbox');
  await expect(row(page, 'Newsletter')).toBeVisible();
  expect(await shifts(page), 'folders').toEqual([]);

  await showFolder(page, 'Junk');
  await row(page, 'Long').click();
  const newest = reader(page).getByRole('article').last();
  await expect(newest.getByRole('paragraph').getByText('This is the text of')).toBeVisible();
  await reader(page).getByRole('button', { name: 'Show 64 older messages' }).click();
  const waiting = reader(page).locator('[aria-busy="true"]');
  await expect(waiting).not.toHaveCount(0);
  const scroller = reader(page).locator('[data-reader-scroll]');
  const height = () => scroller.evaluate((element) => element.scrollHeight);
  const expected = await height();
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(waiting).toHaveCount(0);
  expect(await height()).toBe(expected);
});
