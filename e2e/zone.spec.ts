import { expect, test } from './fixtures';
import { openMessage, reader, row } from './support/screen';
import { startWithMail } from './support/start-with-mail';

test('when the computer moves to another zone the times on screen follow, in the list and in the open message', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Known', 2);
  const { page } = app;
  const session = await page.context().newCDPSession(page);
  const moveTo = async (timezoneId: string) => {
    await session.send('Emulation.setTimezoneOverride', { timezoneId });
    // Somebody comes back to the window.
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  };
  const CLOCK = /\d{1,2}:\d{2}( [AP]M)?/;
  const clockOf = (text: string | null) => CLOCK.exec(text ?? '')?.[0];
  /** The time in the row's full name, and above the open message. */
  const written = async () => [
    clockOf(await row(page, 'Known 1,').getAttribute('aria-label')),
    clockOf(await reader(page).locator('time').first().getAttribute('title')),
  ];
  await openMessage(page, 'Known 1');
  await expect(reader(page).locator('time').first()).toBeVisible();
  // A quarter of an hour beside the zones of whole hours.
  await moveTo('Asia/Kathmandu');
  const there = await written();
  expect(there[0]).toMatch(CLOCK);
  expect(there[1]).toBe(there[0]);
  await moveTo('Pacific/Niue');
  await expect.poll(written).not.toEqual(there);
  const here = await written();
  expect(here[1]).toBe(here[0]);
  await moveTo('Asia/Kathmandu');
  await expect.poll(written).toEqual(there);
});
