import { join } from 'node:path';

/**
 * The profile folder when none is named: the same for the desktop host, the headless host and the command line, so
 * that they meet in it. Linux follows XDG_DATA_HOME.
 */
export function defaultProfileDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Homeport');
    case 'win32':
      return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Homeport');
    default:
      return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'homeport');
  }
}
