import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NativeTheme } from 'electron';
import { Settings } from '../../shared/contract/settings';
import { PRIVATE_FILE } from '../profile/private-files';

export type Look = Pick<Settings, 'theme' | 'density'>;

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
  const { theme, density } = Settings.parse(typeof stored === 'object' && stored !== null ? stored : {});
  return { theme, density };
}

export interface WindowLook {
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
    search: () =>
      look.theme === 'system' && look.density === 'normal' ? '' : `?${new URLSearchParams({ ...look })}`,
    background: () => GROUNDS[native.shouldUseDarkColors ? 'dark' : 'light'],
    settingsChanged: ({ theme, density }) => {
      if (theme === look.theme && density === look.density) return;
      look = { theme, density };
      native.themeSource = theme;
      writeFileSync(`${path}.new`, JSON.stringify(look), { mode: PRIVATE_FILE });
      renameSync(`${path}.new`, path);
    },
  };
}
