import { expect, test } from '@playwright/test';
import { MAX_FRAME_HEIGHT } from '../src/shared/viewer/limits';
import { makePng } from './support/make-png';
import { DARK, type OpenViewer, ViewerLab } from './support/viewer-lab';

// Recording a trace would read the frame's pictures through a connection its policy forbids.
test.use({ trace: 'off' });

let lab: ViewerLab;
test.beforeAll(async () => {
  lab = await ViewerLab.start();
});
test.afterAll(() => lab.stop());

/** The smallest contrast of any text in the frame against what lies behind it, after WCAG. */
function leastContrast(): { ratio: number; text: string } {
  const luminance = ([r = 0, g = 0, b = 0]: number[]) => {
    const linear = [r, g, b].map((byte) =>
      byte <= 10.31475 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const numbers = (css: string) => (css.match(/[\d.]+/g) ?? []).map(Number);
  const behind = (start: Element): number[] => {
    for (let element: Element | null = start; element !== null; element = element.parentElement) {
      const colour = numbers(getComputedStyle(element).backgroundColor);
      if ((colour[3] ?? 1) > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  let least = { ratio: 21, text: '' };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || !element.checkVisibility() || (node.textContent ?? '').trim() === '') continue;
    const [one, other] = [luminance(numbers(getComputedStyle(element).color)), luminance(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < least.ratio) least = { ratio, text: node.textContent ?? '' };
  }
  return least;
}

const SIMPLE = [
  '<p>Plain words</p>',
  '<p style="color:#888">Grey</p><p style="color:#ccc">Very light grey</p><p style="color:#000080">Navy</p>',
  '<p><font color="red">Red</font> <span style="background:yellow">marked</span> <a href="https://x.example">link</a></p>',
  '<body bgcolor="#ffffff" text="#333333"><p>On white</p></body>',
  '<body style="background:#fafafa"><div style="background:#eeeeee;color:#777">Well</div></body>',
  '<blockquote style="border-left:2px solid #ccc;color:#5c5c5c">Quote</blockquote>',
  '<table style="border:1px solid #999"><tr><td style="background:#dbeafe">Cell</td><td>Other</td></tr></table>',
  '<h1 style="color:#b45309">Title</h1><hr><p style="color:rgba(0,0,0,.6)">Soft</p>',
  '<div style="background:#222;color:#eee">A dark well in light mail</div><p>After</p>',
  '<p style="color:#fff;background:#1d4ed8">White on blue</p><pre style="color:#166534">code</pre>',
];

test('what stands for a picture that is not loaded has the colour of the words around it', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  await viewer.show(
    '<div style="background:#222;color:#eee"><img src="https://x.example/a.png" alt="Logo"></div>',
  );
  expect(await viewer.frame.locator('img').evaluate((image) => getComputedStyle(image).color)).toBe(
    'rgb(238, 238, 238)',
  );
});

test('UI-093 dark recolouring: simple mail is recoloured for the dark theme with readable text everywhere', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  for (const html of SIMPLE) {
    expect((await viewer.show(html, { theme: DARK })).rendering, html).toBe('recoloured');
    const { ratio, text } = await viewer.frame.evaluate(leastContrast);
    expect(ratio, `${html}: ${text}`).toBeGreaterThanOrEqual(4.49);
  }
});

test('mail with its own dark colours keeps them, complex mail stays on paper, one choice overrides', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  const own =
    '<style>:root{color-scheme:light dark} @media (prefers-color-scheme:dark){p{color:rgb(201, 202, 203)}}</style><p>x</p>';
  const complex = '<table><tr><td><table bgcolor=white><tr><td>x</td></tr></table></td></tr></table>';
  const colour = () => viewer.frame.locator('p').evaluate((element) => getComputedStyle(element).color);
  expect((await viewer.show(own, { theme: DARK })).rendering).toBe('own-dark');
  expect(await colour()).toBe('rgb(201, 202, 203)');
  expect((await viewer.show(own)).rendering).toBe('light');
  expect(await colour()).not.toBe('rgb(201, 202, 203)');
  expect((await viewer.show(complex, { theme: DARK })).rendering).toBe('card');
  expect((await viewer.show(complex, { theme: DARK, dark: 'recolour' })).rendering).toBe('recoloured');
  expect((await viewer.show('<p>x</p>', { theme: DARK, dark: 'card' })).rendering).toBe('card');
});

test('the frame reports the height of what it shows and ignores tricks to grow it', async ({ page }) => {
  const viewer = await lab.open(page);
  const height = async (html: string) => {
    await viewer.show(html);
    await page.waitForTimeout(150);
    return (await viewer.said()).filter((said) => said.kind === 'height').at(-1)?.px;
  };
  expect(await height('<div style="height:300px">x</div>')).toBe(300);
  expect(await height('<div style="height:50px">x</div>')).toBe(50);
  // The frame follows its content, so a height of the viewport would grow without end.
  expect(await height('<div style="height:100vh">x</div><p style="margin:0;height:20px">y</p>')).toBe(620);
  expect(
    await height('<style>html,body{height:100%;min-height:100vh}</style><div style="height:70px">x</div>'),
  ).toBe(70);
  expect(await height('<div style="height:9000000px">x</div>')).toBe(MAX_FRAME_HEIGHT);
});

test('a layout a little wider than the frame is shrunk to fit, a much wider one scrolls', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  const zoomOf = async (html: string, zoomPercent = 100) => {
    await viewer.show(html, { zoomPercent });
    return Number(await viewer.frame.evaluate(() => getComputedStyle(document.body).zoom));
  };
  const table = (width: number) => `<table width=${width} cellspacing=0><tr><td>x</td></tr></table>`;
  expect(await zoomOf(table(600))).toBe(1);
  expect(await zoomOf(table(1000))).toBeCloseTo(0.8, 1);
  expect(await zoomOf(table(1000), 200)).toBeCloseTo(1.6, 1);
  expect(await zoomOf(table(4000))).toBe(0.6);
});

