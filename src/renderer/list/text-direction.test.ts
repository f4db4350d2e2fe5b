import { expect, test } from 'vitest';
import { textDirection } from './text-direction';

test.each([
  ['Plain words', 'ltr'],
  ['مرحبا بالعالم', 'rtl'],
  ['Re: مرحبا', 'ltr'],
  ['123 – שלום', 'rtl'],
  ['会議の件について', 'ltr'],
  ['🎉 2026', 'ltr'],
  ['', 'ltr'],
])('%s runs %s', (text, direction) => {
  expect(textDirection(text)).toBe(direction);
});
