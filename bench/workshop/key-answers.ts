import type { Page } from '@playwright/test';

/** What is looked at to tell that a key was answered. */
export type Answer =
  /** Another row has the focus. */
  | 'focus'
  /** The focused row has another name: a star, a mark. */
  | 'name'
  /** The row with the focus is gone. */
  | 'gone'
  /** The reading pane shows something else. */
  | 'reader'
  /** The list is another one, and has rows. */
  | 'list'
  /** Nothing: the next frame, the least this machine needs to show anything. */
  | 'frame';

/** Longer than any answer that is still one. */
const PATIENCE_MS = 10_000;

/**
 * Presses keys one after the other; answers the ms from the last one, by the browser's own clock, to the end of the
 * frame that shows its result. Rejects when nothing of the kind is shown.
 */
export async function pressAndSee(page: Page, keys: readonly string[], answer: Answer): Promise<number> {
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
  await page.evaluate(
    ({ kind, patience }) => {
      const row = () =>
        document.activeElement?.closest('[role="row"]') ??
        document.querySelector('[role="row"][tabindex="0"]');
      const name = () => row()?.getAttribute('aria-label') ?? '';
      const list = () => {
        const grid = document.querySelector('[role="grid"]');
        const filled = grid?.querySelector('[role="row"][data-index="0"]') && grid.ariaBusy !== 'true';
        return filled ? (grid?.getAttribute('aria-label') ?? '') : '';
      };
      const reader = () => document.querySelector('[aria-label="Reading pane"]')?.textContent ?? '';
      const before = { at: row()?.getAttribute('data-index'), name: name(), list: list(), reader: reader() };
      const gone = () =>
        ![...document.querySelectorAll('[role="row"]')].some((one) => one.ariaLabel === before.name);
      const seen = {
        focus: () => row()?.getAttribute('data-index') !== before.at,
        name: () => name() !== before.name,
        gone,
        reader: () => reader() !== before.reader && reader() !== '',
        list: () => list() !== before.list && list() !== '',
        frame: () => true,
      }[kind];
      const told = new Promise<number>((resolve, reject) => {
        document.addEventListener(
          'keydown',
          (event) => {
            const late = performance.now() + patience;
            const look = () => {
              if (performance.now() > late) return reject(new Error(`no answer of the kind "${kind}"`));
              if (!seen()) return requestAnimationFrame(look);
              // A message of the page to itself comes when the frame is through.
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now() - event.timeStamp);
              port2.postMessage(null);
              return undefined;
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      });
      Object.assign(window, { keyAnswer: told });
      told.catch(() => undefined);
    },
    { kind: answer, patience: PATIENCE_MS },
  );
  await page.keyboard.press(keys.at(-1) ?? '');
  return page.evaluate(() => (window as unknown as { keyAnswer: Promise<number> }).keyAnswer);
}
