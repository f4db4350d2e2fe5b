import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DRAFT } from '../src/shared/domain';
import { body, message, openReader, startReaderLab } from './support/reader-lab';
import type { ViewerLab } from './support/viewer-lab';

// Recording a trace would read the frame's pictures through a connection its policy forbids.
test.use({ trace: 'off', viewport: { width: 860, height: 800 } });

let lab: ViewerLab;
test.beforeAll(async ({}, info) => {
  lab = await startReaderLab(info.parallelIndex);
});
test.afterAll(() => lab.stop());

const me = [{ name: '', address: 'me@example.org' }];
const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.calls.filter((call) => call.method === name).map(({ input }) => input),
    method,
  );
const frameOf = (page: Page) => page.frameLocator('iframe');
const article = (page: Page, id: number) => page.locator(`article[data-message="${id}"]`);
const toggle = (page: Page, id: number) => article(page, id).locator('[data-message-toggle]');

test('APP-080 a conversation has one subject, the newest message open, older ones on one line, quotes behind a control', async ({
  page,
}) => {
  await openReader(page, lab, {
    subject: 'Berths',
    messages: [
      message(1),
      message(2, { from: me, mine: true }),
      message(3),
      message(4, { from: me, mine: true, keywords: [DRAFT] }),
    ],
    bodies: [
      body(1),
      body(4, {
        segments: [
          { kind: 'text', text: 'Answer' },
          { kind: 'quote', text: '> Question' },
        ],
      }),
    ],
  });
  await expect(page.getByRole('heading', { name: 'Berths' })).toHaveCount(1);
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect(page.locator('[data-message-toggle][aria-expanded="true"]')).toHaveCount(1);
  await expect(toggle(page, 4)).toHaveAttribute('aria-expanded', 'true');
  expect((await article(page, 1).boundingBox())?.height).toBeLessThanOrEqual(42);
  // Sent mail and drafts are part of it.
  await expect(toggle(page, 2)).toHaveText('me');
  await expect(article(page, 4)).toContainText('Draft');
  await expect(page.getByText('> Question')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show quoted text' }).click();
  await expect(page.getByText('> Question')).toBeVisible();
  // By key: previous, next, all open, all folded.
  await page.keyboard.press('p');
  await expect(toggle(page, 3)).toBeFocused();
  await page.keyboard.press('n');
  await expect(toggle(page, 4)).toBeFocused();
  await page.keyboard.press(';');
  await expect(page.locator('[data-message-toggle][aria-expanded="true"]')).toHaveCount(4);
  await page.keyboard.press(':');
  await expect(page.locator('[data-message-toggle][aria-expanded="true"]')).toHaveCount(0);
});

test('APP-083 remote pictures are off until they are allowed once or for the sender; pictures of the message are always there', async ({
  page,
}) => {
  const asked: string[] = [];
  await page.route('https://pics.example/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    });
  });
  const html =
    '<img id=own src="cid:logo"><img src="http://pics.example/a.png"><p style="background:url(https://pics.example/b.png)">x</p>';
  await openReader(page, lab, { messages: [message(1)], bodies: [body(1, { html })] });
  const own = frameOf(page).locator('#own');
  await expect.poll(() => own.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page.getByText('2 pictures not loaded')).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Show once' }).click();
  await expect
    .poll(() => [...asked].sort())
    .toEqual(['https://pics.example/a.png', 'https://pics.example/b.png']);
  await expect(page.getByText('not loaded')).toHaveCount(0);
  expect(await calls(page, 'remoteContent.allow')).toEqual([]);
});

test('APP-083 always for this sender is remembered by the host', async ({ page }) => {
  const html = '<img src="https://pics.example/a.png">';
  await page.route('https://pics.example/**', (route) => route.fulfill({ body: '' }));
  await openReader(page, lab, { messages: [message(1)], bodies: [body(1, { html })] });
  await page.getByRole('button', { name: 'Always for this sender' }).click();
  await expect
    .poll(() => calls(page, 'viewer.open'))
    .toEqual([
      { messageId: 1, remote: 'blocked' },
      { messageId: 1, remote: 'sender' },
    ]);
  expect(await calls(page, 'remoteContent.allow')).toEqual([{ sender: 'anna@example.net' }]);
});

