import { AlarmClock, CheckCheck, CloudOff, Filter, FolderOpen, Inbox, TriangleAlert } from 'lucide-react';
import type { ListView } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { listStrings } from '../strings/list';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import type { ListState } from './list-state';

interface ListEmptyProps {
  readonly state: Exclude<ListState, { kind: 'rows' }>;
  /** What people call the list. */
  readonly title: string;
  readonly mode: ListView['mode'];
  /** Time of the last check, as shown; null = never. */
  readonly checkedAt: string | null;
  onRetry(): void;
}

/** The list's place without rows: each case has its own words and the one next step (APP-062). */
export function ListEmpty({ state, title, mode, checkedAt, onRetry }: ListEmptyProps) {
  switch (state.kind) {
    case 'inbox-empty':
      return (
        <EmptyState
          icon={<CheckCheck />}
          title={listStrings.inboxEmpty}
          text={checkedAt ? listStrings.inboxEmptyText(checkedAt) : listStrings.inboxEmptyUnchecked}
        />
      );
    case 'snoozed-empty':
      return (
        <EmptyState
          icon={<AlarmClock />}
          title={listStrings.snoozedEmpty}
          text={listStrings.snoozedEmptyText}
        />
      );
    case 'folder-empty':
      return <EmptyState icon={<FolderOpen />} title={listStrings.folderEmpty} />;
    case 'first-sync':
      return <EmptyState icon={<Inbox />} title={listStrings.firstSync} text={listStrings.firstSyncText} />;
    case 'not-here':
      return (
        <EmptyState icon={<CloudOff />} title={listStrings.notHere} text={listStrings.notHereText}>
          <Button onPress={() => runCommand('sync.now')}>{listStrings.loadWhenOnline}</Button>
        </EmptyState>
      );
    case 'nothing-matches':
      return (
        <EmptyState
          icon={<Filter />}
          title={listStrings.nothingMatches[state.filter](title)}
          text={listStrings.nothingMatchesText(listStrings.rows(state.hidden, mode))}
        >
          <Button onPress={() => runCommand('list.filterNone')}>{listStrings.showAll}</Button>
        </EmptyState>
      );
    case 'failed':
      return (
        <EmptyState
          icon={<TriangleAlert />}
          title={listStrings.failed}
          text={[state.failure.message, state.failure.hint].filter(Boolean).join(' ')}
        >
          <Button onPress={onRetry}>{listStrings.retry}</Button>
        </EmptyState>
      );
  }
}
