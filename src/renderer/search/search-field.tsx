import { AtSign, Folder, History, Search, User, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useShortcutOf } from '../commands/key-bindings';
import { useCommand } from '../commands/registry';
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
  const [active, setActive] = useState(-1);
  const listId = useId();
  const suggestions = useSuggestions(text, caret, open);
  const shown = open && suggestions.length > 0;
  const at = Math.min(active, suggestions.length - 1);

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
    setActive(-1);
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
  function keyDown(event: React.KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (shown)
          return setActive(step === 1 ? Math.min(at + 1, suggestions.length - 1) : Math.max(-1, at - 1));
        if (step === 1 && text.trim() !== '') return toResults();
        return setOpen(true);
      }
      case 'Enter': {
        event.preventDefault();
        const chosen = shown ? suggestions[at] : undefined;
        return chosen ? choose(chosen) : finish(text);
      }
      case 'Escape':
        event.preventDefault();
        event.stopPropagation();
        if (shown && text.trim() !== '') return setOpen(false);
        return leave();
    }
  }
  const place = (event: React.SyntheticEvent<HTMLInputElement>) =>
    setCaret(event.currentTarget.selectionStart ?? text.length);

  return (
    <search className={styles.search} data-filled={text !== '' || undefined}>
      <div className={styles.box}>
        <Search size={16} aria-hidden className={styles.glass} />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={searchStrings.field}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={listId}
          aria-activedescendant={shown && at >= 0 ? `${listId}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          dir="auto"
          maxLength={MAX_CHARS}
          placeholder={searchStrings.field}
          className={styles.input}
          value={text}
          onChange={(event) =>
            write(event.target.value, event.target.selectionStart ?? event.target.value.length)
          }
          onKeyDown={keyDown}
          onSelect={place}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
        />
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
      <div
        id={listId}
        role="listbox"
        tabIndex={-1}
        aria-label={searchStrings.suggestions}
        hidden={!shown}
        className={styles.list}
      >
        {suggestions.map((suggestion, index) => {
          const Icon = ICONS[suggestion.kind];
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
            <div
              key={suggestion.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.option}
              // The focus stays in the field.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(suggestion)}
            >
              <Icon size={16} aria-hidden />
              <bdi className={styles.label}>{suggestion.label}</bdi>
              <bdi className={styles.detail}>
                {suggestion.kind === 'recent' ? searchStrings.recent : suggestion.detail}
              </bdi>
            </div>
          );
        })}
      </div>
    </search>
  );
}

/** The list may have to be rendered first. */
function toResults(): void {
  requestAnimationFrame(() => focusRegion('list'));
}