test('pictures of the message are drawn from bytes, in the text and in its style', async ({ page }) => {
  const viewer = await lab.open(page);
  const shown = await viewer.show(
    '<img id=a src="cid:one"><div id=b style="width:9px;height:9px;background:url(cid:two)"></div><img id=c src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">',
  );
  expect(shown.imagesNeeded).toEqual(['one', 'two']);
  await page.evaluate(() => {
    const bytes = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) =>
      char.charCodeAt(0),
    ).buffer;
    for (const contentId of ['one', 'two'])
      window.lab.post({ kind: 'image', contentId, mediaType: 'image/gif', bytes });
  });
  const width = (id: string) =>
    viewer.frame.locator(id).evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(() => width('#a')).toBe(1);
  await expect.poll(() => width('#c')).toBe(1);
  await expect
    .poll(() => viewer.frame.locator('#b').evaluate((element) => getComputedStyle(element).backgroundImage))
    .toContain('blob:');
});

test('UI-093 quote folding: quoted text opens and closes, by its control', async ({ page }) => {
  const viewer = await lab.open(page);
  await viewer.show('<p>Answer</p><blockquote type=cite>Question</blockquote>');
  const quote = viewer.frame.getByText('Question');
  await expect(quote).toBeHidden();
  await viewer.frame.getByRole('button', { name: 'Show quoted text' }).click();
  await expect(quote).toBeVisible();
  await viewer.frame.getByRole('button', { name: 'Hide quoted text' }).click();
  await expect(quote).toBeHidden();
});

/** How mail programs mark what they quote; "Question" is what was quoted. */
const FOLDED: Readonly<Record<string, string>> = {
  Gmail:
    '<div dir=ltr>Answer</div><div class="gmail_quote gmail_quote_container"><div class=gmail_attr>On Monday:</div><blockquote class=gmail_quote>Question</blockquote></div>',
  'Apple Mail': '<div>Answer</div><br><blockquote type="cite">On Monday:<br>Question</blockquote>',
  Thunderbird:
    '<p>Answer</p><div class="moz-cite-prefix">On Monday:</div><blockquote type="cite">Question</blockquote><div class="moz-signature">Anna</div>',
  'Outlook on the web':
    '<p>Answer</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: X</div><p>Question</p>',
  'Outlook, the program':
    '<p>Answer</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p>From: X</p></div><p>Question</p>',
  Yahoo: '<div>Answer</div><div class="yahoo_quoted">Question</div>',
  Proton: '<div>Answer</div><div class="protonmail_quote"><blockquote>Question</blockquote></div>',
  'two quotes at the end':
    '<p>Answer</p><blockquote type=cite>Question</blockquote> <blockquote type=cite>Older</blockquote>',
};
const OPEN: Readonly<Record<string, string>> = {
  'a forwarded message':
    '<p>For you</p><div class="gmail_quote">---------- Forwarded message ---------<br>Question</div>',
  'a quote without an answer': '<br><blockquote type="cite">Question</blockquote>',
  'answers between the quotes':
    '<p>Answer</p><blockquote type=cite>Question</blockquote><p>To this</p><blockquote type=cite>Older</blockquote><p>And to that</p>',
  'an answer below the quote': '<p>Hello</p><blockquote type=cite>Question</blockquote><p>Answer</p>',
  'a quote of a writer': '<p>As he said:</p><blockquote>Question</blockquote>',
};