test('APP-085 links show where they lead, ask where there is reason, and open outside through the host only', async ({
  page,
}) => {
  const html = `<a id=plain href="https://example.org/x">our page</a> <a id=other href="https://evil.example.com/">paypal.com</a>
    <a id=ip href="https://0x7f.1/x">click</a> <a id=mixed href="https://pаypal.com/">pay</a> <a id=file href="https://example.org/d">Invoice.pdf</a>`;
  await openReader(page, lab, { messages: [message(1)], bodies: [body(1, { html })] });
  const link = (id: string) => frameOf(page).locator(`#${id}`);
  await link('plain').hover();
  await expect(page.getByText('https://example.org/x')).toBeVisible();
  await link('other').focus();
  await expect(page.getByText('https://evil.example.com/')).toBeVisible();
  await link('plain').click();
  await expect
    .poll(() => calls(page, 'links.open'))
    .toEqual([{ url: 'https://example.org/x', confirmed: false }]);
  await link('plain').click({ button: 'middle' });
  await expect.poll(() => calls(page, 'links.open')).toHaveLength(2);
  for (const [id, reason] of [
    ['other', 'The text names another site'],
    ['ip', 'a bare number'],
    ['mixed', 'mixes alphabets'],
    ['file', 'looks like an attachment'],
  ] as const) {
    await link(id).click();
    await expect(page.getByRole('alertdialog')).toContainText(reason);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  }
  expect(await calls(page, 'links.open')).toHaveLength(2);
  await link('other').press('Enter');
  await page.getByRole('button', { name: 'Open evil.example.com' }).click();
  await expect
    .poll(() => calls(page, 'links.open'))
    .toContainEqual({ url: 'https://evil.example.com/', confirmed: true });
  expect(page.context().pages()).toHaveLength(1);
});

test('links in plain text ask in the same way', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [body(1, { segments: [{ kind: 'text', text: 'see http://example.org/a now' }] })],
  });
  await page.getByRole('link', { name: 'http://example.org/a' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('not encrypted');
});

test('a name that shows another address gives way to the real one', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1, { from: [{ name: 'service@bank.example', address: 'm@evil.example' }] })],
    bodies: [body(1)],
  });
  await expect(toggle(page, 1)).toHaveText('m@evil.example');
  await expect(
    page.getByText('The name shows service@bank.example, but the message is from m@evil.example.'),
  ).toBeVisible();
});

test('APP-096 plain text, fixed width, zoom and another character set can be chosen', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [body(1, { html: '<p>Formatted</p>', segments: [{ kind: 'text', text: 'Only words' }] })],
    settings: { textZoomPercent: 200 },
  });
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'More for this message' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await expect(frameOf(page).locator('body')).toHaveCSS('zoom', '2');
  await choose('Larger text');
  await expect(frameOf(page).locator('body')).toHaveCSS('zoom', '2.25');
  expect(await calls(page, 'settings.set')).toEqual([{ patch: { textZoomPercent: 225 } }]);
  await choose('Plain text');
  const words = page.getByText('Only words');
  await expect(words).toBeVisible();
  await choose('Fixed-width text');
  expect(await words.evaluate((element) => getComputedStyle(element).fontFamily)).toContain('mono');
  await choose('Choose character set…');
  await page.getByRole('menuitemradio', { name: 'koi8-r' }).click();
  await expect.poll(() => calls(page, 'messages.body')).toContainEqual({ messageId: 1, charset: 'koi8-r' });
});

test('the plain-text preference is followed from the start', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [body(1, { html: '<p>Formatted</p>', segments: [{ kind: 'text', text: 'Only words' }] })],
    settings: { bodyPreference: 'text' },
  });
  await expect(page.getByText('Only words')).toBeVisible();
  expect(await calls(page, 'viewer.open')).toEqual([]);
});

for (const [afterMs, wait, marked] of [
  [0, 0, true],
  [1000, 1000, true],
  [null, 2500, false],
] as const)
  test(`APP-097 an unread message counts as read after ${afterMs ?? 'no'} ms in view`, async ({ page }) => {
    await openReader(page, lab, {
      messages: [message(1, { keywords: [] }), message(2, { keywords: [] })],
      bodies: [body(2)],
      settings: { markReadAfterMs: afterMs },
    });
    const started = Date.now();
    const change = [
      {
        target: { kind: 'messages', messageIds: [2] },
        mutation: { kind: 'keywords', add: ['$seen'], remove: [] },
      },
    ];
    if (!marked) await page.waitForTimeout(wait);
    await expect.poll(() => calls(page, 'mutations.apply')).toEqual(marked ? change : []);
    expect(Date.now() - started).toBeGreaterThanOrEqual(wait * 0.6);
  });

