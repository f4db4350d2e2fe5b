import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../npm.mjs';
import { noticesDir, outDir, root } from '../paths.mjs';
import { licenceList, markShipped, shippedPackages } from './shipped.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * Writes the licence list and the bill of materials (CycloneDX) of what is built under out/ into out/notices, where
 * electron-builder takes them from. Needs no network.
 * @returns {Promise<import('./shipped.mjs').Shipped[]>} what ships
 */
export async function writeNotices() {
  const { packages: locked } = readJson(join(root, 'package-lock.json'));
  const bundled = readdirSync(join(outDir, 'bundled')).flatMap((name) =>
    readJson(join(outDir, 'bundled', name)),
  );
  const shipped = shippedPackages(locked, bundled);
  const { code, stdout, stderr } = await runNpm(['sbom', '--sbom-format=cyclonedx', '--package-lock-only']);
  if (code !== 0) throw new Error(`npm could not write a bill of materials: ${stderr}`);
  const bom = markShipped(JSON.parse(stdout), shipped);
  mkdirSync(noticesDir, { recursive: true });
  writeFileSync(join(noticesDir, 'bill-of-materials.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
  const withTexts = shipped.map((entry) => ({ ...entry, text: licenceText(join(root, entry.path)) }));
  writeFileSync(join(noticesDir, 'LICENSES.packages.txt'), licenceList(withTexts));
  return shipped;
}

/** @param {string} folder of a package */
function licenceText(folder) {
  const files = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .sort();
  return files.length === 0 ? null : files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