test('UI-093 quote folding: what each mail program quotes is behind one control, and what is the message itself is not', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  const control = viewer.frame.getByRole('button', { name: 'Show quoted text' });
  for (const [program, html] of Object.entries(FOLDED)) {
    await viewer.show(html);
    await expect(control, program).toHaveCount(1);
    await expect(viewer.frame.getByText('Answer'), program).toBeVisible();
    await expect(viewer.frame.getByText('Question'), program).toBeHidden();
  }
  for (const [what, html] of Object.entries(OPEN)) {
    await viewer.show(html);
    await expect(viewer.frame.getByText('Question'), what).toBeVisible();
    await expect(control, what).toHaveCount(0);
  }
});

test('long quotes between own words fold one by one, short ones stay as what the words are about', async ({
  page,
}) => {
  const viewer = await lab.open(page);
  const folds = viewer.frame.getByRole('button', { name: 'Show quoted text' });
  const words = (text: string) => viewer.frame.getByText(text);
  const long = (name: string) =>
    `<blockquote type=cite>${name}. ${'Many words of the other. '.repeat(20)}</blockquote>`;

  // A long quote in the middle, below it own words, a short quote with an answer, and a quote at the end.
  await viewer.show(
    `<p>Hello</p>${long('Long')}<p>First answer</p><blockquote type=cite>Short?</blockquote><p>Second answer</p>${long('Last')}`,
  );
  await expect(folds).toHaveCount(2);
  for (const shown of ['Hello', 'First answer', 'Short?', 'Second answer'])
    await expect(words(shown)).toBeVisible();
  for (const hidden of ['Long.', 'Last.']) await expect(words(hidden)).toBeHidden();
  await folds.first().click();
  await expect(words('Long.')).toBeVisible();
  await expect(words('Last.')).toBeHidden();

  // Written below what it answers, and with the footer of a mailing list below the quote.
  await viewer.show(`<div class="moz-cite-prefix">On Monday Ann wrote:</div>${long('Above')}<p>Below</p>`);
  await expect(folds).toHaveCount(1);
  await expect(words('Above.')).toBeHidden();
  await expect(words('On Monday')).toBeHidden();
  await viewer.show(`<p>Answer</p>${long('Middle')}<p>You are on the list</p>`);
  await expect(folds).toHaveCount(1);
  await expect(words('You are on the list')).toBeVisible();

  // Answers inside the frame that a program puts around the quote are own words too.
  const frame = (inside: string) =>
    `<div dir=ltr>See below</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ann wrote:<br></div>${inside}</div>`;
  await viewer.show(frame(`${long('One')}<div>Answer inside</div>${long('Two')}<div><br></div>`));
  await expect(folds).toHaveCount(2);
  await expect(words('Answer inside')).toBeVisible();
  for (const hidden of ['One.', 'Two.']) await expect(words(hidden)).toBeHidden();
  await viewer.show(frame(long('Whole')));
  await expect(folds).toHaveCount(1);
  await expect(words('On Monday')).toBeHidden();

  // Nothing of one's own: the quotes are what there is to read.
  await viewer.show(`${long('One')}<p> </p>${long('Two')}`);
  await expect(folds).toHaveCount(0);
  await expect(words('One.')).toBeVisible();
});

