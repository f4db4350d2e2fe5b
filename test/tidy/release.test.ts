import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WANTED_FUSES } from '../../scripts/lib/package/fuses.mjs';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);

/** Permissive licences, and those of data and fonts that ask for no more than their own text. */
const ACCEPTED =
  /^(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|Unlicense|WTFPL|MPL-2\.0|Zlib)$/;

test('the fuses of a packaged build close Node’s back doors', () => {
  const [, fuses = ''] = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(read('electron-builder.yml')) ?? [];
  const wanted = Object.entries(WANTED_FUSES).map(([name, on]) => `${name}: ${on}`);
  expect(fuses.trim().split(/\n\s*/).sort()).toEqual(wanted.sort());
});

test('every package is locked by its content and may run nothing while it is installed', () => {
  expect(installed.length).toBeGreaterThan(300);
  expect(
    installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([]);
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(\d+\.\d+\.\d+|file:tools\/)/.test(version),
  );
  expect(loose).toEqual([]);
});

test('every package has a licence that lets us ship it', () => {
  const odd = installed.flatMap(([path, { license = 'none' }]) => {
    const choices = license.replace(/[()]/g, '').split(' OR ');
    const accepted = choices.some((choice) => choice.split(' AND ').every((part) => ACCEPTED.test(part)));
    return accepted ? [] : [`${path} ${license}`];
  });
  expect(odd).toEqual([]);
});
