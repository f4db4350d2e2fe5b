import { expect, test } from 'vitest';
import { readHtml } from './html-tree';
import { cleanHtml } from './outgoing-html';
import { outgoingText } from './outgoing-text';
import { quoteOriginal } from './quote-original';

test('depth and size have no stack to overflow', () => {
  const deep = `${'<div>'.repeat(50_000)}x${'</div>'.repeat(50_000)}`;
  expect(cleanHtml(deep, { kind: 'own' }).html).toContain('x');
  expect(outgoingText(deep)).toBe('x');
  expect(readHtml('')).toEqual([]);
  const links = outgoingText('<a href="https://x.example/a">w</a> '.repeat(30_000));
  expect(links.startsWith('w <https://x.example/a> w <')).toBe(true);
  const huge = { attribution: ['x'], originalText: null, selection: null, contentIds: [] };
  const quote = quoteOriginal({
    kind: 'reply',
    ...huge,
    originalHtml: `<p>${'word '.repeat(250_000)}</p>`,
  });
  expect(quote.html).not.toContain('<p>');
  expect(quote.text).toContain('> word word');
});
