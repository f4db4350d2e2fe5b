import { expect, test } from 'vitest';
import { licenceList, markShipped, shippedPackages } from './shipped.mjs';

const LOCKED = {
  '': { version: '0.1.0' },
  'node_modules/better-sqlite3': { version: '13.2.0', license: 'MIT' },
  'node_modules/node-addon-api': { version: '8.0.0', license: 'MIT' },
  'node_modules/electron': { version: '45.4.1', license: 'MIT', dev: true },
  'node_modules/react': { version: '19.3.1', license: 'MIT', dev: true },
  'node_modules/libmime': { version: '5.6.4', dev: true },
  'node_modules/@a/split/node_modules/libmime': { version: '5.4.6', license: 'MIT', dev: true },
  'node_modules/vitest': { version: '5.1.1', license: 'MIT', dev: true },
  'node_modules/node-runtime': { link: true },
};
const BUNDLED = ['node_modules/react', 'node_modules/libmime', 'node_modules/@a/split/node_modules/libmime'];

test('what ships is what a build bundled, what is installed in production, and Electron', () => {
  expect(
    shippedPackages(LOCKED, BUNDLED).map(({ name, version, license }) => [name, version, license]),
  ).toEqual([
    ['better-sqlite3', '13.2.0', 'MIT'],
    ['electron', '45.4.1', 'MIT'],
    ['libmime', '5.4.6', 'MIT'],
    ['libmime', '5.6.4', 'unknown'],
    ['react', '19.3.1', 'MIT'],
  ]);
  expect(() => shippedPackages(LOCKED, ['node_modules/stranger'])).toThrow(/not in the lock file/);
});

test('the bill of materials says of every package whether it ships', () => {
  const development = [{ name: 'cdx:npm:package:development', value: 'true' }];
  const component = (name: string, version: string) => ({
    'bom-ref': `${name}@${version}`,
    name,
    version,
    scope: 'optional',
    properties: development,
  });
  const bom = {
    metadata: { component: { 'bom-ref': 'homeport@0.1.0', name: 'some-folder', version: '0.1.0' } },
    components: [component('react', '19.3.1'), component('react', '18.0.0'), component('vitest', '5.1.1')],
  };
  const [react] = shippedPackages(LOCKED, ['node_modules/react']).filter(({ name }) => name === 'react');
  const marked = markShipped(bom, react === undefined ? [] : [react]);
  expect(marked.metadata.component).toMatchObject({ name: 'homeport', type: 'application' });
  expect(marked.components.map(({ scope, properties }) => [scope, properties])).toEqual([
    ['required', []],
    ['excluded', development],
    ['excluded', development],
  ]);
  expect(() => markShipped(bom, shippedPackages(LOCKED, []))).toThrow(
    /better-sqlite3@13.2.0, electron@45.4.1/,
  );
});

test('the licence list has a line and the words of each, or says that there are none', () => {
  const list = licenceList([
    { name: 'a', version: '1.0.0', license: 'MIT', path: 'node_modules/a', text: 'Permission is granted…\n' },
    { name: 'b', version: '2.0.0', license: 'ISC', path: 'node_modules/b', text: null },
  ]);
  expect(list).toContain('\na 1.0.0: MIT\nb 2.0.0: ISC\n');
  expect(list).toContain('a 1.0.0\n\nPermission is granted…\n');
  expect(list).toContain('b 2.0.0\n\nThe package comes without a licence file; it names its licence: ISC.\n');
});
