import { ArrowDownWideNarrow, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { ListId } from '../../shared/domain';
import { commandVariants } from '../../shared/keyboard/command-titles';
import { CommandButton } from '../commands/command-button';
import { useShortcutOf } from '../commands/key-bindings';
import { useWork } from '../feedback/use-work';
import { focusRegion } from '../layout/regions';
import listStyles from '../list/list-header.module.css';
import { listTitle } from '../list/list-title';
import { selectedCount } from '../list/selection';
import { SelectionBar } from '../list/selection-bar';
import { useSettings } from '../settings/use-settings';
import { changeSearch, endSearch, useUi } from '../state/ui-store';
import { searchStrings } from '../strings/search';
import { useLiveQuery } from '../transport/use-live-query';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection } from '../ui/menu';
import styles from './search-header.module.css';
import type { Found } from './search-runner';

interface SearchHeaderProps {
  /** The list one came from. */
  readonly listId: ListId;
  readonly found: Found | null;
  readonly busy: boolean;
}

/** How much was found, and always where: one press or key changes it (APP-170). */
export function SearchHeader({ listId, found, busy }: SearchHeaderProps) {
  const hint = useShortcutOf()('search.scope');
  const { scope, includeTrashAndJunk } = useUi((state) => state.search);
  const title = useListTitle(listId);
  useWork(busy, { place: 'list', doing: searchStrings.looking, cancel: leave });
  return (
    <header aria-busy={busy}>
      {found ? <FoundBar found={found} /> : <TitleBar title={searchStrings.looking} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons is no part of a form. */}
      <div role="group" aria-label={searchStrings.scope} className={styles.scope}>
        <button
          type="button"
          className={styles.choice}
          aria-pressed={scope === 'everywhere'}
          title={hint}
          onClick={() => changeSearch({ scope: 'everywhere' })}
        >
          {searchStrings.everywhere}
        </button>
        <button
          type="button"
          className={styles.choice}
          aria-pressed={scope === 'list'}
          title={hint}
          onClick={() => changeSearch({ scope: 'list' })}
        >
          <bdi>{title}</bdi>
        </button>
        {scope === 'everywhere' && (
          <button
            type="button"
            className={`${styles.choice} ${styles.apart}`}
            // A query may ask for the trash by itself.
            aria-pressed={found?.pages.facts?.searched.trashAndJunk ?? includeTrashAndJunk}
            onClick={() => changeSearch({ includeTrashAndJunk: !includeTrashAndJunk })}
          >
            {searchStrings.trashAndJunk}
          </button>
        )}
      </div>
    </header>
  );
}

/** Back to the list, which has the focus again. */
function leave(): void {
  endSearch();
  requestAnimationFrame(() => focusRegion('list'));
}

/** How much was found; while rows are ticked, their actions stand in its place. */
function FoundBar({ found }: { readonly found: Found }) {
  const { list, pages } = found;
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);
  const { total, selection } = snapshot;
  if (selectedCount(selection, total ?? 0) > 0) {
    const chosen = selection.mode === 'all' && !pages.counted ? searchStrings.allChosen : undefined;
    return <SelectionBar snapshot={snapshot} chosen={chosen} />;
  }
  return <TitleBar title={foundSentence(found) ?? searchStrings.looking} />;
}

function TitleBar({ title }: { readonly title: string }) {
  const { sort } = useUi((state) => state.search);
  return (
    <div className={listStyles.header}>
      <h1 className={`${listStyles.title} ${styles.title}`}>{title}</h1>
      <KeepButton />
      <Menu
        label={searchStrings.sortMenu}
        placement="bottom end"
        trigger={
          <IconButton label={`${searchStrings.sortMenu}: ${searchStrings.sorts[sort]}`}>
            <ArrowDownWideNarrow />
          </IconButton>
        }
      >
        <MenuSection title={searchStrings.sortMenu} selected={[sort]}>
          {(['newest', 'relevance'] as const).map((option) => (
            <MenuItem
              key={option}
              id={option}
              label={searchStrings.sorts[option]}
              onAction={() => changeSearch({ sort: option })}
            />
          ))}
        </MenuSection>
      </Menu>
      <IconButton label={searchStrings.clear} onPress={leave}>
        <X />
      </IconButton>
    </div>
  );
}

/** Saves the search among the folders, or takes it out again. */
function KeepButton() {
  const { text } = useUi((state) => state.search);
  const kept = useSettings().savedSearches.some(({ query }) => query === text);
  return kept ? (
    <CommandButton id="search.keep" title={commandVariants['search.keep'].kept} isActive />
  ) : (
    <CommandButton id="search.keep" />
  );
}

/** "214 messages found"; null while nothing is known. */
export function foundSentence({ list, pages }: Found): string | null {
  const { total } = list.snapshot();
  if (total === null) return null;
  return pages.counted ? searchStrings.found(total) : searchStrings.foundMany(pages.loaded);
}

/** What people call the list one came from. */
export function useListTitle(listId: ListId): string {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  return listTitle(listId, mailboxes ?? [], accounts?.length ?? 0);
}
