import type { Settings } from '../../shared/contract/settings';
import { knownSettings } from '../actions/known';
import { useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { showToast } from '../feedback/toast-store';
import { meantLine } from '../folders/meant-line';
import { saveSettings } from '../settings/use-settings';
import { changeSearch, isSearching, useUi } from '../state/ui-store';
import { feedbackStrings } from '../strings/feedback';
import { searchStrings } from '../strings/search';

type SavedSearch = Settings['savedSearches'][number];

/** More would push the accounts out of sight. */
const MAX_SAVED = 30;

/** Puts a search among the folders (APP-172), under its own words; the same words again change its order only. */
function saveSearch({ query, sort }: SavedSearch): void {
  const before = knownSettings().savedSearches;
  const others = before.filter((other) => other.query !== query);
  store([...others, { query, sort }].slice(-MAX_SAVED), before, searchStrings.saved);
}

/** Takes a saved search out of the folders; the messages it found stay where they are. */
function removeSearch(query: string): void {
  const before = knownSettings().savedSearches;
  const left = before.filter((other) => other.query !== query);
  store(left, before, searchStrings.removed);
}

/** The search that is named or has the focus among the folders, else what is searched for. */
function meantSearch(target: CommandTarget | undefined): SavedSearch | null {
  const line = meantLine(target);
  const { search } = useUi.getState();
  if (line?.kind === 'search') return { query: line.query, sort: search.sort };
  return target === undefined && isSearching({ search }) ? { query: search.text, sort: search.sort } : null;
}

function isKept({ query }: SavedSearch): boolean {
  return knownSettings().savedSearches.some((other) => other.query === query);
}

/** Gives the command that keeps a search, or forgets it again, its action; used once, by the main screen. */
export function useSearchCommands(): void {
  useCommandsOn(meantSearch, {
    'search.keep': {
      variant: (search) => (isKept(search) ? 'kept' : null),
      run: (search) => (isKept(search) ? removeSearch(search.query) : saveSearch(search)),
    },
  });
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
