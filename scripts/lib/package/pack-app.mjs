import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { electronFolder } from '../electron.mjs';
import { tools } from '../paths.mjs';
import { runCaptured } from '../spawn.mjs';
import { readFuses, wrongFuses } from './fuses.mjs';
import { writeNotices } from './notices.mjs';

/** What may lie beside the app's archive; an Electron brings a default app, which is none of ours. */
const RESOURCES = new Set(['app.asar', 'app.asar.unpacked']);

/**
 * Makes the Linux app folder from what is built under out/ and the Electron that is here, without any network: licence
 * list and bill of materials inside, fuses checked in the executable that came out.
 * @param {string} output folder that gets `linux-unpacked`
 * @returns {Promise<{ ok: true, folder: string, binary: string, shipped: import('./shipped.mjs').Shipped[] } | { ok: false, problem: string }>}
 */
export async function packApp(output) {
  const electronDist = electronFolder();
  if (electronDist === undefined) return { ok: false, problem: 'There is no Electron here to pack.' };
  const shipped = await writeNotices();
  const { code, output: said } = await runCaptured(process.execPath, [
    tools.electronBuilder,
    ...['--linux', 'dir', `--${process.arch}`, '--publish', 'never'],
    ...[`-c.electronDist=${electronDist}`, `-c.directories.output=${output}`],
  ]);
  if (code !== 0) return { ok: false, problem: said };
  const folder = join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  const resources = join(folder, 'resources');
  for (const name of readdirSync(resources)) {
    if (!RESOURCES.has(name)) rmSync(join(resources, name), { recursive: true });
  }
  const binary = join(folder, 'homeport');
  const wrong = wrongFuses(readFuses(binary));
  return wrong.length === 0
    ? { ok: true, folder, binary, shipped }
    : { ok: false, problem: wrong.join('\n') };
}
