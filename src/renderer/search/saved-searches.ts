import type { Settings } from '../../shared/contract/settings';
import { knownSettings } from '../actions/known';
import { showToast } from '../feedback/toast-store';
import { saveSettings } from '../settings/use-settings';
import { changeSearch } from '../state/ui-store';
import { feedbackStrings } from '../strings/feedback';
import { searchStrings } from '../strings/search';

type SavedSearch = Settings['savedSearches'][number];

/** More would push the accounts out of sight. */
const MAX_SAVED = 30;

/** Puts a search among the folders (APP-172), under its own words; the same words again change its order only. */
export function saveSearch({ query, sort }: SavedSearch): void {
  const before = knownSettings().savedSearches;
  const others = before.filter((other) => other.query !== query);
  store([...others, { query, sort }].slice(-MAX_SAVED), before, searchStrings.saved);
}

/** Takes a saved search out of the folders; the messages it found stay where they are. */
export function removeSearch(query: string): void {
  const before = knownSettings().savedSearches;
  const left = before.filter((other) => other.query !== query);
  store(left, before, searchStrings.removed);
}

/** Searches for it again, everywhere. */
export function showSearch({ query, sort }: SavedSearch): void {
  changeSearch({ text: query, sort, scope: 'everywhere' });
}

function store(searches: readonly SavedSearch[], before: readonly SavedSearch[], text: string): void {
  void saveSettings({ savedSearches: [...searches] });
  const undo = () => void saveSettings({ savedSearches: [...before] });
  showToast({ tone: 'done', text, action: { label: feedbackStrings.undo, run: undo } });
}
