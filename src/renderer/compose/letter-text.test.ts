import { expect, test } from 'vitest';
import { letterText } from './letter-text';

test.each([
  ['<p>One</p><p>Two &amp; <strong>three</strong></p>', 'One\nTwo & three'],
  ['<ul><li><p>a</p></li><li><p>b</p></li></ul>', '- a\n- b'],
  ['<p>x<br>y</p>', 'x\ny'],
  ['<p>Hi</p><div data-signature=""><p>Anna</p></div>', 'Hi\n-- \nAnna'],
  ['<p>1 &lt; 2</p><p></p>', '1 < 2'],
])('%s as text', (html, text) => {
  expect(letterText(html)).toBe(text);
});
