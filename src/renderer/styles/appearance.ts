import type { Settings } from '../../shared/contract/settings';

/** Where `public/theme-boot.js` reads before the first paint. */
const STORAGE_KEY = 'homeport.appearance';

type Appearance = Pick<Settings, 'theme' | 'density'>;

/**
 * Puts theme and density on the root element, remembers them for the next start and follows the system's theme while
 * the setting says so. Returns the function that stops following (UI-043).
 */
export function applyAppearance({ theme, density }: Appearance): () => void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ theme, density }));
  const root = document.documentElement;
  root.dataset.density = density;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    root.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
    // What a browser draws around the page.
    const ground = getComputedStyle(root).getPropertyValue('--bg-app');
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
  };
  apply();
  system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
}
