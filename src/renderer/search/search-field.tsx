import { AtSign, Folder, History, Search, User, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, TextField } from 'react-aria-components';
import { useShortcutOf } from '../commands/key-bindings';
import { useCommand } from '../commands/registry';
import { TEXT_FIELD } from '../commands/use-shortcuts';
import { focusRegion } from '../layout/regions';
import { changeSearch, endSearch, useUi } from '../state/ui-store';
import { searchStrings } from '../strings/search';
import { IconButton } from '../ui/icon-button';
import { Key } from '../ui/key';
import { announce } from '../ui/live-region';
import { rememberSearch } from './recent-searches';
import styles from './search-field.module.css';
import { SearchForm } from './search-form';
import type { Suggestion } from './suggestions';
import { useSuggestions } from './use-suggestions';
import { replaceWord, wordBefore } from './words';

const ICONS = { recent: History, person: User, operator: AtSign, mailbox: Folder } as const;
/** What the contract takes. */
const MAX_CHARS = 1000;

/** The search field of the top bar (APP-167): finds while one types, offers what may be meant, all by key. */
export function SearchField() {
  const shortcutOf = useShortcutOf();
  const focusKey = shortcutOf('search.focus');
  const text = useUi((state) => state.search.text);
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const suggestions = useSuggestions(text, caret, open);
  const shown = open && suggestions.length > 0;

  useCommand('search.focus', () => {
    input.current?.focus();
    input.current?.select();
  });
  // What bears a label is a search; its name is typed or chosen here.
  useCommand('go.label', () => {
    write('label:', 'label:'.length);
    input.current?.focus();
  });
  useEffect(() => {
    if (shown) announce(searchStrings.suggested(suggestions.length));
  }, [shown, suggestions.length]);

  function write(value: string, place: number) {
    changeSearch({ text: value });
    setCaret(place);
    setOpen(true);
  }
  function choose({ kind, text: chosen }: Suggestion) {
    if (kind === 'recent') {
      changeSearch({ text: chosen });
      return finish(chosen);
    }
    const next = replaceWord(text, wordBefore(text, caret), chosen);
    write(next.text, next.caret);
    const field = input.current;
    field?.focus();
    // The field has the new text after it was rendered.
    requestAnimationFrame(() => field?.setSelectionRange(next.caret, next.caret));
  }
  function finish(query: string) {
    setOpen(false);
    if (query.trim() === '') return;
    rememberSearch(query);
    toResults();
  }
  function leave() {
    setOpen(false);
    endSearch();
    requestAnimationFrame(() => focusRegion('list'));
  }
  /** What is not the library's: it walks the suggestions and takes the one it stands on. */
  function keyDown(event: React.KeyboardEvent<HTMLElement>) {
    if (event.target !== input.current || event.nativeEvent.isComposing) return;
    const taken = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (shown) return;
        taken();
        return event.key === 'ArrowDown' && text.trim() !== '' ? toResults() : setOpen(true);
      case 'Enter':
        if (shown && standsOnOne(input.current)) return;
        taken();
        return finish(text);
      case 'Escape':
        taken();
        return shown && text.trim() !== '' ? setOpen(false) : leave();
      case 'Home':
      case 'End':
        // Places in the text, not in the list.
        event.stopPropagation();
    }
  }
  const place = (event: React.SyntheticEvent<HTMLInputElement>) =>
    setCaret(event.currentTarget.selectionStart ?? text.length);

  return (
    <search className={styles.search} data-filled={text !== '' || undefined} {...TEXT_FIELD}>
      <Autocomplete
        inputValue={text}
        onInputChange={(value) => write(value, input.current?.selectionStart ?? value.length)}
        disableAutoFocusFirst
      >
        <div className={styles.box} onKeyDownCapture={keyDown}>
          <Search size={16} aria-hidden className={styles.glass} />
          <TextField aria-label={searchStrings.field} maxLength={MAX_CHARS} className={styles.entry ?? ''}>
            <Input
              ref={input}
              role="combobox"
              aria-expanded={shown}
              enterKeyHint="search"
              dir="auto"
              placeholder={searchStrings.field}
              className={styles.input ?? ''}
              onSelect={place}
              onFocus={() => setOpen(true)}
              // The library says so too when it marks a suggestion; the focus has not gone then.
              onBlur={(event) => event.isTrusted && setOpen(false)}
            />
          </TextField>
          {text === '' ? (
            focusKey !== undefined && (
              <span className={styles.hint}>
                <Key keys={focusKey} />
              </span>
            )
          ) : (
            <IconButton size="small" label={searchStrings.clear} onPress={leave}>
              <X />
            </IconButton>
          )}
          <span className={styles.form}>
            <SearchForm />
          </span>
        </div>
        {shown && (
          <ListBox
            aria-label={searchStrings.suggestions}
            items={suggestions}
            className={styles.list ?? ''}
            onAction={(id) => {
              const chosen = suggestions.find((suggestion) => suggestion.id === id);
              if (chosen) choose(chosen);
            }}
          >
            {(suggestion) => {
              const Icon = ICONS[suggestion.kind];
              return (
                <ListBoxItem textValue={suggestion.label} className={styles.option ?? ''}>
                  <Icon size={16} aria-hidden />
                  <bdi className={styles.label}>{suggestion.label}</bdi>
                  <bdi className={styles.detail}>
                    {suggestion.kind === 'recent' ? searchStrings.recent : suggestion.detail}
                  </bdi>
                </ListBoxItem>
              );
            }}
          </ListBox>
        )}
      </Autocomplete>
    </search>
  );
}

/** Whether one of the suggestions is marked; the name of one that has gone may still be there. */
function standsOnOne(field: HTMLInputElement): boolean {
  const marked = field.getAttribute('aria-activedescendant');
  return marked !== null && document.getElementById(marked) !== null;
}

/** The list may have to be rendered first. */
function toResults(): void {
  requestAnimationFrame(() => focusRegion('list'));
}
