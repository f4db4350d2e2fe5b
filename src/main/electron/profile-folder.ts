import { resolve } from 'node:path';
import { defaultProfileDir } from '../profile/default-location';

/** Which profile this start uses: --profile, HOMEPORT_PROFILE, --user-data-dir, else the one both hosts share. */
export function chooseProfileDir(
  option: (name: string) => string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): string {
  const named = option('profile') || env.HOMEPORT_PROFILE || option('user-data-dir');
  return resolve(named || defaultProfileDir(env, platform, home));
}
