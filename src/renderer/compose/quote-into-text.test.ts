import { expect, test } from 'vitest';
import { quotedHtml, quotedText, textToHtml } from './quote-into-text';

test('each line of a quote is marked, and marks already there grow', () => {
  expect(quotedText('Bob wrote:', 'One\n> older\n\nTwo')).toBe('Bob wrote:\n> One\n>> older\n>\n> Two\n');
});

test('what others wrote stands in the HTML as text', () => {
  expect(quotedHtml('<b>Bob</b>', 'a < b')).toContain('<blockquote><p>a &lt; b</p></blockquote>');
  expect(quotedHtml('<b>Bob</b>', '')).toContain('<p>&lt;b&gt;Bob&lt;/b&gt;</p>');
  expect(textToHtml('1 & 2\n<3>')).toBe('<p>1 &amp; 2</p><p>&lt;3&gt;</p>');
});
