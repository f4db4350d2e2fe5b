import { expect, test } from 'vitest';
import { findAmbient } from './find-ambient';
import { projectFiles, readProjectFile } from './project-files';

test.each([
  ['const t = Date.now();', ['Date.now']],
  ['const t = new Date();', ['new Date()']],
  ['const t = new Date;', ['new Date()']],
  ['const t = Date();', ['Date()']],
  ['const t = performance.now();', ['performance']],
  ['const t = Math.random();', ['Math.random']],
  ['setTimeout(f, 1);', ['setTimeout']],
  ['const wait = setInterval;', ['setInterval']],
  ['function g(wait = setImmediate) {}', ['setImmediate']],
  ['globalThis.setTimeout(f, 1);', ['globalThis.setTimeout']],
  ['fetch(u, { signal: AbortSignal.timeout(5) });', ['AbortSignal.timeout']],
  ['const id = crypto.randomUUID();', ['crypto.randomUUID']],
  ["import { randomBytes as r, createHash } from 'node:crypto';", ['crypto.randomBytes']],
  ["import * as c from 'node:crypto'; c.randomUUID();", ['crypto.randomUUID']],
  ["import { setTimeout as sleep } from 'node:timers/promises';", ['node:timers/promises']],
])('finds what comes from the surroundings: %s', (source, names) => {
  expect(findAmbient(source)).toEqual(names);
});

test.each([
  '// Date.now() would be wrong here',
  '/* setTimeout */ const text = "Math.random()" + `new Date()`;',
  'const t = new Date(clock.now());',
  'const t = new Date(0);',
  'clock.setTimeout(f, 1); random.randomBytes(8);',
  'const port = { setTimeout: f, now() { return 1; } };',
  'interface Clock { setTimeout(f: () => void): void }',
  'type Timer = ReturnType<typeof setTimeout>;',
  "import { createHash } from 'node:crypto'; createHash('sha256');",
])('leaves alone what is an argument, a name or a text: %s', (source) => {
  expect(findAmbient(source)).toEqual([]);
});

test('time and chance reach src/sync through its ports only', () => {
  const files = projectFiles('src/sync', /\.tsx?$/).filter(
    (file) => !file.startsWith('src/sync/ports/') && !/\.test\.tsx?$|\.d\.ts$/.test(file),
  );
  const uses = files.flatMap((file) => findAmbient(readProjectFile(file)).map((name) => `${file}: ${name}`));
  expect(uses).toEqual([]);
});