test('a link is judged by what people read on it', async ({ page }) => {
  const viewer = await lab.open(page);
  const to = 'href="https://hit.example/"';
  const cases = [
    [`<a ${to}>paypal.com<span style="display:none">x</span></a>`, 'paypal.com'],
    [`<a ${to}>paypal.com<span style="font-size:0">x</span></a>`, 'paypal.com'],
    [
      `<a ${to}>paypal.com<span style="visibility:hidden">x</span><i style="opacity:0">y</i></a>`,
      'paypal.com',
    ],
    [`<style>a::before{content:"pay" "pal.com"}</style><a ${to}> now</a>`, 'paypal.com now'],
    [`<a ${to}><img alt="paypal.com" src="https://hit.example/x"></a>`, 'paypal.com'],
    [`<a ${to}><bdo dir=rtl>moc.lapyap</bdo></a>`, 'paypal.com moc.lapyap'],
    [`<a ${to}><b>pay</b><i>pal</i>.com</a>`, 'paypal.com'],
  ] as const;
  for (const [html, text] of cases) {
    await viewer.show(html);
    await viewer.frame.locator('a').evaluate((link: HTMLElement) => link.click());
    await expect.poll(() => lastOf(viewer, 'link'), html).toMatchObject({ text });
  }
});

test('text made for a picture that is not loaded can be seen', async ({ page }) => {
  const viewer = await lab.open(page);
  const hero =
    '<div style="background-image:url(https://hit.example/x)"><h1 style="color:#fff">Set sail</h1></div><p style="color:#999">Fine print</p>';
  const colour = (name: string) =>
    viewer.frame.locator(name).evaluate((element) => getComputedStyle(element).color);
  expect((await viewer.show(hero)).blockedImages).toBe(1);
  expect(await colour('h1')).not.toBe('rgb(255, 255, 255)');
  expect(await colour('p')).toBe('rgb(153, 153, 153)');
  // What the sender chose without a picture stands.
  await viewer.show('<h1 style="color:#fff">Hidden on purpose</h1>');
  expect(await colour('h1')).toBe('rgb(255, 255, 255)');
});

test('dark signs on nothing get a light plate on a dark surface, photographs do not', async ({ page }) => {
  const viewer = await lab.open(page);
  const sign = makePng(24, 24, (x) => (x % 4 < 2 ? [20, 20, 40, 255] : [0, 0, 0, 0]));
  const photo = makePng(24, 24, (x) => [20 + x, 20, 40, 255]);
  const light = makePng(24, 24, (x) => (x % 4 < 2 ? [240, 240, 250, 255] : [0, 0, 0, 0]));
  await viewer.show(`<img id=sign src="${sign}"><img id=photo src="${photo}"><img id=light src="${light}">`, {
    theme: DARK,
  });
  const plate = (id: string) =>
    viewer.frame.locator(id).evaluate((image: HTMLImageElement) => getComputedStyle(image).backgroundColor);
  await expect.poll(() => plate('#sign')).toBe('rgb(255, 255, 255)');
  expect(await plate('#photo')).toBe('rgba(0, 0, 0, 0)');
  expect(await plate('#light')).toBe('rgba(0, 0, 0, 0)');
});

test('links inside the message scroll to their place instead of navigating', async ({ page }) => {
  const viewer = await lab.open(page);
  await viewer.show(
    '<a href="#chapter">Go</a><div style="height:500px"></div><h2 id=chapter style="margin:0">Chapter</h2>',
  );
  await viewer.frame.getByRole('link', { name: 'Go' }).click();
  await expect.poll(() => lastOf(viewer, 'reveal')).toMatchObject({ top: expect.closeTo(524, -1) });
});

test('UI-093 viewer frame: a second offer of a port and one from elsewhere are ignored', async ({ page }) => {
  const viewer = await lab.open(page);
  await viewer.show('<p>First</p>');
  const answered = await page.evaluate(
    () =>
      new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(true);
        window.setTimeout(() => done(false), 300);
        const frame = document.querySelector('iframe');
        frame?.contentWindow?.postMessage({ kind: 'homeport-port' }, '*', [channel.port2]);
      }),
  );
  expect(answered).toBe(false);
});

test('10 MB of HTML shows its beginning', async ({ page }) => {
  const viewer = await lab.open(page);
  const row =
    '<tr><td style="padding:4px">Some <b>words</b> and <a href="https://example.org/">a link</a></td></tr>';
  const shown = await viewer.show(`<p>First words</p><table>${row.repeat(100_000)}</table>`);
  expect(shown.truncated).toBe(true);
  await expect(viewer.frame.getByText('First words')).toBeVisible();
});

async function lastOf(viewer: OpenViewer, kind: string): Promise<unknown> {
  return (await viewer.said()).filter((said) => said.kind === kind).at(-1);
}
