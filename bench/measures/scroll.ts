import { chromium } from '@playwright/test';
import { type Scrolled, scrollThrough, showPlainList } from '../../e2e/support/frames';
import { chromiumBinary } from '../../scripts/lib/browser.mjs';
import { addImapAccount, serve } from '../../test/integration/homeport-process';
import type { Bench } from '../bench';
import { against, atMost, type Row } from '../row';
import { percentile } from '../statistics';
import { LARGE_MESSAGES } from '../workshop/workshop';

const SCROLL = { pixels: 400, forMs: 5_000 };
/** A page that takes this much of each frame and does nothing with it: what a machine must give an app. */
const HALF_A_FRAME_MS = 8;
const FRAME_MS = 16.7;
/** Rows the list must have before it is a measurement. */
const LEAST_ROWS = 30_000;
const LIST = '[role="grid"] > [role="rowgroup"]:last-child';

/**
 * Frames while somebody scrolls a large list in the browser (APP-050), alone and while another account is being synced
 * for the first time, beside a page of plain rows that is scrolled the same way in the same browser.
 */
export const scroll: Bench = {
  name: 'scroll',
  boundMs: 300_000,
  run: async (workshop) => {
    const executablePath = chromiumBinary();
    if (executablePath === undefined) throw new Error('there is no Chromium here');
    const { dir } = workshop.copyOfLarge();
    const server = await workshop.server();
    const { user } = await workshop.mailbox();
    const host = await serve(dir);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(host.ready.ui);
      await page.waitForFunction(
        (least) => Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')) > least,
        LEAST_ROWS,
      );
      const plain = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const anchor = await showPlainList(plain, 5_000);
      const measured = async () => {
        await plain.bringToFront();
        await plain.locator(anchor).evaluate((list) => list.scrollTo(0, 0));
        const least = await scrollThrough(plain, anchor, { ...SCROLL, busyMs: HALF_A_FRAME_MS });
        await page.bringToFront();
        return { ours: await scrollThrough(page, LIST, SCROLL), least };
      };
      const quiet = await measured();
      await addImapAccount(dir, user, server.imapPort);
      const busy = await measured();
      const what = `scrolling ${LARGE_MESSAGES.toLocaleString('en')} messages`;
      return [...rows(what, quiet), ...rows(`${what} during a sync`, busy)];
    } finally {
      await browser.close();
      await host.stop();
    }
  },
};

function rows(what: string, { ours, least }: { ours: Scrolled; least: Scrolled }): Row[] {
  const p99 = ({ frames }: Scrolled) => percentile(frames, 0.99);
  return [
    against(
      { name: `frame p99, ${what}`, value: p99(ours), unit: 'ms' },
      { anchor: 'plain page', anchorValue: p99(least) },
      '<=',
      1.2,
    ),
    atMost({ name: `main thread per frame, ${what}`, value: ours.workPerFrame, unit: 'ms' }, FRAME_MS),
    atMost({ name: `longest task, ${what}`, value: ours.longestTask, unit: 'ms' }, FRAME_MS),
  ];
}
