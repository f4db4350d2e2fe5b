import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ownLanguage } from './own-language.mjs';

const root = resolve(import.meta.dirname, '../..');
const { transform } = ownLanguage();
const read = (code: string, id: string) =>
  (transform as (code: string, id: string) => { code: string } | null)(code, id);

test('of all tables of words that react-aria brings English stays alone', () => {
  const tables = globSync(
    'node_modules/{react-aria,react-stately,react-aria-components}/dist/private/**/intlStrings.mjs',
    {
      cwd: root,
    },
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables) {
    const id = resolve(root, table);
    const entries = [...(read(readFileSync(id, 'utf8'), id)?.code ?? '').matchAll(/^\s*"(\w\w-\w\w)":/gm)];
    expect(
      entries.map(([, language]) => language),
      table,
    ).toEqual(['en-US']);
  }
});

test('a table that is written in another way fails the build, and no other file is touched', () => {
  const id = resolve(root, 'node_modules/react-aria/dist/private/grid/intlStrings.mjs');
  expect(() => read('export default words', id)).toThrow('not written as it was');
  expect(read('"de-DE": words,', resolve(root, 'src/renderer/strings/status.ts'))).toBeNull();
});
