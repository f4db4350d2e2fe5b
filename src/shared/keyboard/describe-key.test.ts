import { expect, test } from 'vitest';
import { describeKey, type KeyPress } from './describe-key';

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
  ['Ctrl on Apple is not Cmd', press('k', { ctrlKey: true }), true, 'Ctrl+k'],
  ['the Windows key is the system’s', press('k', { metaKey: true }), false, null],
  ['Alt and a letter is nothing but that', press('q', { altKey: true }), false, 'Alt+q'],
  ['Option alone types', press('œ', { code: 'KeyQ', altKey: true }), true, 'œ'],
  [
    'Cmd and Option, whatever they would type',
    press('ƒ', { code: 'KeyF', altKey: true, metaKey: true }),
    true,
    'Mod+Alt+f',
  ],
  ['Cmd and Control', press('a', { metaKey: true, ctrlKey: true }), true, 'Mod+Ctrl+a'],
  ['Ctrl and Alt that are not AltGr', press('f', { ctrlKey: true, altKey: true }), false, 'Mod+Alt+f'],
  [
    'a letter by AltGr is that letter',
    press('ł', { code: 'KeyL', ctrlKey: true, altKey: true, altGraph: true }),
    false,
    'ł',
  ],
  ['AltGr where it comes alone', press('@', { code: 'KeyQ', altGraph: true }), false, '@'],
  [
    'a digit that needs Shift (AZERTY)',
    press('1', { code: 'Digit1', shiftKey: true, ctrlKey: true }),
    false,
    'Mod+1',
  ],
  ['a sign of another script stays itself', press('/', { code: 'KeyQ' }), false, '/'],
  ['what a dead key and a letter made', press('ê', { code: 'KeyE' }), false, 'ê'],
  ['what an input method works on', press('Process', { code: 'KeyE' }), false, null],
  [
    'Ctrl, Shift and a Cyrillic letter',
    press('М', { code: 'KeyV', ctrlKey: true, shiftKey: true }),
    false,
    'Mod+Shift+v',
  ],
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
