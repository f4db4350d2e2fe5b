import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { canRunSqlite } from './node-version';

const ANSWER_WITHIN_MS = 5000;

export interface NodeSearch {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** This process's executable when it is a plain Node, else null. */
  readonly ownNode: string | null;
  /** Answers the version of an executable, or null when it is no Node. */
  readonly versionOf: (path: string) => Promise<string | null>;
  readonly bundled: () => string | null;
}

/** The first Node that can load SQLite: HOMEPORT_NODE, our own, the one a checkout brings along, those in PATH. */
export async function findNode(search: NodeSearch = systemSearch()): Promise<string | null> {
  const { env, platform, ownNode, bundled, versionOf } = search;
  const inPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, platform === 'win32' ? 'node.exe' : 'node'));
  for (const candidate of new Set([env.HOMEPORT_NODE ?? null, ownNode, bundled(), ...inPath])) {
    if (candidate === null || candidate === '') continue;
    const version = await versionOf(candidate);
    if (version !== null && canRunSqlite(version)) return candidate;
  }
  return null;
}

function systemSearch(): NodeSearch {
  return {
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    ownNode: process.versions.electron === undefined ? process.execPath : null,
    versionOf: askVersion,
    bundled: () => bundledNode(process.platform, process.arch),
  };
}

function askVersion(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const args = ['-p', 'process.versions.node'];
    execFile(path, args, { timeout: ANSWER_WITHIN_MS, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : null),
    );
  });
}

/** The Node of the development package `node-runtime`; packaged apps do not have it. */
function bundledNode(platform: NodeJS.Platform, arch: string): string | null {
  const require = createRequire(import.meta.url);
  try {
    const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
    const manifest = require.resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}
