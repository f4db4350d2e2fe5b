import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LoginStart {
  readonly platform: NodeJS.Platform;
  /** Program and arguments that start this profile again. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly profileDir: string;
  /** Where the desktop keeps its users' settings (Linux). */
  readonly configDir: string;
  /** The system's own list (macOS, Windows). */
  readonly setLoginItem: (item: { openAtLogin: boolean; path: string; args: string[] }) => void;
}

/** The flag of a start that shows no window. */
export const HIDDEN = 'hidden';

/**
 * Makes the system start Homeport hidden when its user signs in, or no longer (APP-275). Touches only the entry of this
 * profile, and nothing when it is as wanted already.
 * @throws where the entry cannot be written
 */
export function applyLoginStart(start: LoginStart, wanted: boolean): void {
  const [path, ...rest] = start.command;
  const args = [...rest, `--profile=${start.profileDir}`, `--${HIDDEN}`];
  if (start.platform !== 'linux') {
    start.setLoginItem({ openAtLogin: wanted, path, args });
    return;
  }
  const folder = join(start.configDir, 'autostart');
  const file = join(folder, `homeport-${profileMark(start.profileDir)}.desktop`);
  const entry = autostartEntry([path, ...args]);
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  if (read(file) === entry) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, entry);
}

function profileMark(profileDir: string): string {
  return createHash('sha256').update(profileDir).digest('hex').slice(0, 12);
}

/** As the Desktop Entry Specification wants it: each argument in quotes, `%` doubled. */
function autostartEntry(command: readonly string[]): string {
  const quoted = command.map(
    (part) =>
      `"${part
        .replace(/["`$\\]/g, '\\$&')
        .replaceAll('\\', '\\\\')
        .replaceAll('%', '%%')}"`,
  );
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Homeport',
    'Comment=Syncs your mail in the background',
    `Exec=${quoted.join(' ')}`,
    'Icon=homeport',
    'Terminal=false',
    '',
  ].join('\n');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
