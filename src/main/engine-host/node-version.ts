/** SQLite's binding crashes without a word on an older Node, so every way to start it asks here first. */
export const OLDEST_NODE = '22.12.0';

/** True when `version` (such as `24.21.0`) can load our SQLite build. */
export function canRunSqlite(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
