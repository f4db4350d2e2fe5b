import { useEffect, useRef, useState } from 'react';
import type { MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { follow, type RunningWork } from '../feedback/running-work';
import { listed } from '../strings/plural';
import { searchStrings } from '../strings/search';
import { onHostEvent } from '../transport/host-events';
import { type PendingRequest, request } from '../transport/request';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { announce } from '../ui/live-region';
import type { Found } from './search-runner';

type Answer = MethodOutput<'search.onServer'>;

export interface ServerSearch {
  readonly state: 'idle' | 'asking' | 'done' | 'failed';
  readonly answer: Answer | null;
  readonly failure: FailureView | null;
  /** False where there is no server to ask, or no way to it. */
  readonly possible: boolean;
  ask(): void;
}

/** Asks the servers for what this computer does not know yet (SYNC-374); what they find follows what was found here. */
export function useServerSearch(found: Found): ServerSearch {
  const online = useHost((state) => state.status?.online ?? true);
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const [now, setNow] = useState<Pick<ServerSearch, 'state' | 'answer' | 'failure'>>({
    state: 'idle',
    answer: null,
    failure: null,
  });
  const here = useRef(true);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      // Another question, or none: nobody waits for this answer.
      stop.current?.();
    };
  }, []);

  async function ask() {
    setNow({ state: 'asking', answer: null, failure: null });
    const { query, scope, includeTrashAndJunk } = found.list.snapshot().query.search ?? found.question;
    const pending = request('search.onServer', { query, scope, includeTrashAndJunk });
    stop.current = pending.cancel;
    const outcome = await follow(
      {
        ...{ place: 'list', doing: searchStrings.askingServer, counted: searchStrings.folders },
        cancel: pending.cancel,
      },
      (running) => tellFolders(pending, running),
    );
    stop.current = null;
    if (!here.current) return;
    if (!outcome.ok && outcome.failure.kind === 'cancelled') {
      setNow({ state: 'idle', answer: null, failure: null });
      return;
    }
    if (!outcome.ok) {
      setNow({ state: 'failed', answer: null, failure: outcome.failure });
      return;
    }
    found.server.set(outcome.value.messageIds);
    found.list.retry();
    setNow({ state: 'done', answer: outcome.value, failure: null });
    announce(searchStrings.serverFound(outcome.value.messageIds.length));
  }
  const possible = online && accounts.some(({ protocol }) => protocol !== 'local');
  return { ...now, possible, ask: () => void ask() };
}

/** How many folders of all accounts have answered, until the answer is here. */
async function tellFolders(
  { requestId, answer }: PendingRequest<Answer>,
  running: RunningWork,
): Promise<Awaited<typeof answer>> {
  const end = onHostEvent((event) => {
    if (event.kind !== 'status') return;
    const searches = event.status.activities.filter((one) => one.requestId === requestId);
    if (searches.length === 0) return;
    const done = searches.reduce((sum, one) => sum + one.done, 0);
    running.progress({ done, total: searches.reduce((sum, one) => sum + (one.total ?? 0), 0) });
  });
  try {
    return await answer;
  } finally {
    end();
  }
}

/** The button, which waits with whoever pressed it, or what the servers said and could not be asked. */
export function ServerLine({ search }: { readonly search: ServerSearch }) {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const { state, answer, failure, possible } = search;
  const told = answer
    ? toldBy(answer, (id) => accounts.find((account) => account.id === id)?.email ?? '')
    : [];
  if (failure) told.push(failure.message);
  return (
    <>
      {told.length > 0 && <span>{told.join(' ')}</span>}
      {possible && state !== 'done' && (
        <Button size="small" variant="quiet" isPending={state === 'asking'} onPress={search.ask}>
          {searchStrings.askServer}
        </Button>
      )}
    </>
  );
}

function toldBy(answer: Answer, nameOf: (id: number) => string): string[] {
  const { messageIds, untranslated, skipped, failures } = answer;
  return [
    searchStrings.serverFound(messageIds.length),
    ...(untranslated.length > 0 ? [searchStrings.untranslated(listed(untranslated))] : []),
    ...(skipped > 0 ? [searchStrings.skipped(skipped)] : []),
    ...failures.map(({ accountId, failure }) => searchStrings.ofAccount(nameOf(accountId), failure.message)),
  ];
}
