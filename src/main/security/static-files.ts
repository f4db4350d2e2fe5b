import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Answer, emptyAnswer } from '../content/answer';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/**
 * A file of the built window, or 404. Only plain path segments reach the disk: no dot segments in any spelling, no
 * hidden files, no types we did not build (APP-363).
 * @param folder absolute path of out/renderer
 * @param path the URL's path, still percent-encoded
 */
export async function serveStaticFile(
  folder: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const file = resolveStaticFile(folder, path);
  if (file === null) return emptyAnswer(404, headers);
  const body = await readFile(file).catch(() => null);
  if (body === null) return emptyAnswer(404, headers);
  // The build puts a hash of the content into the names below assets/.
  const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  return { status: 200, headers: { ...headers, 'Content-Type': type, 'Cache-Control': cache }, body };
}

/** The file a path names below `folder`, or null when it is no plain path to a type we serve. */
export function resolveStaticFile(folder: string, path: string): string | null {
  const name = path === '/' ? '/index.html' : path;
  const segments = name.split('/').slice(1);
  if (!name.startsWith('/') || !segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment)))
    return null;
  if (!Object.hasOwn(TYPES, extname(name))) return null;
  return join(folder, segments.join(sep));
}
