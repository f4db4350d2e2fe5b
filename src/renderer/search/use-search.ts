import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Topic } from '../../shared/contract/events';
import type { SearchRow } from '../../shared/contract/search-views';
import type { ListId } from '../../shared/domain';
import { knownMailboxes } from '../actions/known';
import type { SearchTarget } from '../list/page-loader';
import { useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { useHost } from '../transport/use-host';
import { keptRow } from './kept-row';
import { type Question, type RunnerSnapshot, SearchRunner } from './search-runner';

/** Mail that comes or changes is taken into what was found at most this often: a search asks more than a list does. */
const REFRESH_EVERY_MS = 2_000;

/** Mail came, changed or went; or the index knows more of it, which the counters of its mailboxes tell. */
function concernsSearch(topic: Topic): boolean {
  return topic === 'mailboxes' || topic.startsWith('list');
}

async function lookAgain(row: SearchRow, where: SearchTarget): Promise<SearchRow | null> {
  const message = await call('messages.get', { messageId: row.messageId });
  return message.ok && message.value ? keptRow(row, message.value, knownMailboxes(), where) : null;
}

/** What the window's search finds, for as long as the caller is mounted; kept up to date as mail changes. */
export function useSearch(listId: ListId): RunnerSnapshot {
  const search = useUi((state) => state.search);
  const runner = useMemo(
    () =>
      new SearchRunner(
        (input) => call('search.page', input),
        (input) => call('search.rows', input),
        lookAgain,
      ),
    [],
  );
  const snapshot = useSyncExternalStore(runner.subscribe, runner.snapshot);
  const { text, scope, includeTrashAndJunk, sort } = search;
  const question = useMemo(
    (): Question => ({
      query: text.trimStart(),
      scope: scope === 'list' ? { kind: 'list', listId } : { kind: 'everywhere' },
      includeTrashAndJunk,
      sort,
    }),
    [text, scope, listId, includeTrashAndJunk, sort],
  );
  useEffect(() => {
    if (question.query.trim() !== '') runner.search(question);
  }, [runner, question]);
  useEffect(() => () => runner.stop(), [runner]);

  const list = snapshot.found?.list;
  useEffect(() => {
    if (!list) return;
    let timer = 0;
    const refresh = () => {
      if (timer !== 0) return;
      timer = window.setTimeout(() => {
        timer = 0;
        list.notice();
      }, REFRESH_EVERY_MS);
    };
    const end = onHostEvent((event) => {
      if (event.kind === 'notice' && event.topics.some(concernsSearch)) refresh();
    });
    const endReconnect = useHost.subscribe((host, before) => {
      if (host.gaps !== before.gaps) list.notice();
      else if (host.connection === 'open' && before.connection !== 'open' && list.snapshot().failure)
        list.retry();
    });
    return () => {
      end();
      endReconnect();
      window.clearTimeout(timer);
    };
  }, [list]);
  return snapshot;
}
