import { chromium } from '@playwright/test';
import { chromiumBinary } from '../../scripts/lib/browser.mjs';
import { addImapAccount, serve } from '../../test/integration/homeport-process';
import type { Bench } from '../bench';
import { atMost } from '../row';
import { percentile } from '../statistics';
import { LARGE_MESSAGES } from '../workshop/workshop';

const SCROLL_MS = 5_000;
const PIXELS_PER_FRAME = 400;
/** Two frames: what people see as a stutter (APP-331). */
const STUTTER_MS = 32;
/** Rows the list must have before it is a measurement. */
const LEAST_ROWS = 30_000;

/** Frames while somebody scrolls a large list in the browser and another account is being synced for the first time. */
export const scroll: Bench = {
  name: 'scroll',
  boundMs: 90_000,
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
      const scrolled = (): Promise<number[]> =>
        page.evaluate(
          async ({ forMs, pixels }) => {
            const scroller = document
              .querySelector('[role="grid"] [role="rowgroup"]')
              ?.closest('[tabindex="-1"]');
            if (!scroller) throw new Error('the list has no scroller');
            const frames: number[] = [];
            let last = performance.now();
            const until = last + forMs;
            while (last < until) {
              scroller.scrollTop += pixels;
              const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
              frames.push(now - last);
              last = now;
            }
            return frames.slice(1);
          },
          { forMs: SCROLL_MS, pixels: PIXELS_PER_FRAME },
        );
      const quiet = await scrolled();
      await addImapAccount(dir, user, server.imapPort);
      const busy = await scrolled();
      const late = (frames: readonly number[]) => frames.filter((ms) => ms > STUTTER_MS).length;
      const rows = `${LARGE_MESSAGES.toLocaleString('en')} messages`;
      const unit = 'frames';
      return [
        atMost({ name: `late frames, scrolling ${rows}`, value: late(quiet), unit }, 0),
        atMost({ name: `late frames, scrolling ${rows} during a sync`, value: late(busy), unit }, 0),
        atMost({ name: 'frame during a sync, p95', value: percentile(busy, 0.95), unit: 'ms' }, STUTTER_MS),
      ];
    } finally {
      await browser.close();
      await host.stop();
    }
  },
};