test('APP-098 offline without the body: headers, size and a button that queues it', async ({ page }) => {
  await openReader(page, lab, {
    online: false,
    messages: [message(1, { body: 'not-downloaded', size: 84_000 })],
  });
  await expect(toggle(page, 1)).toHaveText('Anna Maier');
  await expect(page.getByText('(84 kB) is not on this computer yet')).toBeVisible();
  expect(await calls(page, 'bodies.request')).toEqual([]);
  await page.getByRole('button', { name: 'Load when online' }).click();
  await expect(page.getByText('It will be loaded when you are online.')).toBeVisible();
  expect(await calls(page, 'bodies.request')).toEqual([{ messageId: 1 }]);
});

test('encrypted mail is labelled instead of showing raw parts', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [
      body(1, {
        protection: 'encrypted',
        html: '<p>encrypted HTML</p>',
        segments: [{ kind: 'text', text: 'Words beside the secret' }],
      }),
    ],
  });
  await expect(page.getByText('encrypted and cannot be opened here')).toBeVisible();
  await expect(page.getByText('Words beside the secret')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('APP-365 a frame that does not report within 2 s gives way to the plain text', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [body(1, { html: '<p>Formatted</p>', segments: [{ kind: 'text', text: 'Only words' }] })],
    frameUrl: '/silent',
  });
  await expect(page.getByText('Only words')).toBeVisible({ timeout: 4000 });
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('Escape leaves the message frame, and shortcuts pressed inside it reach the app', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1), message(2)],
    bodies: [body(1), body(2, { html: '<p>Text</p><a id=l href="https://example.org/">l</a>' })],
  });
  await frameOf(page).locator('#l').focus();
  await page.keyboard.press('Escape');
  await expect(toggle(page, 2)).toBeFocused();
  await frameOf(page).locator('#l').focus();
  await page.keyboard.press(';');
  await expect(page.locator('[data-message-toggle][aria-expanded="true"]')).toHaveCount(2);
});

test('a long message scrolls by key from inside its frame', async ({ page }) => {
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [body(1, { html: '<p>Line</p>'.repeat(200) })],
  });
  await frameOf(page).getByText('Line').nth(2).click();
  /** Where the pane stands once the browser's scrolling has come to rest. */
  const settled = () =>
    page.locator('[data-reader-scroll]').evaluate(async (element) => {
      for (let last = -1; last !== element.scrollTop; ) {
        last = element.scrollTop;
        await new Promise((done) => window.setTimeout(done, 250));
      }
      return element.scrollTop;
    });
  const places = [0];
  for (const key of ['PageDown', 'Space', 'ArrowDown', 'End', 'Shift+Space']) {
    await page.keyboard.press(key);
    places.push(await settled());
  }
  const [start = 0, paged = 0, spaced = 0, line = 0, end = 0, back = 0] = places;
  expect([start < paged, paged < spaced, spaced < line, line < end, back < end], places.join()).toEqual(
    Array(5).fill(true),
  );
});

test('very large mail shows its beginning at once', async ({ page }) => {
  const cell =
    '<tr><td style="padding:4px;font:13px Arial">A row with <b>some</b> words and <a href="https://example.org/">a link</a></td></tr>';
  await openReader(page, lab, {
    messages: Array.from({ length: 2000 }, (_, index) => message(index + 1)),
    bodies: [
      body(2000, {
        // As much as one answer of the host can carry.
        html: `<p id=first>First words</p><table>${cell.repeat(7_400)}</table>`,
        attachments: Array.from({ length: 500 }, (_, index) => ({
          index,
          filename: `file-${index}.txt`,
          mediaType: 'text/plain',
          size: 1000,
          contentId: null,
          inline: false,
          state: 'here' as const,
          danger: null,
        })),
      }),
    ],
  });
  await expect(frameOf(page).locator('#first')).toBeVisible({ timeout: 5000 });
  await expect(page.getByText('This message is very long and was shortened.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show 1,994 older messages' })).toBeVisible();
  await expect(page.getByText('500 attachments').first()).toBeAttached();
});

test('attachments: pictures and text are previewed, dangerous files warn, one or all are saved', async ({
  page,
}) => {
  const file = (index: number, filename: string, mediaType: string, danger: 'disguised' | null = null) => ({
    index,
    filename,
    mediaType,
    size: 2000,
    contentId: null,
    inline: false,
    state: 'here' as const,
    danger,
  });
  await openReader(page, lab, {
    messages: [message(1)],
    bodies: [
      body(1, {
        attachments: [
          file(0, 'pier.png', 'image/png'),
          file(1, 'invoice.pdf.exe', 'application/x-msdownload', 'disguised'),
        ],
      }),
    ],
  });
  await expect(
    page.getByText('invoice.pdf.exe is a program that looks like another kind of file.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open invoice.pdf.exe' })).toBeDisabled();
  await page.getByRole('button', { name: 'Preview pier.png' }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: 'pier.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save all' }).click();
  expect(await calls(page, 'content.save')).toMatchObject([
    {
      items: [
        { messageId: 1, part: 0 },
        { messageId: 1, part: 1 },
      ],
    },
  ]);
});

