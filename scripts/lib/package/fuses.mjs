import { readFileSync } from 'node:fs';

/**
 * Electron's fuses as they stand in an executable. Read here from the bytes themselves, not with the library that wrote
 * them: after the sentinel come the wire's version, its length, and one character per fuse.
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/** In the order of the wire, by the names that electron-builder.yml has for them. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/** What a packaged Homeport must have (APP-371); electron-builder.yml sets it. @type {Record<string, boolean>} */
export const WANTED_FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
};

/**
 * @param {string} binary
 * @returns {Record<string, boolean>} fuse by name: true when it is on; a fuse that this Electron does not have is missing
 */
export function readFuses(binary) {
  return parseFuses(readFileSync(binary));
}

/**
 * @param {Buffer} bytes of an executable
 * @returns {Record<string, boolean>}
 * @throws when there is no wire, more than one, or one of another version
 */
export function parseFuses(bytes) {
  const at = bytes.indexOf(SENTINEL);
  if (at === -1) throw new Error('this executable has no fuses');
  if (bytes.indexOf(SENTINEL, at + 1) !== -1)
    throw new Error('this executable has more than one set of fuses');
  const start = at + SENTINEL.length;
  const [version, length = 0] = bytes.subarray(start, start + 2);
  if (version !== WIRE_VERSION) throw new Error(`fuses of an unknown version ${version}`);
  const wire = bytes.subarray(start + 2, start + 2 + length).toString('latin1');
  /** @type {Record<string, boolean>} */
  const fuses = {};
  for (const [index, name] of FUSES.entries()) {
    if (wire[index] === '0' || wire[index] === '1') fuses[name] = wire[index] === '1';
  }
  return fuses;
}

/**
 * @param {Record<string, boolean>} fuses as read
 * @returns {string[]} one line per fuse that is not as wanted
 */
export function wrongFuses(fuses) {
  return Object.entries(WANTED_FUSES).flatMap(([name, wanted]) => {
    const state = fuses[name];
    if (state === wanted) return [];
    return [
      `${name} is ${state === undefined ? 'not there' : state ? 'on' : 'off'}, not ${wanted ? 'on' : 'off'}`,
    ];
  });
}
