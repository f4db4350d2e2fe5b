import { useMemo } from 'react';
import { useSettings } from '../settings/use-settings';
import { useLiveQuery } from '../transport/use-live-query';
import { type Suggestion, suggestionsFor } from './suggestions';
import { wordBefore } from './words';

const LIMIT = 4;
/** Longer words are not being completed; the contract takes 200. */
const MAX_WORD = 100;

/** What the field offers for the text and the place of the caret. */
export function useSuggestions(text: string, caret: number, enabled: boolean): readonly Suggestion[] {
  const { recentSearches } = useSettings();
  const { word } = wordBefore(text, caret);
  const asked = enabled && word !== '' && word.length <= MAX_WORD;
  const { data } = useLiveQuery('search.suggest', { text: word.slice(0, MAX_WORD), limit: LIMIT }, [], {
    enabled: asked,
    keepPrevious: true,
  });
  return useMemo(
    () => (enabled ? suggestionsFor({ text, word: asked ? word : '' }, data, recentSearches) : []),
    [enabled, asked, text, word, data, recentSearches],
  );
}
