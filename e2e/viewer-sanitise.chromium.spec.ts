import { expect, test } from '@playwright/test';
import { parseMessage } from '../src/sync/mime/parse-message';
import { SANITISE_CORPUS } from './support/sanitise-corpus';
import { ViewerLab } from './support/viewer-lab';

// Recording a trace would read the frame's pictures through a connection its policy forbids.
test.use({ trace: 'off' });

test('APP-082 sanitising takes out what could act and keeps what lays out: the corpus with its expected output', async ({
  page,
}) => {
  const lab = await ViewerLab.start();
  const viewer = await lab.open(page);
  for (const [name, html, body, css] of SANITISE_CORPUS) {
    await viewer.show(html);
    expect(await viewer.body(), name).toBe(body);
    expect(await viewer.frame.evaluate(() => document.head.querySelector('style')?.textContent), name).toBe(
      css,
    );
  }
  lab.stop();
});

/** How the first of two parts may end so that it takes the second one into itself. */
const LEFT_OPEN = [
  '<img src="https://hit.example/?',
  "<img src='https://hit.example/?",
  '<img src=https://hit.example/?',
  '<a href="https://hit.example/?',
  '<!-- ',
  '<style>p{background:url(https://hit.example/?',
  '<title>',
  '<textarea>',
  '<xmp>',
  '<noscript>',
  '<iframe>',
];

test('a part that ends inside an address, a comment or raw text cannot swallow the next part', async ({
  page,
}) => {
  const lab = await ViewerLab.start();
  const viewer = await lab.open(page);
  const html = (part: string) => `--b\r\nContent-Type: text/html\r\n\r\n${part}\r\n`;
  for (const opening of LEFT_OPEN) {
    const raw = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${html(opening)}${html('<p id=next>secret words</p>')}--b--\r\n`;
    await viewer.show(parseMessage(Buffer.from(raw)).html ?? '');
    expect(await viewer.frame.locator('p#next').textContent(), opening).toBe('secret words');
    expect((await viewer.body()).replace('<p id="next">secret words</p>', ''), opening).not.toContain(
      'secret',
    );
  }
  // Nothing is left of it between parts that end well.
  const plain = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${html('<p>One</p>')}${html('<p>Two</p>')}--b--\r\n`;
  await viewer.show(parseMessage(Buffer.from(plain)).html ?? '');
  expect((await viewer.body()).replace(/\s/g, '')).toBe('<p>One</p><hr><p>Two</p>');
  lab.stop();
});
