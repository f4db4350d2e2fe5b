import { knownSettings } from '../actions/known';
import { saveSettings } from '../settings/use-settings';

/** As many as one still knows. */
const MAX_RECENT = 20;

/** Remembers what was searched for, the newest first; it is offered again in the field (APP-167). */
export function rememberSearch(text: string): void {
  const query = text.trim();
  if (query === '') return;
  const { recentSearches } = knownSettings();
  if (recentSearches[0] === query) return;
  const others = recentSearches.filter((other) => other !== query);
  void saveSettings({ recentSearches: [query, ...others].slice(0, MAX_RECENT) });
}
