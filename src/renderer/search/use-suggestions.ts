import { useMemo } from 'react';
import { useSettings } from '../settings/use-settings';
import { useLiveQuery } from '../transport/use-live-query';
import { askedAbout, type Suggestion, suggestionsFor } from './suggestions';
import { wordBefore } from './words';

const LIMIT = 4;
/** Longer words are not being completed; the contract takes 200. */
const MAX_WORD = 100;

/** What the field offers for the text and the place of the caret. */
export function useSuggestions(text: string, caret: number, enabled: boolean): readonly Suggestion[] {
  const { recentSearches } = useSettings();
  const { word } = wordBefore(text, caret);
  const about = word.length <= MAX_WORD ? askedAbout(word) : '';
  const { data } = useLiveQuery('search.suggest', { text: about, limit: LIMIT }, [], {
    enabled: enabled && about !== '',
    keepPrevious: true,
  });
  return useMemo(
    () => (enabled ? suggestionsFor({ text, word }, data, recentSearches) : []),
    [enabled, text, word, data, recentSearches],
  );
}
