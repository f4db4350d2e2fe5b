import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { messageFrame, openMessage, waitForMail } from './support/screen';

test('APP-366 links of a message, redirects, other targets, the middle button and dropped files leave the window where it is', async ({
  app,
  server,
  user,
}) => {
  const hits: string[] = [];
  const web = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const html = ['_self', '_blank', '_top']
    .map((target) => `<p><a href="${origin}/${target}" target="${target}" download>link ${target}</a></p>`)
    .join('');
  await server.append(user, letter({ subject: 'Ways out', html }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Ways out');
  await openMessage(page, 'Ways out');
  const frame = messageFrame(page);
  await expect(frame.getByText('link _self')).toBeVisible({ timeout: 15_000 });
  const address = page.url();
  const pages = () => page.context().pages().length;
  const before = pages();

  for (const target of ['_self', '_blank', '_top']) {
    for (const press of [
      { button: 'left' },
      { button: 'middle' },
      { button: 'left', modifiers: ['ControlOrMeta'] },
      { button: 'left', modifiers: ['Shift'] },
    ] satisfies Parameters<Locator['click']>[0][]) {
      await frame.getByText(`link ${target}`).click(press);
      // Unencrypted, so the app asks before it hands the address over: that is the only thing that may happen.
      const question = page.getByRole('alertdialog');
      await question.getByRole('button', { name: 'Cancel' }).click();
      await expect(question).toHaveCount(0);
    }
  }

  const file = join(app.profileDir, 'dropped.html');
  writeFileSync(file, '<title>dropped</title>');
  const devTools = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devTools.send('Input.dispatchDragEvent', { type, x: 700, y: 300, data });

  await page.waitForTimeout(500);
  expect([page.url(), pages(), hits]).toEqual([address, before, []]);
  await expect(frame.getByText('link _self')).toBeVisible();
  web.close();
});
