import type { Page } from '@playwright/test';

/** When a wait was first told, in milliseconds after the key or the pointer that began it; null = not yet. */
export interface Phases {
  readonly barAfter: number | null;
  readonly wordsAfter: number | null;
}

/**
 * Looks from now on at how a wait is told that the next key or press begins: by a bar of this name, and in words that
 * begin with it. No earlier than the page itself can draw it: what is seen late is late, nothing is seen too early.
 */
export async function watchPhases(page: Page, name: string): Promise<() => Promise<Phases>> {
  const seen = await page.evaluateHandle((label) => {
    const times = { barAfter: null as number | null, wordsAfter: null as number | null };
    let beganAt: number | null = null;
    for (const type of ['pointerdown', 'keydown'])
      addEventListener(type, () => (beganAt ??= performance.now()), { capture: true, once: true });
    const look = () => {
      if (beganAt === null) return;
      const after = performance.now() - beganAt;
      const has = (role: string, holds: (element: Element) => boolean) =>
        [...document.querySelectorAll(`[role=${role}]`)].some(holds);
      if (has('progressbar', (bar) => bar.getAttribute('aria-label')?.startsWith(label) ?? false))
        times.barAfter ??= after;
      if (has('status', (words) => words.textContent?.startsWith(label) ?? false)) times.wordsAfter ??= after;
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    return times;
  }, name);
  return () => seen.evaluate(({ barAfter, wordsAfter }) => ({ barAfter, wordsAfter }));
}
