import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readProjectFile } from './project-files';

/** Folders and hosts of one particular machine. Written in pieces, or this file would find itself. */
const FOREIGN = [
  '/wor' + 'k/',
  '/far' + 'm/',
  '/roo' + 't/',
  '/tmp/bash' + '_jobs',
  'registry.' + 'npmjs',
  'deb.' + 'debian',
];
const TEXT = /\.(tsx?|mjs|cjs|js|json|md|css|html|ya?ml|sh|sql|txt)$|(^|\/)\.[a-z]+$|^\.ci\//;

test('nothing in the project depends on the machine it was written on', () => {
  const listed = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
  const files = listed.stdout
    .split('\0')
    .filter((file) => TEXT.test(file) && existsSync(file) && file !== 'package-lock.json');
  const start = String.raw`(^|[\s'"\`(=:])`;
  const pattern = new RegExp(`${start}(${FOREIGN.slice(0, 3).join('|')})|${FOREIGN.slice(3).join('|')}`, 'm');
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => pattern.test(readProjectFile(file)))).toEqual([]);
});
