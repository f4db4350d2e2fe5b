import { expect, test } from 'vitest';
import { type PaletteItem, searchPalette } from './palette-items';

const item = (label: string, section: PaletteItem['section'] = 'commands', hint?: string): PaletteItem => ({
  id: label,
  label,
  section,
  hint,
  run: () => {},
});
const items = [
  item('Archive'),
  item('Archive and open the next'),
  item('Mark as read'),
  item('Mark as unread'),
  item('Go to inbox'),
  item('Inbox', 'folders', 'Work'),
  item('Inbox', 'folders', 'Home'),
  item('Größe', 'folders', 'Work'),
  item('領収書', 'folders', 'Work'),
];
const found = (text: string, recent: string[] = []) =>
  searchPalette(items, text, recent).map(({ label, hint }) => (hint ? `${label} ${hint}` : label));

test('a few letters find the command', () => {
  expect(found('arch')[0]).toBe('Archive');
  expect(found('inbox home')[0]).toBe('Inbox Home');
  expect(found('unread')).toEqual(['Mark as unread']);
  expect(found('read mark')).toContain('Mark as read');
  expect(found('zzz')).toEqual([]);
});

test('the key that runs a command in the list finds it first, in the case in which it is typed', () => {
  const keyed = [
    { ...item('Mark as read'), keys: ['I'] },
    { ...item('Show pictures'), keys: ['i'] },
    { ...item('Inbox'), keys: [] },
    { ...item('Delete'), keys: ['#', 'Delete'] },
  ];
  const first = (text: string) => searchPalette(keyed, text, [])[0]?.label;
  expect(['I', 'i', '#', 'in'].map(first)).toEqual(['Mark as read', 'Show pictures', 'Delete', 'Inbox']);
  expect(searchPalette(keyed, 'i', []).map(({ label }) => label)).toContain('Inbox');
});

test('accents and other scripts are no obstacle', () => {
  expect(found('große')).toEqual(['Größe Work']);
  expect(found('領収')).toEqual(['領収書 Work']);
});

test('without text the recent ones come first and only once', () => {
  const shown = searchPalette(items.slice(0, 3), ' ', ['Mark as read']);
  expect(shown.map(({ label, section }) => [label, section])).toEqual([
    ['Mark as read', 'recent'],
    ['Archive', 'commands'],
    ['Archive and open the next', 'commands'],
  ]);
});
