import { expect, test } from 'vitest';
import { readableKeys } from './shortcut-label';

test.each([
  ['e', 'E', 'E'],
  ['I', 'Shift+I', '⇧I'],
  ['g i', 'G I', 'G I'],
  ['* a', '* A', '* A'],
  ['Mod+k', 'Ctrl+K', '⌘K'],
  ['Mod+Shift+z', 'Ctrl+Shift+Z', '⌘⇧Z'],
  ['Mod+,', 'Ctrl+,', '⌘,'],
  ['Shift+F6', 'Shift+F6', '⇧F6'],
  ['?', '?', '?'],
  ['Delete', 'Del', '⌦'],
  ['Mod+Alt+f', 'Ctrl+Alt+F', '⌘⌥F'],
  ['Alt+q', 'Alt+Q', '⌥Q'],
  ['Shift+ArrowDown', 'Shift+↓', '⇧↓'],
  ['Backspace', 'Backspace', '⌫'],
])('%s is read as %s, on Apple as %s', (keys, other, apple) => {
  expect(readableKeys(keys, false)).toBe(other);
  expect(readableKeys(keys, true)).toBe(apple);
});
