import type { HostBridge } from '../../src/shared/contract/bridge';
import type { HostEvent, Topic } from '../../src/shared/contract/events';
import {
  CONTRACT_VERSION,
  METHODS,
  type MethodInput,
  type MethodName,
  type MethodOutput,
} from '../../src/shared/contract/methods';
import { Settings } from '../../src/shared/contract/settings';
import type { FailureView, PendingView, StatusView } from '../../src/shared/contract/views';
import { AccountId, ChangeId, GestureId, MessageId, SEEN, Seq } from '../../src/shared/domain';
import { fakeBody } from './fake-body';
import { FakeCompose } from './fake-compose';
import { FakeLists } from './fake-lists';
import { generateMail } from './fake-mail';
import { FakeMutations } from './fake-mutations';
import {
  fakeInspection,
  fakePending,
  fakeProbe,
  fakeStatus,
  fakeSyncLog,
  SERVER_SAID,
  SIGN_IN,
} from './fake-sync';

export const SCENARIOS = [
  'normal',
  'first-run',
  'syncing',
  'offline',
  'sign-in',
  'attention',
  'disk-full',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface FakeBridgeOptions {
  readonly scenario: Scenario;
  readonly size: number;
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
  readonly settings?: Partial<Settings>;
}

type Handlers = {
  readonly [M in MethodName]?: (
    input: ReturnType<(typeof METHODS)[M]['input']['parse']> & MethodInput<M>,
  ) => MethodOutput<M> | Promise<MethodOutput<M>>;
};

/** What a handler throws to answer with a failure. */
class Refused extends Error {
  readonly failure: FailureView;
  constructor(failure: FailureView) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A whole host in memory, with generated mail: the renderer runs on it without engine, network or disk. */
export function createFakeBridge({
  scenario,
  size,
  now,
  later,
  settings: given,
}: FakeBridgeOptions): HostBridge {
  const listeners = new Set<(event: HostEvent) => void>();
  const emit = (event: HostEvent) => {
    for (const listener of listeners) listener(event);
  };
  let seq = 1;
  const notice = (...topics: Topic[]) => {
    seq += 1;
    emit({ kind: 'notice', seq: Seq.parse(seq), topics });
  };

  const mail = generateMail(scenario === 'first-run' ? 0 : size, now());
  if (scenario === 'first-run') mail.accounts.length = 0;
  if (scenario === 'first-run') mail.mailboxes.length = 0;
  const lists = new FakeLists(mail);
  const mutations = new FakeMutations(mail, lists, notice);
  const compose = new FakeCompose({
    now,
    notice,
    message: (id) => {
      const message = mail.messages.get(id);
      return message ? lists.message(message) : null;
    },
  });
  let settings = Settings.parse(given ?? {});
  let pending: PendingView[] = fakePending(scenario, now());
  let status: StatusView = fakeStatus(scenario, now());
  let remoteSenders = ['tide@newsletters.example', 'notices@authority.example'];

  const setStatus = (patch: Partial<StatusView>) => {
    status = { ...status, ...patch };
    emit({ kind: 'status', status });
  };
  const changeAccount = (id: number, patch: object) => {
    mail.accounts.splice(
      0,
      mail.accounts.length,
      ...mail.accounts.map((a) => (a.id === id ? { ...a, ...patch } : a)),
    );
    notice('accounts');
  };
  if (scenario === 'sign-in') changeAccount(2, { state: 'auth', failure: SIGN_IN });
  if (scenario === 'offline') for (const { id } of mail.accounts) changeAccount(id, { state: 'offline' });
  if (scenario === 'syncing') changeAccount(1, { state: 'syncing' });
  const countMailboxes = () =>
    mail.mailboxes.map((mailbox) => {
      const inside = lists.messagesOf(mailbox.id);
      const incomplete = scenario === 'syncing' && mailbox.accountId === 1;
      return {
        ...mailbox,
        total: inside.length,
        unread: inside.filter(({ keywords }) => !keywords.has(SEEN)).length,
        serverTotal: incomplete ? inside.length * 3 : inside.length,
        stored: inside.length,
        bodies: Math.floor(inside.length * (incomplete ? 0.2 : 0.94)),
        indexed: Math.floor(inside.length * (incomplete ? 0.1 : 0.94)),
        complete: !incomplete,
      };
    });
  const removePending = (ids: readonly number[]) => {
    pending = pending.filter(({ id }) => !ids.includes(id));
    setStatus({
      parked: pending.filter(({ state }) => state === 'parked').length,
      waiting: pending.filter(({ state }) => state !== 'parked').length,
    });
    notice('pending');
    return { count: ids.length };
  };
  const addAccount = () => {
    const fresh = generateMail(1000, now());
    mail.accounts.push(...fresh.accounts.slice(0, 1));
    mail.mailboxes.push(...fresh.mailboxes.filter(({ accountId }) => accountId === 1));
    for (const [id, message] of fresh.messages) if (message.accountId === 1) mail.messages.set(id, message);
    lists.forget();
    later(() => notice('accounts', 'mailboxes', 'lists'), 50);
    return { accountId: AccountId.parse(1) };
  };

  const handlers: Handlers = {
    'accounts.list': () => mail.accounts,
    'mailboxes.list': () => countMailboxes(),
    'lists.list': () => lists.views(),
    'lists.page': ({ listId, sort, descending, filter, at, limit }) =>
      lists.page(listId, sort, descending, filter ?? null, at, limit, seq),
    'lists.countSince': ({ since }) => since.map(() => 0),
    'labels.list': () =>
      [...new Set([...mail.messages.values()].flatMap(({ keywords }) => [...keywords]))]
        .filter((word) => !word.startsWith('$'))
        .sort(),
    'threads.get': ({ threadId }) => lists.thread(threadId, seq),
    'messages.get': ({ messageId }) => {
      const message = mail.messages.get(messageId);
      return message ? lists.message(message) : null;
    },
    'messages.body': ({ messageId }) => fakeBody(mail, messageId, remoteSenders),
    'messages.headers': ({ messageId }) => ({
      raw: `Message-ID: <${messageId}@fake.example>\r\nSubject: …\r\n`,
    }),
    'pending.list': ({ state }) => pending.filter((change) => state === 'all' || change.state === 'parked'),
    'syncLog.list': ({ accountId }) =>
      fakeSyncLog(now()).filter((row) => accountId === null || row.accountId === accountId),
    'messages.history': () => [],
    'changes.missed': () => ({ kind: 'everything', seq: 0 as never }),
    'settings.get': () => settings,
    'remoteContent.list': () => remoteSenders,
    'status.get': () => status,
    'settings.set': ({ patch }) => {
      settings = Settings.parse({ ...settings, ...patch });
      notice('settings');
      return settings;
    },
    'accounts.probe': ({ imap, pinned }) => fakeProbe(imap, pinned),
    'accounts.addImap': addAccount,
    'accounts.addLocal': addAccount,
    'accounts.test': () => fakeProbe({ host: 'imap.example.org', port: 993, security: 'tls', user: '' }, []),
    'accounts.update': ({ accountId, paused, ...rest }) => {
      changeAccount(accountId, paused === undefined ? rest : { ...rest, state: paused ? 'paused' : 'ok' });
      return null;
    },
    'accounts.signIn': ({ accountId }) => {
      changeAccount(accountId, { state: 'ok', failure: null });
      setStatus({ needsSignIn: [] });
      return fakeProbe({ host: 'imap.maier.example', port: 993, security: 'tls', user: '' }, []);
    },
    'accounts.inspect': ({ accountId }) => fakeInspection(accountId, pending, now()),
    'accounts.pinCertificate': ({ accountId, pin }) => {
      changeAccount(accountId, { pinnedCertificates: [pin] });
      return null;
    },
    'accounts.unpinCertificate': ({ accountId }) => {
      changeAccount(accountId, { pinnedCertificates: [] });
      return null;
    },
    'accounts.remove': ({ accountId, discardPending }) => {
      if (!discardPending && pending.some((change) => change.accountId === accountId)) {
        throw new Refused({ kind: 'conflict', message: 'Changes of this account are still waiting.' });
      }
      mail.accounts.splice(0, mail.accounts.length, ...mail.accounts.filter(({ id }) => id !== accountId));
      notice('accounts', 'mailboxes', 'lists');
      return null;
    },
    'sync.now': ({ accountId }) => {
      setStatus({ lastSyncedAt: now() });
      return mail.accounts
        .filter(({ id }) => accountId === null || id === accountId)
        .map(({ id }) => ({
          accountId: id,
          result: 'started' as const,
          failure: null,
          durationMs: 0,
          fetched: 0,
          changed: 0,
          removed: 0,
          pushed: 0,
          parked: 0,
        }));
    },
    'sync.setOffline': ({ offline }) => {
      setStatus({ offlineByChoice: offline, online: !offline });
      return null;
    },
    'sync.setMetered': ({ metered }) => {
      setStatus({ metered: metered ? 'choice' : 'no' });
      return null;
    },
    'sync.looking': () => null,
    'bodies.request': () => ({ body: 'here' as const }),
    'attachments.request': () => ({ state: 'here' as const }),
    'mutations.apply': ({ target, mutation }) => {
      if (target.kind === 'rows' && target.itemIds.includes(13)) later(() => park(), 400);
      return mutations.apply(target, mutation);
    },
    'mutations.undo': ({ gestureId }) => mutations.undo(gestureId),
    'mutations.redo': ({ gestureId }) => mutations.redo(gestureId),
    'pending.redirect': ({ id }) => {
      removePending([id]);
      return { gestureId: GestureId.parse('redirected'), changeIds: [id], affected: 1 };
    },
    'pending.retry': ({ ids }) => removePending(ids),
    'pending.discard': ({ ids }) => removePending(ids),
    'lists.setMode': () => null,
    'remoteContent.allow': ({ sender }) => {
      remoteSenders = [...new Set([...remoteSenders, sender])];
      notice('settings');
      return null;
    },
    'remoteContent.revoke': ({ sender }) => {
      remoteSenders = remoteSenders.filter((other) => other !== sender);
      notice('settings');
      return null;
    },
    'host.info': () => ({
      hostKind: 'headless' as const,
      version: '0.1.0',
      contractVersion: CONTRACT_VERSION,
      platform: 'linux',
      vault: 'sealed-file' as const,
    }),
    'vault.put': ({ secret }) => ({
      secretRef: `memory:${secret.length}:${secret === 'wrong' ? 'wrong' : 'good'}`,
    }),
    'vault.forget': () => null,
    'content.url': () => ({ url: './icon.svg' }),
    'content.open': () => ({ result: 'opened', url: '' }),
    'content.drag': () => null,
    'content.save': ({ items }) => ({ saved: items.length, urls: [] }),
    'viewer.open': ({ remote }) => ({ url: `/viewer-frame/${remote}` }),
    'links.open': ({ url, confirmed }) => ({
      result: confirmed ? ('opened' as const) : ('confirm' as const),
      url,
    }),
    'host.becomeDefaultApp': () => null,
    'window.open': () => ({ result: 'opened' as const, url: '' }),
    'window.print': () => null,
    'identities.list': () => compose.identities(),
    'people.complete': ({ text, limit }) => compose.complete(text).slice(0, limit),
    'drafts.create': (input) => compose.create(input),
    'drafts.get': ({ draftId }) => compose.get(draftId),
    'drafts.list': () => compose.list(),
    'drafts.save': (input) => compose.save(input),
    'drafts.revisions': ({ draftId }) => {
      const draft = compose.get(draftId);
      return draft ? [{ revision: draft.revision, savedAt: draft.savedAt, firstLine: 'Dear all' }] : [];
    },
    'drafts.close': () => null,
    'drafts.discard': ({ draftId }) => compose.discard(draftId),
    'drafts.attach': (input) => compose.attach(input),
    'drafts.putBytes': (input) => compose.putBytes(input),
    'drafts.detach': ({ attachmentId }) => compose.detach(attachmentId),
    'drafts.check': ({ draftId }) => compose.check(draftId),
    'drafts.send': (input) => compose.send(input),
    'outbox.list': () => compose.outbox(),
    'outbox.discard': ({ outboxId }) => compose.take(outboxId),
    'receipts.answer': () => null,
  };

  function park(): void {
    pending = [
      ...pending,
      ...fakePending('attention', now()).map((change) => ({
        ...change,
        id: ChangeId.parse(change.id + 100),
      })),
    ];
    setStatus({ parked: pending.filter(({ state }) => state === 'parked').length });
    notice('pending');
    emit({ kind: 'parked', title: 'Move to Archive', failure: SERVER_SAID });
  }

  if (scenario === 'normal') {
    later(() => {
      emit({
        kind: 'new-mail',
        accountId: AccountId.parse(1),
        messages: [{ messageId: MessageId.parse(1), from: 'Bob', subject: 'Lunch?', snippet: 'At the pier' }],
      });
    }, 30_000);
  }

  return {
    platform: 'web',
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call(name, raw) {
      if (!Object.hasOwn(METHODS, name)) {
        return { ok: false, failure: { kind: 'usage', message: `There is no method ${name}.` } };
      }
      const method = name as MethodName;
      const input = METHODS[method].input.safeParse(raw);
      if (!input.success) return { ok: false, failure: { kind: 'invalid', message: input.error.message } };
      try {
        // The handler was looked up by the same name as its input's schema.
        const handler = handlers[method] as ((input: unknown) => unknown) | undefined;
        if (!handler) return { ok: false, failure: { kind: 'usage', message: `The fake has no ${name}.` } };
        return { ok: true, value: structuredClone(await handler(input.data)) };
      } catch (error) {
        if (error instanceof Refused) return { ok: false, failure: error.failure };
        throw error;
      }
    },
  };
}
