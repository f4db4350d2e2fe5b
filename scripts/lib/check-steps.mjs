import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { outDir, root, tools } from './paths.mjs';

/** Exit codes from here on are signals: the step did not come to its end. */
const STOPPED = 128;

/**
 * The type check: only what changed, or everything. TypeScript 7.0's incremental check misses changes of a configuration
 * that others extend, and cannot know that an installation brought other types; then, and when asked to, it starts from
 * scratch.
 * @param {boolean} fresh
 * @param {{ project?: string, notes?: string }} [folders] the project's, and the one of the compiler's notes
 * @returns {{ args: string[], finished: (code: number) => void }} `finished` is told the exit code
 */
export function typesCheck(fresh, { project = root, notes = join(outDir, 'types') } = {}) {
  const stampFile = join(notes, '.configuration-hash');
  const hash = configurationHash(project);
  if (!fresh && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) {
    return { args: [tools.tsc, '-b'], finished: () => undefined };
  }
  // Gone until it has come to its end: half of its notes may be older than the configuration.
  rmSync(stampFile, { force: true });
  return {
    args: [tools.tsc, '-b', '--force'],
    finished: (code) => {
      if (code >= STOPPED) return;
      mkdirSync(notes, { recursive: true });
      writeFileSync(stampFile, hash);
    },
  };
}

/** @param {boolean} fresh without what knip noted about files that have not changed since */
export function deadCodeArgs(fresh) {
  return [tools.knip, ...(fresh ? [] : ['--cache'])];
}

/**
 * The environment of the unit tests: their databases live in memory where the system has a folder for that. What a
 * power cut leaves is for other tests; these would only wait for the disk.
 */
export function unitEnvironment() {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK | constants.X_OK);
    return { ...process.env, TMPDIR: memory };
  } catch {
    return process.env;
  }
}

/** @param {string} project */
function configurationHash(project) {
  const hash = createHash('sha256');
  const files = globSync('{,*/,src/*/}tsconfig*.json', { cwd: project }).sort();
  for (const file of [...files, 'package-lock.json']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(project, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
