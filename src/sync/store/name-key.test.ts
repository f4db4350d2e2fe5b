import { expect, test } from 'vitest';
import { nameKey, withoutVia } from './name-key';

test.each([
  ['Anna Maier', 'ANNA  MAIER'],
  ['Anna Maier', 'Maier, Anna'],
  ['Anna Maier', '"Anna" Maier (Example Ltd)'],
  ['Anna Maier', 'Аnnа Маіеr'],
  ['Anna Maier', 'An\u200bna\u00ad Ma\u202eier'],
  ['Anna Maier', 'Ａｎｎａ　Ｍａｉｅｒ'],
  ['Anna Maier', '𝐀𝐧𝐧𝐚 Maier'],
  ['Anna Müller', 'Anna Mu\u0308ller'],
  ['Anna Müller', 'Anna Muller'],
  ['Alice Cornell', 'AIice Comell'],
  ['PayPal', 'PayPa1'],
  ['PayPal', 'РауРаl'],
  ['Zoë Smith', 'Zоe Sm1th'],
  ['Kostas', 'Κоѕtаѕ'],
  ['Анна Петрова', 'АННА ПЕТРОВА'],
  ['李明', '李明'],
])('%j and %j look alike', (one, other) => {
  expect(nameKey(one)).not.toBe('');
  expect(nameKey(other)).toBe(nameKey(one));
});

test.each([
  ['Anna Maier', 'Anna Meier'],
  ['Anna Maier', 'Anna'],
  ['Anna Maier', 'Anna Maier via Some list'],
])('%j and %j do not', (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

test.each([
  '',
  ' ',
  'Al',
  '?!',
  'Support',
  'SUPP0RT',
  'no-reply',
  'Newsletter',
  'a@b.example',
  'ａ＠b.example',
  '(x)',
])('%j tells nobody apart', (name) => {
  expect(nameKey(name)).toBe('');
});

test('what a list or service adds to a name can be taken off', () => {
  expect(withoutVia('Anna Maier via Some list')).toBe('Anna Maier');
  expect(withoutVia('Anna Maier (via Documents)')).toBe('Anna Maier');
  expect(withoutVia('Olivia Maier')).toBe('Olivia Maier');
  expect(withoutVia('Via Roma Hotel')).toBe('Via Roma Hotel');
});

test('a name of any length costs little', () => {
  expect(nameKey('ﷺ'.repeat(1_000_000)).length).toBeLessThan(10_000);
});
