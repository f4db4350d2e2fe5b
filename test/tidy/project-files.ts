import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Files of the project below a folder, relative to its root and with '/', in a stable order.
 * @param ending pattern of the names wanted
 */
export function projectFiles(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules/'))
    .sort();
}

export function readProjectFile(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
