import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The mark "from the internet" of a file, as this system's own tools read it; '' when it has none. */
export function internetMark(path: string): string {
  try {
    if (process.platform === 'win32') return readFileSync(`${path}:Zone.Identifier`, 'utf8');
    if (process.platform === 'darwin') return run('xattr', '-p', 'com.apple.quarantine', path);
    const told = run('gio', 'info', '-a', 'xattr::xdg.origin.url', path);
    return /xattr::xdg\.origin\.url: (.*)/.exec(told)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** What that mark must say. */
export const FROM_THE_INTERNET =
  process.platform === 'win32'
    ? /ZoneId=3/
    : process.platform === 'darwin'
      ? /^0081;[0-9a-f]+;Homeport;/
      : /^about:internet$/;

const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' });
