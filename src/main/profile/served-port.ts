import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from './private-files';

const FILE = 'serve.port';

/** Remembers the port somebody chose for the window, so that it can be looked at while nothing is served (APP-417). */
export async function rememberServedPort(profileDir: string, port: number): Promise<void> {
  // A full disk is no reason not to serve.
  await writePrivateFile(join(profileDir, FILE), `${port}\n`).catch(() => undefined);
}

/** The port that was chosen last; null = a free one does. */
export async function lastServedPort(profileDir: string): Promise<number | null> {
  const text = await readFile(join(profileDir, FILE), 'utf8').catch(() => '');
  const port = /^[0-9]{1,5}\n$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : null;
}
