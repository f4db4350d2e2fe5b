import { SearchX, TriangleAlert } from 'lucide-react';
import type { FailureView } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { changeSearch } from '../state/ui-store';
import { searchStrings } from '../strings/search';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { missingWords, searchedMessages } from './coverage-words';
import { useListTitle } from './search-header';
import type { Found } from './search-runner';
import { ServerLine, type ServerSearch } from './server-search';

interface SearchEmptyProps {
  readonly found: Found;
  readonly failure: FailureView | null;
  /** The list one came from. */
  readonly listId: ListId;
  readonly server: ServerSearch;
}

/** Nothing was found, or nothing could be searched: what was looked through, and what else to try (ui.md section 6). */
export function SearchEmpty({ found, failure, listId, server }: SearchEmptyProps) {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const title = useListTitle(listId);
  const { query, scope, includeTrashAndJunk } = found.question;
  // A query may ask for the trash by itself.
  const trashAndJunk = found.pages.facts?.searched.trashAndJunk ?? includeTrashAndJunk;
  if (failure) {
    return (
      <EmptyState
        icon={<TriangleAlert />}
        title={searchStrings.failed}
        text={[failure.message, failure.hint].filter(Boolean).join(' ')}
      >
        <Button onPress={() => found.list.retry()}>{searchStrings.retry}</Button>
      </EmptyState>
    );
  }
  const coverage = found.pages.facts?.coverage ?? [];
  const where =
    scope.kind === 'list'
      ? searchStrings.inFolder(title)
      : trashAndJunk
        ? searchStrings.allFoldersAndTrash
        : searchStrings.allFolders;
  const text = [
    searchStrings.searched(searchedMessages(coverage), where),
    ...missingWords(coverage, accounts),
  ];
  return (
    <EmptyState icon={<SearchX />} title={searchStrings.none(query.trim())} text={text.join(' ')}>
      <ServerLine search={server} />
      {scope.kind === 'list' && (
        <Button onPress={() => changeSearch({ scope: 'everywhere' })}>
          {searchStrings.searchEverywhere}
        </Button>
      )}
      {scope.kind === 'everywhere' && !trashAndJunk && (
        <Button onPress={() => changeSearch({ includeTrashAndJunk: true })}>
          {searchStrings.includeTrash}
        </Button>
      )}
    </EmptyState>
  );
}
