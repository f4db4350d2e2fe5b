import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { pdfTexts } from './support/pdf-text';
import { openMessage, reader, waitForMail } from './support/screen';

test('APP-094 a message is printed as a clean page with its headers and text and without remote content', async ({
  app,
  server,
  user,
}) => {
  const hits: string[] = [];
  const web = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const picture = `http://127.0.0.1:${(web.address() as AddressInfo).port}/a.png`;
  const html = `<h1>Printed heading</h1><p>Body words on paper</p><img src="${picture}"><link rel=stylesheet href="${picture}">`;
  await server.append(user, letter({ subject: 'On paper', text: 'Body words on paper', html }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'On paper');
  await openMessage(page, 'On paper');
  await expect(reader(page).locator('iframe')).toBeVisible({ timeout: 15_000 });

  // The printer is a PDF that the test can read.
  await app.host.electron?.evaluate(({ app: desktop }) => {
    desktop.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) =>
        void contents.printToPDF({}).then((pdf) => {
          Reflect.set(globalThis, 'printed', pdf.toString('base64'));
          done?.(true, '');
        });
    });
  });
  await page.keyboard.press('Control+p');
  const printed = () =>
    app.host.electron?.evaluate(() => (Reflect.get(globalThis, 'printed') as string | undefined) ?? '');
  await expect.poll(printed, { timeout: 15_000 }).not.toBe('');
  const pdf = Buffer.from((await printed()) ?? '', 'base64');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const texts = pdfTexts(pdf).map((text) => text.replace(/\s+/g, ''));
  for (const words of ['On paper', 'ann@example.org', 'me@example.org', 'Body words on paper'])
    expect(
      texts.some((text) => text.includes(words.replace(/\s+/g, ''))),
      `${words} in ${texts}`,
    ).toBe(true);
  // Nothing of the window around the message.
  for (const words of ['Inbox', 'Archive', 'Search'])
    expect(
      texts.some((text) => text.includes(words)),
      words,
    ).toBe(false);
  expect(hits).toEqual([]);
  web.close();
});
