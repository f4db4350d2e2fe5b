import { expect, test } from 'vitest';
import { parseFuses, WANTED_FUSES, wrongFuses } from './fuses.mjs';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** An executable with these fuses: version, length and one character each. */
function binary(wire: string, { version = 1, length = wire.length } = {}): Buffer {
  return Buffer.concat([
    Buffer.from(`\x7fELF …${SENTINEL}`),
    Buffer.from([version, length]),
    Buffer.from(`${wire}11111 more bytes`),
  ]);
}

test('fuses are read in the order of the wire, and not beyond its length', () => {
  expect(parseFuses(binary('01001100'))).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(wrongFuses(parseFuses(binary('01001100')))).toEqual([]);
});

test('every fuse that is not as wanted is named, one that is missing or removed too', () => {
  const asTheyCome = parseFuses(binary('101100r'));
  expect(wrongFuses(asTheyCome).sort()).toEqual([
    'enableCookieEncryption is off, not on',
    'enableEmbeddedAsarIntegrityValidation is off, not on',
    'enableNodeCliInspectArguments is on, not off',
    'enableNodeOptionsEnvironmentVariable is on, not off',
    'grantFileProtocolExtraPrivileges is not there, not off',
    'onlyLoadAppFromAsar is off, not on',
    'runAsNode is on, not off',
  ]);
  expect(wrongFuses({})).toHaveLength(Object.keys(WANTED_FUSES).length);
});

test.each([
  ['no fuses', Buffer.from('\x7fELF and nothing else')],
  ['two sets', Buffer.concat([binary('01001100'), binary('01001100')])],
  ['a later version', binary('01001100', { version: 2 })],
  ['nothing after the sentinel', Buffer.from(SENTINEL)],
])('an executable with %s is not judged', (_what, bytes) => {
  expect(() => parseFuses(bytes)).toThrow(/fuses/);
});
