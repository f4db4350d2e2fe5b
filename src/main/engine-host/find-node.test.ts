import { expect, test } from 'vitest';
import { findNode, type NodeSearch } from './find-node';
import { canRunSqlite } from './node-version';
import { unpackedPath } from './unpacked-path';

const versions: Record<string, string> = {
  '/named/node': '24.1.0',
  '/own/node': '24.2.0',
  '/bundled/node': '24.3.0',
  '/usr/bin/node': '20.20.0',
  '/opt/bin/node': '22.12.0',
};
const search = (over: Partial<NodeSearch>): NodeSearch => ({
  env: { PATH: '/usr/bin:/opt/bin' },
  platform: 'linux',
  arch: 'x64',
  ownNode: null,
  versionOf: async (path) => versions[path] ?? null,
  bundled: () => null,
  ...over,
});

test.each([
  [
    'the named one first',
    { env: { HOMEPORT_NODE: '/named/node', PATH: '' }, ownNode: '/own/node' },
    '/named/node',
  ],
  [
    'a named one that is none is passed over',
    { env: { HOMEPORT_NODE: '/bad', PATH: '' }, ownNode: '/own/node' },
    '/own/node',
  ],
  ['the bundled one before the path', { bundled: () => '/bundled/node' }, '/bundled/node'],
  ['an old one in the path is passed over', {}, '/opt/bin/node'],
  ['none', { env: { PATH: '/usr/bin' } }, null],
])('finds %s', async (_what, over, found) => {
  expect(await findNode(search(over))).toBe(found);
});

test.each([
  ['20.18.1', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.0.0', true],
])('Node %s can load SQLite: %s', (version, can) => {
  expect(canRunSqlite(version)).toBe(can);
});

test('workers are started from beside an archive, never from inside it', () => {
  expect(unpackedPath('/app/resources/app.asar/out/main/engine.js')).toBe(
    '/app/resources/app.asar.unpacked/out/main/engine.js',
  );
  expect(unpackedPath('/src/out/main/engine.js')).toBe('/src/out/main/engine.js');
});
