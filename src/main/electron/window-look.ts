import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { NativeTheme } from 'electron';
import { Settings } from '../../shared/contract/settings';
import { PRIVATE_FILE } from '../profile/private-files';

export type Look = Pick<Settings, 'theme' | 'density' | 'systemTitleBar'>;

/** `--bg-app` of the themes: what is there before the page is. */
export const GROUNDS = { light: '#f3f5f7', dark: '#12161b' } as const;

/** How the window looked at last; the defaults where that is not known. */
export async function readLook(path: string): Promise<Look> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  let stored: unknown = {};
  try {
    stored = JSON.parse(text);
  } catch {
    // A damaged file means the defaults.
  }
  return lookOf(Settings.parse(typeof stored === 'object' && stored !== null ? stored : {}));
}

function lookOf({ theme, density, systemTitleBar }: Look): Look {
  return { theme, density, systemTitleBar };
}

export interface WindowLook {
  /** Whether the system's own title bar was wanted when this run began: a window keeps the frame it was made with. */
  readonly systemTitleBar: boolean;
  /** What `public/theme-boot.js` reads before the first paint; '' where the defaults will do. */
  search(): string;
  background(): string;
  settingsChanged(settings: Look): void;
}

/**
 * The look of the last run, for a window that is drawn before the settings are read, and what the system draws around
 * it (UI-043). A file, because nothing that a window stores outlives the run.
 */
export function createWindowLook(
  path: string,
  saved: Look,
  native: Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>,
): WindowLook {
  let look = saved;
  native.themeSource = look.theme;
  return {
    systemTitleBar: saved.systemTitleBar,
    search: () => {
      const { theme, density } = look;
      return theme === 'system' && density === 'normal' ? '' : `?${new URLSearchParams({ theme, density })}`;
    },
    background: () => GROUNDS[native.shouldUseDarkColors ? 'dark' : 'light'],
    settingsChanged: (settings) => {
      const next = lookOf(settings);
      if (isDeepStrictEqual(next, look)) return;
      look = next;
      native.themeSource = look.theme;
      writeFileSync(`${path}.new`, JSON.stringify(look), { mode: PRIVATE_FILE });
      renameSync(`${path}.new`, path);
    },
  };
}
