import { expect, type Page, test } from '@playwright/test';
import { hostileMessages } from '../test/fixtures/hostile';
import { hostileHtml } from './support/hostile-html';
import { HitServer, type Layer, ViewerLab } from './support/viewer-lab';

// Recording a trace would read the frame's pictures through a connection its policy forbids.
test.use({ trace: 'off' });

/** The hostile messages of the whole project, and those written against this frame in particular. */
function corpusAgainst(hit: string): { name: string; html: string }[] {
  return [...hostileMessages(`${hit}/hit`), ...hostileHtml(hit)];
}

/** Everything a message could do to its surroundings. */
class Witness {
  readonly #page: Page;
  readonly #allowed: string;
  readonly foreignRequests: string[] = [];
  readonly #dialogs: string[] = [];
  readonly #pages: string[] = [];
  readonly #downloads: string[] = [];
  readonly navigations: string[] = [];

  constructor(page: Page, allowed: string) {
    this.#page = page;
    this.#allowed = allowed;
    page.on('request', (request) => {
      if (!request.url().startsWith(this.#allowed)) this.foreignRequests.push(request.url());
    });
    page.on('dialog', (dialog) => {
      this.#dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.context().on('page', (opened) => this.#pages.push(opened.url()));
    page.on('download', (download) => this.#downloads.push(download.url()));
  }

  watchNavigations(): void {
    this.#page.on('framenavigated', (frame) => this.navigations.push(frame.url()));
  }

  /** The window around the message is as it was. */
  async expectUntouched(): Promise<void> {
    expect(this.#dialogs).toEqual([]);
    expect(this.#pages).toEqual([]);
    expect(this.#downloads).toEqual([]);
    const state = await this.#page.evaluate(() => ({
      title: document.title,
      content: document.getElementById('content')?.textContent,
      pwned: 'pwned' in window,
      stored: localStorage.length + document.cookie.length,
    }));
    expect(state).toEqual({ title: 'Lab', content: 'Untouched', pwned: false, stored: 0 });
    expect(new URL(this.#page.url()).origin).toBe(this.#allowed);
  }
}

/** Clicks, middle-clicks, focuses and presses Enter on everything, as a curious person would. */
function poke(): void {
  for (const element of document.querySelectorAll<HTMLElement>('*')) {
    element.focus?.();
    for (const type of ['mousedown', 'mouseup', 'click'])
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    element.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }));
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    element.click?.();
  }
}

/** Shows the whole corpus in one frame, with the sanitiser on and the named layer off. */
async function showCorpus(page: Page, without: Layer): Promise<void> {
  const hit = await HitServer.start();
  const lab = await ViewerLab.start();
  const witness = new Witness(page, lab.origin);
  const viewer = await lab.open(page, { without });
  witness.watchNavigations();
  const corpus = corpusAgainst(hit.origin);
  expect(corpus.length).toBeGreaterThanOrEqual(200);
  for (const { name, html } of corpus) {
    await viewer.show(html);
    const actors = await viewer.frame.evaluate(
      () =>
        document.querySelectorAll(
          'script,iframe,object,embed,form,link,base,meta[http-equiv],svg,math,[href],[srcset]',
        ).length,
    );
    expect(actors, name).toBe(0);
    await viewer.frame.evaluate(poke);
  }
  await page.waitForTimeout(300);
  expect(hit.hits).toEqual([]);
  expect(witness.foreignRequests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
  expect(witness.navigations).toEqual([]);
  await witness.expectUntouched();
  hit.stop();
  lab.stop();
}

test('APP-081 APP-364 hostile messages run nothing, fetch nothing and go nowhere', async ({ page }) => {
  await showCorpus(page, 'none');
});

for (const without of ['frame-csp', 'sandbox', 'app-csp'] as const)
  test(`APP-365 hostile messages stay harmless without the layer ${without}`, async ({ page }) => {
    await showCorpus(page, without);
  });

/** Opens every message as a document of its own, past the sanitiser, in batches; `look` sees each batch. */
async function openRaw(
  page: Page,
  lab: ViewerLab,
  count: number,
  without: Layer,
  look: () => Promise<void>,
): Promise<void> {
  await page.goto(`${lab.origin}/?without=${without === 'none' ? 'none' : 'app-csp'}`);
  const BATCH = 40;
  for (let first = 0; first < count; first += BATCH) {
    const urls = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) =>
      lab.rawUrl(first + index, without),
    );
    await page.evaluate(
      ([sources, sandboxed]) => {
        for (const frame of document.querySelectorAll('iframe')) frame.remove();
        for (const source of sources) {
          const frame = document.createElement('iframe');
          if (sandboxed) frame.setAttribute('sandbox', 'allow-scripts');
          frame.src = source;
          document.body.append(frame);
        }
      },
      [urls, without === 'none'] as const,
    );
    await page.waitForTimeout(500);
    // A frame that was refused its address never answers.
    const poked = page
      .frames()
      .slice(1)
      .map((frame) => frame.evaluate(poke));
    await Promise.race([Promise.allSettled(poked), page.waitForTimeout(1000)]);
    await page.waitForTimeout(200);
    await look();
  }
}

test('APP-365 hostile messages stay harmless without the sanitiser', async ({ page }) => {
  const hit = await HitServer.start();
  const corpus = corpusAgainst(hit.origin);
  const lab = await ViewerLab.start(corpus.map(({ html }) => html));
  const witness = new Witness(page, lab.origin);
  await openRaw(page, lab, corpus.length, 'none', async () => {
    expect(hit.hits).toEqual([]);
    await witness.expectUntouched();
  });
  hit.stop();
  lab.stop();
});

test('the corpus is hostile: without any layer it reaches the server by many ways', async ({ page }) => {
  const hit = await HitServer.start();
  const fetching = hostileHtml(hit.origin).filter(
    ({ name }) => !/navigation|parent|dialog|popup|link|refresh|area|form/.test(name),
  );
  const lab = await ViewerLab.start(fetching.map(({ html }) => html));
  await openRaw(page, lab, 120, 'frame-csp', async () => {});
  expect(new Set(hit.hits).size).toBeGreaterThan(25);
  hit.stop();
  lab.stop();
});
