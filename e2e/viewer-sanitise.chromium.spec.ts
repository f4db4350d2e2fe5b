import { expect, test } from '@playwright/test';
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
