import type { Page } from '@playwright/test';

/** What the window saw between a key and what it did. */
export interface KeyAnswer {
  readonly key: string;
  /**
   * From the key, by the browser's clock, to the next frame on screen (Event Timing); ms in steps of 8. The browser
   * tells only of 16 ms and more: what is quicker counts as 16.
   */
  readonly paintedMs: number;
  /** Frames after the key in which the row it was pressed on was still there. */
  readonly framesWithRow: number;
}

/** A key no command has: what the browser and this machine need to show anything at all. */
export const IDLE_KEY = 'q';
const QUICKEST_MS = 16;

/** Makes the window watch these keys from now on. The idle key makes it show something of the meter's own. */
export async function watchKeys(page: Page, keys: readonly string[]): Promise<void> {
  await page.evaluate(
    ({ watched, idle, quickest }) => {
      const answers: { key: string; at: number; framesWithRow: number; paintedMs: number }[] = [];
      Object.assign(window, { keyAnswers: answers });
      const own = document.createElement('p');
      own.style.cssText = 'position:fixed;inset:0 0 auto auto;margin:0;pointer-events:none';
      own.ariaHidden = 'true';
      document.body.append(own);
      // A choice in a list is made when Enter is let go, everything else when the key goes down.
      const kindOf = (key: string) => (key === 'Enter' ? 'keyup' : 'keydown');
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const answer = answers.find(({ at }) => at === entry.startTime);
          if (answer && entry.name === kindOf(answer.key)) answer.paintedMs = entry.duration;
        }
      }).observe({ type: 'event', durationThreshold: quickest } as PerformanceObserverInit);
      const rowNamed = (name: string | null) =>
        [...document.querySelectorAll('[role="row"]')].some((row) => row.getAttribute('aria-label') === name);
      // In a dialog the row is the one that takes the focus back afterwards.
      const rowOf = () =>
        (
          document.activeElement?.closest('[role="row"]') ??
          document.querySelector('[role="row"][tabindex="0"]')
        )?.getAttribute('aria-label') ?? null;
      const meet = (event: KeyboardEvent) => {
        // Lists of choices pass a copy of the key on to the choice.
        const known = watched.includes(event.key) || event.key === idle;
        if (!event.isTrusted || !known || event.type !== kindOf(event.key)) return;
        const answer = { key: event.key, at: event.timeStamp, framesWithRow: 0, paintedMs: quickest };
        answers.push(answer);
        if (event.key === idle) {
          own.textContent = String(answers.length);
          return;
        }
        const name = rowOf();
        const look = () => {
          if (!rowNamed(name)) return;
          answer.framesWithRow += 1;
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      document.addEventListener('keydown', meet, { capture: true });
      document.addEventListener('keyup', meet, { capture: true });
    },
    { watched: keys, idle: IDLE_KEY, quickest: QUICKEST_MS },
  );
}

/** What came of the keys so far, once the window has shown two more frames and told of them. */
export async function keyAnswers(page: Page): Promise<KeyAnswer[]> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return (window as unknown as { keyAnswers: KeyAnswer[] }).keyAnswers;
  });
}
