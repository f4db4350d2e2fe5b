import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../paths.mjs';
import { controlFile, DESKTOP_ENTRY } from './deb-files.mjs';

const ICON = /^(\d+x\d+)\.png$/;

/**
 * The app folder as tar.gz and .deb, each where its tool exists.
 * @param {string} folder the app folder
 * @param {string} output
 * @returns {{ file: string, missing: string | null }[]} `missing` names the tool that is not here
 */
export function makeArchives(folder, output) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const name = `homeport-${version}-linux-${process.arch}`;
  return [
    archive(join(output, `${name}.tar.gz`), 'tar', (file) => {
      const renamed = `s,^${basename(folder)},${name},`;
      run('tar', [
        '--owner=0',
        '--group=0',
        '--transform',
        renamed,
        '-C',
        output,
        '-czf',
        file,
        basename(folder),
      ]);
    }),
    archive(join(output, `${name}.deb`), 'dpkg-deb', (file) => makeDeb(folder, version, file)),
  ];
}

/**
 * @param {string} file
 * @param {string} tool
 * @param {(file: string) => void} make
 */
function archive(file, tool, make) {
  if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined) return { file, missing: tool };
  make(file);
  return { file, missing: null };
}

/**
 * @param {string} folder
 * @param {string} version
 * @param {string} file
 */
function makeDeb(folder, version, file) {
  const tree = mkdtempSync(join(tmpdir(), 'homeport-deb-'));
  try {
    const app = join(tree, 'opt/Homeport');
    /** @param {string} path @param {string} [text] */
    const place = (path, text) => {
      const target = join(tree, path);
      mkdirSync(join(target, '..'), { recursive: true });
      if (text !== undefined) writeFileSync(target, text, { mode: 0o644 });
      return target;
    };
    cpSync(folder, app, { recursive: true });
    // Where the kernel gives users no namespaces, Chromium's sandbox needs this helper to be root's.
    chmodSync(join(app, 'chrome-sandbox'), 0o4755);
    symlinkSync('/opt/Homeport/homeport', place('usr/bin/homeport'));
    place('usr/share/applications/homeport.desktop', DESKTOP_ENTRY);
    place('usr/share/doc/homeport/copyright', readFileSync(join(root, 'LICENSE'), 'utf8'));
    for (const icon of readdirSync(join(root, 'resources/icons'))) {
      const size = ICON.exec(icon)?.[1];
      if (size !== undefined)
        cpSync(
          join(root, 'resources/icons', icon),
          place(`usr/share/icons/hicolor/${size}/apps/homeport.png`),
        );
    }
    const kilobytes = Number(run('du', ['-sk', tree]).split('\t')[0]);
    place('DEBIAN/control', controlFile({ version, arch: process.arch, kilobytes }));
    chmodSync(tree, 0o755);
    run('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', tree, file]);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}
