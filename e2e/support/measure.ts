import type { Locator } from '@playwright/test';

/** What the browser made of one property. */
export function style(element: Locator, property: string): Promise<string> {
  return element.evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
}

/** Weight, size and line height as ui.md writes them: "600 20/28". */
export function type(element: Locator): Promise<string> {
  return element.evaluate((node) => {
    const { fontWeight, fontSize, lineHeight } = getComputedStyle(node);
    return `${fontWeight} ${Number.parseFloat(fontSize)}/${Number.parseFloat(lineHeight)}`;
  });
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

/** What a role of the tokens is as a colour where the element stands. */
export function colourOf(element: Locator, role: string): Promise<string> {
  return element.evaluate((node, name) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    node.parentElement?.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, role);
}

/** Characters in the longest line that the browser made of a text. */
export function longestLine(element: Locator): Promise<number> {
  return element.evaluate((node) => {
    const lines = new Map<number, string>();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = walker.nextNode(); text !== null; text = walker.nextNode())
      for (let at = 0; at < (text.nodeValue?.length ?? 0); at += 1) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const { width, top } = range.getBoundingClientRect();
        if (width > 0) lines.set(Math.round(top), (lines.get(Math.round(top)) ?? '') + range.toString());
      }
    return Math.max(0, ...[...lines.values()].map((line) => line.trimEnd().length));
  });
}
