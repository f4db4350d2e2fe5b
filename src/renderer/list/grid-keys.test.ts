import { expect, test } from 'vitest';
import { gridKey } from './grid-keys';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const grid = { focusIndex: 10, total: 100, pageRows: 15, inControl: false, rtl: false };

test.each([
  ['ArrowDown', { kind: 'move', to: 11, extend: false }],
  ['ArrowUp', { kind: 'move', to: 9, extend: false }],
  ['PageDown', { kind: 'move', to: 25, extend: false }],
  ['PageUp', { kind: 'move', to: 0, extend: false }],
  ['Home', { kind: 'move', to: 0, extend: false }],
  ['End', { kind: 'move', to: 99, extend: false }],
  ['Enter', { kind: 'open' }],
  [' ', { kind: 'toggle' }],
  ['ArrowRight', { kind: 'enter-controls' }],
  ['ArrowLeft', null],
  ['Escape', { kind: 'back' }],
  ['e', null],
])('%s on a row is %o', (key, expected) => {
  expect(gridKey({ ...plain, key }, grid)).toEqual(expected);
});

test.each([
  ['ArrowRight', { kind: 'control', step: 1 }],
  ['ArrowLeft', { kind: 'control', step: -1 }],
  ['Escape', { kind: 'leave-controls' }],
  ['Enter', null],
  [' ', null],
])('%s on a control of a row is %o', (key, expected) => {
  expect(gridKey({ ...plain, key }, { ...grid, inControl: true })).toEqual(expected);
});

test('Shift extends, right to left swaps the arrows, commands with Ctrl pass', () => {
  expect(gridKey({ ...plain, key: 'ArrowDown', shiftKey: true }, grid)).toMatchObject({ extend: true });
  expect(gridKey({ ...plain, key: 'ArrowLeft' }, { ...grid, rtl: true })).toEqual({ kind: 'enter-controls' });
  expect(gridKey({ ...plain, key: 'ArrowDown', ctrlKey: true }, grid)).toBeNull();
});