test('the source shows decoded fields, the raw bytes, and saves them', async ({ page }) => {
  await openReader(page, lab, { messages: [message(1)], bodies: [body(1)] });
  await page.getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: 'Show source' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Grüße')).toBeVisible();
  await dialog.getByRole('button', { name: 'Raw' }).click();
  await expect(dialog.getByText('Subject: raw')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save as file' }).click();
  expect(await calls(page, 'content.save')).toMatchObject([{ items: [{ messageId: 1, part: 'source' }] }]);
});

for (const theme of ['light', 'dark'] as const)
  test(`the reading pane has no accessibility violations in ${theme}`, async ({ page }) => {
    await openReader(page, lab, {
      theme,
      subject: 'Berths',
      messages: [message(1, { keywords: [] }), message(2, { keywords: ['harbour'] })],
      bodies: [
        body(1),
        body(2, {
          html: '<p>Text with <a href="https://example.org/">example.net</a></p><img src="https://x.example/a.png" width=90 height=40><blockquote type=cite>Q</blockquote>',
          attachments: [
            {
              index: 0,
              filename: 'a.exe',
              mediaType: 'x/y',
              size: 9,
              contentId: null,
              inline: false,
              state: 'here',
              danger: 'executable',
            },
          ],
          authentication: { verdict: 'suspicious', domain: 'x.example', results: [] },
        }),
      ],
    });
    await expect(frameOf(page).getByText('Text with')).toBeVisible();
    const scan = () =>
      new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    const found = async () => {
      // What fades in is half transparent, which would be measured as too little contrast.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
      return (await scan()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    };
    expect(await found()).toEqual([]);
    await page.getByRole('button', { name: 'More for this message' }).click();
    expect(await found()).toEqual([]);
    await page.getByRole('menuitem', { name: 'Show source' }).click();
    await expect(page.getByRole('dialog', { name: 'Source of the message' })).toBeVisible();
    await expect(page.getByRole('menu')).toHaveCount(0);
    expect(await found()).toEqual([]);
    await page.keyboard.press('Escape');
    await frameOf(page).getByText('example.net').click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    expect(await found()).toEqual([]);
  });

test('one key switches a message between dark and paper and is remembered for its sender', async ({
  page,
}) => {
  await openReader(page, lab, {
    theme: 'dark',
    messages: [message(1)],
    bodies: [body(1, { html: '<p>Words</p>' })],
  });
  const surface = page.locator('[data-rendering]');
  await expect(surface).toHaveAttribute('data-rendering', 'recoloured');
  await toggle(page, 1).focus();
  await page.keyboard.press('Shift+D');
  await expect(surface).toHaveAttribute('data-rendering', 'card');
  await page.keyboard.press('Shift+D');
  await expect(surface).toHaveAttribute('data-rendering', 'recoloured');
  expect(await calls(page, 'settings.set')).toEqual([
    { patch: { darkMessageOverrides: { 'anna@example.net': 'card' } } },
    { patch: { darkMessageOverrides: { 'anna@example.net': 'recolour' } } },
  ]);
});

test('the window’s theme changes the message that is open', async ({ page }) => {
  await openReader(page, lab, { messages: [message(1)], bodies: [body(1, { html: '<p>Words</p>' })] });
  await expect(page.locator('[data-rendering]')).toHaveAttribute('data-rendering', 'light');
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark';
  });
  await expect(page.locator('[data-rendering]')).toHaveAttribute('data-rendering', 'recoloured');
});

test('APP-094 printing puts subject, headers and message on paper, without the window and without remote pictures', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.print = () => window.calls.push({ method: 'print', input: null });
  });
  await openReader(page, lab, {
    theme: 'dark',
    messages: [message(1, { subject: 'Berths', to: [{ name: 'Bob', address: 'bob@example.org' }] })],
    bodies: [body(1, { html: '<p>On paper</p><img src="https://pics.example/a.png">' })],
  });
  await expect(frameOf(page).getByText('On paper')).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect.poll(() => calls(page, 'print')).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('main')).toBeHidden();
  const sheet = page.locator('[data-print-sheet]');
  await expect(sheet.getByText('Bob <bob@example.org>')).toBeVisible();
  await expect(sheet.frameLocator('iframe').getByText('On paper')).toBeVisible();
  expect((await page.pdf()).length).toBeGreaterThan(1000);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
});
