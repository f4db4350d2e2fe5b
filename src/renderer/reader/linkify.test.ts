import { expect, test } from 'vitest';
import { linkify } from './linkify';

test('addresses in plain text become links, the rest stays in few pieces', () => {
  expect(linkify('Line one\nLine two\nsee www.example.org/a?b=1, or mail a@b.example.com.\n')).toEqual([
    { text: 'Line one\nLine two\nsee ', href: null },
    { text: 'www.example.org/a?b=1', href: 'https://www.example.org/a?b=1' },
    { text: ', or mail ', href: null },
    { text: 'a@b.example.com', href: 'mailto:a@b.example.com' },
    { text: '.\n', href: null },
  ]);
});

test('a very long line is left alone', () => {
  const line = `https://example.org/${'a'.repeat(6000)}`;
  expect(linkify(line)).toEqual([{ text: line, href: null }]);
});
