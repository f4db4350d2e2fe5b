import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import type { AccountId, MessageId, RequestId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { type Outcome, ok } from '../../shared/outcome';
import type { AccountHits, AccountSearch } from '../engine/search-server';
import type { Supervisor } from '../engine/supervisor';
import type { Clock } from '../ports/clock';
import type { Store } from '../store/open-store';
import { foundMessage } from '../store/search/found-messages';
import { searchAmong } from '../store/search/search';
import { serverQuestions } from '../store/search/server-scope';
import type { EngineHandlers } from './method-handlers';
import type { Requests } from './requests';
import type { SearchFeed } from './search-feed';

type Names = 'search.catchUp' | 'search.onServer';

const NOT_NOW: Failure = { kind: 'offline', message: 'This account is not connected to a server now.' };

export interface SearchMethodDeps {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  readonly requests: Requests;
  /** Starts it where it does not run. */
  readonly feed: () => SearchFeed;
}

/** What of the search needs the engine. */
export function searchMethods({
  store,
  supervisor,
  clock,
  requests,
  feed,
}: SearchMethodDeps): Pick<EngineHandlers, Names> {
  /** The status tells how far it is while somebody waits for it by name. */
  async function askOne(
    accountId: AccountId,
    search: Omit<AccountSearch, 'report'>,
    requestId: RequestId | undefined,
    stop: AbortSignal,
  ): Promise<Outcome<AccountHits> | null> {
    if (requestId === undefined) return supervisor.searchServer(accountId, search, stop);
    const progress = { accountId, mailboxId: null, kind: 'searching', requestId } as const;
    const report = (done: number, total: number) => {
      if (!stop.aborted) supervisor.activities.update(progress, done, total);
    };
    try {
      return await supervisor.searchServer(accountId, { ...search, report }, stop);
    } finally {
      supervisor.activities.end(progress);
    }
  }

  /** SYNC-374: every account at the same time; what one cannot say does not hide what the others found. */
  async function askServers(
    question: Omit<MethodParsedInput<'search.onServer'>, 'requestId'>,
    requestId: RequestId | undefined,
    stop: AbortSignal,
  ): Promise<Outcome<MethodOutput<'search.onServer'>>> {
    const request = { ...question, typing: false };
    const nowMs = clock.now();
    const questions = serverQuestions(store.read, request, nowMs);
    const answers = await Promise.all(
      questions.map(async ({ accountId, query, mailboxIds }) => ({
        accountId,
        answer: await askOne(accountId, { query, mailboxIds, nowMs }, requestId, stop),
      })),
    );
    const found: MessageId[] = [];
    const untranslated = new Set<string>();
    const failures: MethodOutput<'search.onServer'>['failures'] = [];
    let skipped = 0;
    const tell = (accountId: AccountId, failure: Failure): void => {
      failures.push({ accountId, failure: toView(failure) });
    };
    for (const { accountId, answer } of answers) {
      if (answer === null) tell(accountId, NOT_NOW);
      else if (!answer.ok) tell(accountId, answer.failure);
      else {
        found.push(...answer.value.messageIds);
        for (const written of answer.value.untranslated) untranslated.add(written);
        for (const failure of answer.value.failures) tell(accountId, failure);
        skipped += answer.value.skipped;
      }
    }
    const here = searchAmong(store.read, request, found, nowMs);
    return ok({
      messageIds: newestFirst(
        store,
        [...new Set(found)].filter((id) => !here.has(id)),
      ),
      untranslated: [...untranslated],
      skipped,
      failures,
    });
  }

  return {
    'search.catchUp': async ({ timeoutMs }) => {
      const late = new AbortController();
      const caughtUp = feed()
        .caughtUp()
        .then(() => true);
      const timeout = clock.sleep(timeoutMs, late.signal).then(() => false);
      const result = await Promise.race([caughtUp, timeout]);
      late.abort();
      return ok({ caughtUp: result });
    },

    'search.onServer': ({ requestId, ...question }) =>
      requests.run(requestId, (stop) => askServers(question, requestId, stop)),
  };
}

function newestFirst(store: Store, messageIds: readonly MessageId[]): MessageId[] {
  const receivedAt = new Map(
    messageIds.map((id) => [id, foundMessage(store.read, id)?.received_at ?? 0] as const),
  );
  return messageIds.toSorted((a, b) => (receivedAt.get(b) ?? 0) - (receivedAt.get(a) ?? 0) || b - a);
}

function toView({ kind, message, hint, serverText }: Failure): FailureView {
  return {
    kind,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(serverText === undefined ? {} : { serverText }),
  };
}
