import type { MethodOutput } from '../../shared/contract/methods';
import type { AccountId, MailboxId, RequestId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ContentRequest } from '../engine/fetch-content';
import type { Supervisor } from '../engine/supervisor';
import type { CycleReport } from '../engine/sync-waiters';
import type { Gestures } from '../mutations/gestures';
import { discardChanges, retryChanges } from '../mutations/parked-changes';
import { redirectParked } from '../mutations/redirect-parked';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { listAccounts } from '../store/read/accounts';
import { attachmentPlace } from '../store/read/attachments';
import { hasSource } from '../store/read/bodies';
import { getMailbox } from '../store/read/mailboxes';
import { messageAccount } from '../store/read/messages';
import { gestureOfChange } from '../store/read/pending';
import { queueBody } from '../store/write/store-bodies';
import type { EngineHandlers } from './method-handlers';
import type { Requests } from './requests';

export interface MailMethodDeps {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly gestures: Gestures;
  readonly requests: Requests;
  readonly ports: Ports;
}

type Names =
  | Extract<
      keyof EngineHandlers,
      `mutations.${string}` | `pending.${string}` | `sync.${string}` | `bodies.${string}`
    >
  | 'attachments.request'
  | 'source.request'
  | 'requests.cancel'
  | 'mailboxes.change'
  | 'status.get';

export function mailMethods({
  store,
  supervisor,
  gestures,
  requests,
  ports,
}: MailMethodDeps): Pick<EngineHandlers, Names> {
  async function loadBody(
    messageId: Parameters<typeof messageAccount>[1],
    stop: AbortSignal,
  ): Promise<Outcome<'here' | 'queued' | 'gone'>> {
    const accountId = messageAccount(store.read, messageId);
    if (accountId === null) return ok('gone');
    const fetched = await supervisor.fetchBody(accountId, messageId, stop);
    if (fetched.ok || stop.aborted) return fetched;
    // Whatever went wrong, the wish is kept: it is fetched first when the server answers again (SYNC-345).
    store.writeTx('user', (tx) => queueBody(tx, messageId));
    return fetched.failure.kind === 'limit' ? fetched : ok('queued');
  }

  const loadContent = (
    accountId: AccountId,
    content: ContentRequest,
    requestId: RequestId | undefined,
  ): Promise<Outcome<{ state: 'here' | 'gone' }>> =>
    requests.run(requestId, async (stop) => {
      const fetched = await supervisor.fetchContent(accountId, content, stop);
      return fetched.ok ? ok({ state: fetched.value }) : fetched;
    });

  return {
    'status.get': async () => ok(supervisor.status()),

    'sync.now': async ({ accountId, mailboxId, wait, timeoutMs, requestId }) => {
      const owner = mailboxId === null ? null : getMailbox(store.read, mailboxId);
      if (mailboxId !== null && (!owner || (accountId !== null && owner.accountId !== accountId)))
        return fail({ kind: 'not-found', message: 'There is no such folder.' });
      const only = owner?.accountId ?? accountId;
      const ids = only === null ? listAccounts(store.read).map((account) => account.id) : [only];
      if (!wait) {
        for (const id of ids) void supervisor.syncNow(id, mailboxId);
        return ok(ids.map((id) => ({ accountId: id, ...NOTHING_YET, result: 'started' as const })));
      }
      return requests.run(requestId, async (stop) => {
        const running = ids.map((id) => supervisor.syncNow(id, mailboxId, stop));
        const deadline = timeoutMs > 0 ? [ports.clock.sleep(timeoutMs).then(() => null)] : [];
        const reports = await Promise.all(running.map((report) => Promise.race([report, ...deadline])));
        return ok(reports.map((report, at) => toResult(ids[at] as AccountId, report, timeoutMs)));
      });
    },

    'sync.setOffline': async ({ offline }) => {
      supervisor.setOffline(offline);
      return ok(null);
    },

    'sync.setMetered': async ({ metered }) => {
      supervisor.setMetered(metered);
      return ok(null);
    },

    'sync.looking': async ({ listId, visible = true }) => {
      const mailboxId = listId !== null && listId > 0 ? (listId as number as MailboxId) : null;
      supervisor.looking(mailboxId, visible);
      return ok(null);
    },

    'requests.cancel': async ({ requestId }) => ok({ stopped: requests.cancel(requestId) }),

    'bodies.request': ({ messageId, requestId }) =>
      requests.run(requestId, async (stop) => {
        const body = await loadBody(messageId, stop);
        return body.ok ? ok({ body: body.value }) : body;
      }),

    'attachments.request': async ({ messageId, index, requestId }) => {
      if (attachmentPlace(store.read, messageId, index)?.here) return ok({ state: 'here' });
      const accountId = messageAccount(store.read, messageId);
      if (accountId === null) return ok({ state: 'gone' });
      return loadContent(accountId, { messageId, attachment: index }, requestId);
    },

    'source.request': async ({ messageId, requestId }) => {
      if (hasSource(store.read, messageId)) return ok({ state: 'here' });
      const accountId = messageAccount(store.read, messageId);
      if (accountId === null) return ok({ state: 'gone' });
      return loadContent(accountId, { messageId, attachment: null }, requestId);
    },

    'mutations.apply': ({ target, mutation, origin = 'user', gestureId }) =>
      gestures.apply({ target, mutation, origin, gestureId }),
    'mailboxes.change': ({ change, origin = 'user', gestureId }) =>
      gestures.changeMailbox({ change, origin, gestureId }),
    'mutations.cancel': async ({ gestureId }) => ok({ stopped: await gestures.cancel(gestureId) }),
    'mutations.undo': ({ gestureId }) => gestures.undo(gestureId),
    'mutations.redo': ({ gestureId }) => gestures.redo(gestureId),
    'mutations.undoChange': async ({ changeId }) => {
      const gestureId = gestureOfChange(store.read, changeId);
      if (gestureId === null) return fail({ kind: 'not-found', message: 'There is no such change.' });
      return gestures.undo(gestureId);
    },
    'pending.redirect': async (input) => redirectParked(store, ports, input),
    'pending.retry': async ({ ids }) => retryChanges(store, ports.clock, ids),
    'pending.discard': async ({ ids }) => discardChanges(store, ports.clock, ids),
  };
}

type SyncResult = MethodOutput<'sync.now'>[number];
const NOTHING_YET = {
  failure: null,
  durationMs: 0,
  fetched: 0,
  changed: 0,
  removed: 0,
  pushed: 0,
  parked: 0,
};

/** Null = the caller's time was over first; the work goes on. */
function toResult(accountId: AccountId, report: CycleReport | null, timeoutMs: number): SyncResult {
  if (!report) return { accountId, ...NOTHING_YET, durationMs: timeoutMs, result: 'partial' };
  return { accountId, ...report };
}
