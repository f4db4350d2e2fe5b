import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { grid, openMessage, reader, row } from './support/screen';
import { fillServer } from './support/set-up';

const MESSAGES = 50_000;
/** APP-009: from the sign-in to the first messages. */
const SCREENFUL_MS = 5_000;

const footer = (page: Page) => page.getByRole('main', { name: 'Messages' }).getByText(/^Newest /);

/** How many messages the line below the list says are here. */
async function here(page: Page): Promise<number> {
  const words = await footer(page).textContent();
  const [, said] = /^Newest ([\d,]+) of 50,000 - getting older mail$/.exec(words ?? '') ?? [];
  if (said === undefined) throw new Error(`not the words of a running sync: ${words}`);
  return Number(said.replaceAll(',', ''));
}

const numbered = (count: number) => letters(count, (at) => ({ subject: `Letter ${count - at}` }));

/**
 * From the next press of Enter until a row with these words is in the document, in ms. By the page's own clock: from
 * outside one looks only once a second, and later than that on a busy machine.
 */
async function timeToRow(page: Page, words: string): Promise<() => Promise<number>> {
  const time = await page.evaluateHandle((wanted) => {
    const watched = {} as { ms: Promise<number> };
    watched.ms = new Promise((resolve) => {
      const onKey = ({ key, timeStamp }: KeyboardEvent) => {
        if (key !== 'Enter') return;
        const observer = new MutationObserver(() => {
          const rows = [...document.querySelectorAll('[role="grid"] [role="row"]')];
          if (!rows.some(({ textContent }) => textContent?.includes(wanted))) return;
          observer.disconnect();
          resolve(performance.now() - timeStamp);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      };
      addEventListener('keydown', onKey, { capture: true, once: true });
    });
    return watched;
  }, words);
  return () => time.evaluate(({ ms }) => ms);
}

test('APP-009 the newest of 50,000 messages are on screen within 5 s of the sign-in and can be read while the rest comes; the line below counts it in', async ({
  app,
  server,
  user,
  cable,
}) => {
  // Most of it goes into writing and removing as many files, where others use the disk as well.
  test.setTimeout(300_000);
  const { page } = app;
  server.fill(user, 'INBOX', numbered(MESSAGES));
  await fillServer(page, user, { host: '127.0.0.1', port: cable.port, security: 'None' });
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);

  const screenful = await timeToRow(page, `Letter ${MESSAGES - 9}`);
  await page.keyboard.press('Enter');
  await expect(row(page, `Letter ${MESSAGES - 9}`)).toBeVisible({ timeout: 30_000 });
  const first = await here(page);
  await expect(row(page, `Letter ${MESSAGES}`)).toBeVisible();
  expect(await screenful()).toBeLessThanOrEqual(SCREENFUL_MS);

  // The rest comes meanwhile, and nobody has to wait for it.
  await expect.poll(() => here(page), { timeout: 20_000 }).toBeGreaterThan(first);
  await openMessage(page, `Letter ${MESSAGES - 3}`);
  await expect(reader(page).getByText(`This is the text of Letter ${MESSAGES - 3}.`)).toBeVisible();
});

test('the line that counts older mail in goes when everything is here', async ({
  app,
  server,
  user,
  cable,
}) => {
  server.fill(user, 'INBOX', numbered(1_500));
  cable.delayMs = 50;
  await app.addAccount();
  await expect(footer(app.page)).toHaveText(/of 1,500 - getting older mail$/, { timeout: 15_000 });
  cable.delayMs = 0;
  await expect(footer(app.page)).toHaveCount(0, { timeout: 30_000 });
  await expect(grid(app.page)).toHaveAttribute('aria-rowcount', '1500');
});
