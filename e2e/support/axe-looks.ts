import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe rules of WCAG 2.0 to 2.2, A and AA (APP-300). */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Best practice beside those: everything stands in a landmark, and no two of them are called the same. */
const LANDMARKS = ['region', 'landmark-unique'];

/** What was said to screen readers, which stands there until it has been read; what it names may be gone by then. */
const ANNOUNCED = '[data-live-announcer]';

/** What takes longer, or never ends, is no fading. */
const LONGEST_FADE_MS = 1_000;

const LOOKS = [
  { name: 'light', theme: 'light', contrast: 'no-preference' },
  { name: 'dark', theme: 'dark', contrast: 'no-preference' },
  { name: 'high contrast', theme: 'dark', contrast: 'more' },
] as const;

/** Violations of the page as lines a person can act on; message frames are the senders' own. */
async function violations(page: Page, landmarks: boolean): Promise<string[]> {
  // What fades in is half transparent, which would be measured as too little contrast.
  await page.evaluate(async (longest) => {
    const fading = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
      .map(({ finished }) => finished);
    await Promise.race([Promise.allSettled(fading), new Promise((resolve) => setTimeout(resolve, longest))]);
  }, LONGEST_FADE_MS);
  const builder = () => new AxeBuilder({ page }).exclude('iframe').exclude(ANNOUNCED).setLegacyMode(true);
  const { violations: found } = await builder().withTags(TAGS).analyze();
  // A window splitter stands between the two panes that it divides.
  const panes = () => builder().exclude('[role="separator"][aria-controls]');
  if (landmarks) found.push(...(await panes().withRules(LANDMARKS).analyze()).violations);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/** What is on screen has nothing that axe finds, in light, in dark and in high contrast (APP-300). `what` is named in a failure; with `landmarks` they are looked at too. */
export async function expectAccessible(
  page: Page,
  what: string,
  { landmarks = false }: { readonly landmarks?: boolean } = {},
): Promise<void> {
  for (const { name, theme, contrast } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme, contrast });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
    expect.soft(await violations(page, landmarks), `${what}, ${name}`).toEqual([]);
  }
}
