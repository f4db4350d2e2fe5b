import type { Locator } from '@playwright/test';

/** What the browser made of an element's style: the longhands that are asked for, in their order. */
function styles(element: Locator, ...properties: readonly string[]): Promise<string[]> {
  return element.evaluate((node, names) => {
    const computed = getComputedStyle(node);
    return names.map((name) => computed.getPropertyValue(name));
  }, properties);
}

/** Weight, size and line height as ui.md writes them: "600 20/28". */
export async function type(element: Locator): Promise<string> {
  const [weight, size, line] = await styles(element, 'font-weight', 'font-size', 'line-height');
  return `${weight} ${Number.parseFloat(size ?? '')}/${Number.parseFloat(line ?? '')}`;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** Where it stands in its own document; borders belong to it. */
export function box(element: Locator): Promise<Box> {
  return element.evaluate((node) => {
    const { left, right, top, bottom, width, height } = node.getBoundingClientRect();
    return { left, right, top, bottom, width, height };
  });
}
