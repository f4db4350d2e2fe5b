import { expect, type Locator, type Page } from '@playwright/test';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where something stands once it is on screen, in CSS px. */
export async function boxOf(element: Locator): Promise<Box> {
  await expect(element).toBeVisible();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${element} is nowhere`);
  return box;
}

export const rightOf = ({ x, width }: Box): number => x + width;
export const bottomOf = ({ y, height }: Box): number => y + height;
export const middleOf = ({ y, height }: Box): number => y + height / 2;

/** Computed values of an element, in the order asked for. */
export function stylesOf(element: Locator, ...properties: readonly string[]): Promise<string[]> {
  return element.evaluate((found, names) => {
    const style = getComputedStyle(found);
    return names.map((name) => style.getPropertyValue(name));
  }, properties);
}

/** What a colour role is in the theme of now, as computed values write it. */
export function roleColour(page: Page, role: string): Promise<string> {
  return page.evaluate((name) => {
    const probe = document.createElement('i');
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, role);
}

/** Waits until nothing moves any more. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}
