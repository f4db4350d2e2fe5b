import { expect } from './fixtures';
import { CLIPBOARDS } from './support/clipboards';
import { begin, letterText, startToSend, test } from './support/letter-desk';

/** Attributes that the letter's schema writes itself. */
const OWN = /^(href|target|rel|colspan|rowspan|start|type|dir|style|data-corner|data-picture)$/;

test('APP-140 what web pages and office programs copy becomes clean text: structure and emphasis, no colours, pictures or scripts', async ({
  app,
  server,
  user,
  cable,
  smtpCable,
}) => {
  await startToSend({ app, server, user, cable, smtpCable }, [{ subject: 'First' }]);
  const { page } = app;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await begin(page, 'bob@example.org', 'Pasted');
  const text = letterText(page);
  await text.focus();
  const paste = (html: string, plain: string) =>
    text.evaluate(
      (element, data) => {
        const clipboardData = new DataTransfer();
        if (data.html !== '') clipboardData.setData('text/html', data.html);
        clipboardData.setData('text/plain', data.plain);
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      { html, plain },
    );
  expect(CLIPBOARDS).toHaveLength(20);
  for (const { from, html, text: expected, keeps = [] } of CLIPBOARDS) {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await paste(html, expected);
    const blocks = text.locator('p, pre, h1, h2, h3');
    await expect
      .poll(
        async () =>
          (await blocks.allInnerTexts())
            .map((block) => block.trim())
            .filter(Boolean)
            .join(' / '),
        {
          message: from,
        },
      )
      .toBe(expected);
    for (const selector of keeps) await expect(text.locator(selector).first(), from).toBeAttached();
    const attributes = await text.evaluate((element) =>
      [...element.querySelectorAll('*')].flatMap((node) =>
        [...node.attributes].map(({ name, value }) => [name, value] as const),
      ),
    );
    for (const [name, value] of attributes.filter(([, value]) => !/ProseMirror/.test(value))) {
      expect(name, from).toMatch(OWN);
      if (name === 'style' && from !== 'another letter of ours')
        expect(value, from).not.toMatch(/(^|[; ])(color|background|font)/);
      expect(value, from).not.toMatch(/^javascript:/i);
    }
    await expect(
      text.locator('img:not(.ProseMirror-separator), script, iframe, svg, input'),
      from,
    ).toHaveCount(0);
  }
  await page.keyboard.press('Control+a');
  await paste('', 'Plain\nlines');
  await expect(text).toContainText('Plain');
  await expect(text.locator('strong')).toHaveCount(0);
  expect(requests.filter((url) => url.includes(':9/'))).toEqual([]);
});
