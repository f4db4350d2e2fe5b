import { expect, test } from 'vitest';
import { describeKey, type KeyPress } from './key-press';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  altGraph: false,
  ...more,
});

test.each([
  ['a plain letter', press('e'), false, 'e'],
  ['a letter with Shift', press('I', { shiftKey: true }), false, 'I'],
  ['a sign, however the layout makes it', press('#', { shiftKey: true }), false, '#'],
  ['a sign by AltGr', press('#', { ctrlKey: true, altKey: true, altGraph: true }), false, '#'],
  ['a bracket by Option', press('[', { altKey: true }), true, '['],
  ['Ctrl and a letter', press('k', { ctrlKey: true }), false, 'Mod+k'],
  ['Ctrl, Shift and a letter', press('Z', { ctrlKey: true, shiftKey: true }), false, 'Mod+Shift+z'],
  ['Cmd on Apple', press('k', { metaKey: true }), true, 'Mod+k'],
  ['Ctrl on Apple is not Cmd', press('k', { ctrlKey: true }), true, null],
  ['the Windows key is the system’s', press('k', { metaKey: true }), false, null],
  ['Alt is the menu’s', press('k', { altKey: true }), false, null],
  ['a named key', press('F6', { shiftKey: true }), false, 'Shift+F6'],
  ['space', press(' '), false, 'Space'],
  ['a dead key', press('Dead'), false, null],
  ['a modifier alone', press('Shift', { shiftKey: true }), false, null],
  ['a Cyrillic letter by its place', press('у', { code: 'KeyE' }), false, 'e'],
  ['a Cyrillic capital by its place', press('Ш', { code: 'KeyI', shiftKey: true }), false, 'I'],
  ['Ctrl and a Greek letter', press('κ', { code: 'KeyK', ctrlKey: true }), false, 'Mod+k'],
  ['a Latin letter at another place (AZERTY)', press('a', { code: 'KeyQ' }), false, 'a'],
  ['an accented Latin letter stays itself', press('é', { code: 'Digit2' }), false, 'é'],
])('UI-063 %s', (_name, given, apple, expected) => {
  expect(describeKey(given, apple)).toBe(expected);
});
