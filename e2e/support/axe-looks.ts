import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe rules of WCAG 2.0 to 2.2, A and AA (APP-300). */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What takes longer, or never ends, is no fading. */
const LONGEST_FADE_MS = 1_000;

const LOOKS = [
  { name: 'light', theme: 'light', contrast: 'no-preference' },
  { name: 'dark', theme: 'dark', contrast: 'no-preference' },
  { name: 'high contrast', theme: 'dark', contrast: 'more' },
] as const;

/** Violations of the page as lines a person can act on; message frames are the senders' own. */
async function violations(page: Page): Promise<string[]> {
  // What fades in is half transparent, which would be measured as too little contrast.
  await page.evaluate(async (longest) => {
    const fading = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
      .map(({ finished }) => finished);
    await Promise.race([Promise.allSettled(fading), new Promise((resolve) => setTimeout(resolve, longest))]);
  }, LONGEST_FADE_MS);
  const builder = new AxeBuilder({ page }).withTags(TAGS).exclude('iframe').setLegacyMode(true);
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/** What is on screen has nothing that axe finds, in light, in dark and in high contrast (APP-300). `what` is named in a failure. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const { name, theme, contrast } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme, contrast });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
    expect.soft(await violations(page), `${what}, ${name}`).toEqual([]);
  }
}
