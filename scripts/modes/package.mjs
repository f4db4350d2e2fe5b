import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { ensureElectron } from '../lib/electron.mjs';
import { makeArchives } from '../lib/package/archives.mjs';
import { writeNotices } from '../lib/package/notices.mjs';
import { packApp } from '../lib/package/pack-app.mjs';
import { distDir, root } from '../lib/paths.mjs';

/**
 * `npm run package [-- --dir]`: the Linux app under dist/, as a folder and, without `--dir`, as tar.gz and .deb where
 * their tools exist. Fuses are checked in the executable that came out. Elsewhere everything up to electron-builder.
 * @param {string[]} args
 */
export async function run(args) {
  if (args.some((arg) => arg !== '--dir')) {
    console.error('usage: npm run package [-- --dir]');
    return 2;
  }
  const built = await ensureBuilt();
  if (built !== 0) return built;
  if (process.platform !== 'linux') {
    await writeNotices();
    console.log(
      'Built, with licences and bill of materials. The installer: npx electron-builder --publish never',
    );
    return 0;
  }
  if ((await ensureElectron()) === undefined) {
    console.error(
      'There is no Electron here to pack; ELECTRON_OVERRIDE_DIST_PATH can name the folder of one.',
    );
    return 1;
  }
  rmSync(distDir, { recursive: true, force: true });
  const packed = await packApp(distDir);
  if (!packed.ok) {
    console.error(packed.problem);
    return 1;
  }
  console.log(
    `${relative(root, packed.folder)} (${packed.shipped.length} packages inside, fuses as they must be)`,
  );
  const [locked, inside] = [lockedElectron(), packedElectron(packed.folder)];
  if (inside !== locked) {
    console.log(
      `For trying out only: the Electron inside is ${inside}, this Homeport is made for ${locked}.`,
    );
  }
  if (args.includes('--dir')) return 0;
  const archives = makeArchives(packed.folder, distDir);
  for (const { file, missing } of archives) {
    console.log(
      missing === null ? relative(root, file) : `not made: ${relative(root, file)} (no ${missing} here)`,
    );
  }
  return archives.some(({ missing }) => missing === null) ? 0 : 1;
}

/** The version this Homeport is made for. @returns {string} */
function lockedElectron() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

/** @param {string} folder of the packed app */
function packedElectron(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'of an unknown version';
}
