import { expect, test } from 'vitest';
import { FOLDER_NAME_MAX, type FolderNameFlaw, folderNameFlaw, tidyFolderName } from './folder-name';

test.each<[string, string | null, FolderNameFlaw | null]>([
  ['Work', '/', null],
  ['Größe & Maß', '/', null],
  ['日本語 🎉', '.', null],
  ['a/b', '.', null],
  ['a/b', null, null],
  ['', '/', 'empty'],
  ['a/b', '/', 'delimiter'],
  ['a.b', '.', 'delimiter'],
  ['a\u0000b', '/', 'control'],
  ['a\nb', '/', 'control'],
  ['a\u2028b', '/', 'control'],
  ['a\ud800', '/', 'control'],
  ['50%', '/', 'wildcard'],
  ['*', '/', 'wildcard'],
  ['..', '/', 'dots'],
  ['x'.repeat(FOLDER_NAME_MAX), '/', null],
  ['x'.repeat(FOLDER_NAME_MAX + 1), '/', 'too-long'],
])('the name %j where levels end with %j: %j', (name, delimiter, flaw) => {
  expect(folderNameFlaw(name, delimiter)).toBe(flaw);
});

test('a name is used without the spaces around it and composed', () => {
  expect(tidyFolderName('  Ole\u0301 ')).toBe('Olé');
  expect(folderNameFlaw(tidyFolderName(' \t '), '/')).toBe('empty');
});
