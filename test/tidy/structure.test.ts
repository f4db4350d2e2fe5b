import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { FAILURE_KINDS } from '../../src/shared/failure';
import { projectFiles, readProjectFile } from './project-files';

const MAX_LINES = 500;
const SOURCE_FOLDERS = ['src', 'test', 'e2e', 'bench', 'scripts'];

test('every source folder has a README', () => {
  const folders = new Set(projectFiles('src', /\.tsx?$/).map((file) => dirname(file)));
  expect([...folders].filter((folder) => !existsSync(`${folder}/README.md`))).toEqual([]);
});

test(`a file of more than ${MAX_LINES} lines gives its reason in the first line`, () => {
  const long = SOURCE_FOLDERS.flatMap((folder) => projectFiles(folder, /\.(tsx?|mjs|css)$/)).filter(
    (file) => {
      const lines = readProjectFile(file).split('\n');
      return lines.length - 1 > MAX_LINES && !/^(\/\/|\/\*) long: \S/.test(lines[0] ?? '');
    },
  );
  expect(long).toEqual([]);
});

test('every migration has a test that names it', () => {
  const tests = projectFiles('src/sync/store', /\.test\.ts$/).map(readProjectFile);
  const migrations = projectFiles('src/sync/store/migrations', /\.sql$/);
  expect(migrations.filter((file) => !/\/\d{4}-[a-z0-9-]+\.sql$/.test(file))).toEqual([]);
  const stem = (file: string) => file.replace(/^.*\/|\.sql$/g, '');
  expect(migrations.filter((file) => !tests.some((text) => text.includes(stem(file))))).toEqual([]);
});

test('docs/failures.md explains exactly the kinds of failure there are', () => {
  const documented = [...readProjectFile('docs/failures.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
    ([, kind]) => kind,
  );
  expect(documented.sort()).toEqual([...FAILURE_KINDS].sort());
});
