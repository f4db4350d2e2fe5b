import { join } from 'node:path';
import type { HostEvent } from '../shared/contract/events';
import type { ImapAccountInput, MethodName } from '../shared/contract/methods';
import type { SubmissionSettings } from '../shared/contract/submission-settings';
import type { ProbeReport, ProbeView } from '../shared/contract/views';
import type { MessageId } from '../shared/domain';
import type { Failure } from '../shared/failure';
import { fail, type Outcome, ok } from '../shared/outcome';
import { DATABASE_FILE } from '../shared/profile-files';
import { accountMethods } from './api/account-methods';
import { composeMethods } from './api/compose-methods';
import { backUpOwnDataNow, startHousekeeping } from './api/housekeeping';
import { localAccountMethods } from './api/local-account-methods';
import { mailMethods } from './api/mail-methods';
import { mailboxMethods } from './api/mailbox-methods';
import { maintenanceMethods } from './api/maintenance-methods';
import type { EngineHandlers } from './api/method-handlers';
import { type OrderBuilder, startOrderBuilder } from './api/order-builder';
import { preferenceMethods } from './api/preference-methods';
import { createRequests } from './api/requests';
import { type SearchFeed, startSearchFeed } from './api/search-feed';
import { searchMethods } from './api/search-methods';
import { unsubscribeMethods } from './api/unsubscribe-method';
import { draftSource } from './compose/draft-source';
import { markRelated } from './compose/mark-related';
import { createImapConnector } from './connectors/imap/imap-connector';
import { probeImapServer } from './connectors/imap/probe-server';
import { verdictOf } from './connectors/link/probe-verdict';
import { probeSmtpServer } from './connectors/smtp/probe-smtp';
import { createSmtpSubmitter } from './connectors/smtp/smtp-submitter';
import { discover } from './discovery/discover';
import { type AccountSubmission, createSupervisor } from './engine/supervisor';
import { composeMessage } from './mime/compose-message';
import { createGestures } from './mutations/gestures';
import { createWaker } from './mutations/wake-snoozed';
import { checkClient } from './oauth/check-client';
import { createSignIns, type SignIns } from './oauth/sign-ins';
import { createTokenSource } from './oauth/token-source';
import type { Clock } from './ports/clock';
import type { Ports } from './ports/ports';
import { createInlineWorkbench } from './prepare/inline-workbench';
import { createQueryHandlers } from './queries/query-handlers';
import { type ContentPart, createContentReader } from './queries/read-content';
import { DiskFull } from './store/disk-space';
import { openReader, openStore, type Store } from './store/open-store';
import type { WantedOrder } from './store/orders/list-order';
import type { AccountRow } from './store/read/accounts';
import { findAccountBySecret } from './store/read/accounts';
import { submissionOf } from './store/read/submission';
import { finishRescue, isDamaged, needsRescue, rescueDatabase } from './store/repair';
import { updateAccount } from './store/write/accounts';

/**
 * The composition root of the core: the only file below src/sync that knows all of it. A host hands in the ports,
 * calls methods of the contract and listens to events; it never sees a table or a socket.
 */
export interface EngineRuntime {
  /** Answers every method whose place is 'engine'; the caller has checked the input against the contract. */
  call(method: MethodName, input: unknown): Promise<Outcome<unknown>>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** What a reader wants laid out: it cannot write. Answers nothing, for nobody waits. */
  layOut(order: WantedOrder): void;
  start(): Promise<void>;
  /** Ends connections and closes the database within 3 s (SYNC-403). */
  stop(): Promise<void>;
}

export interface ReaderRuntime {
  /** Answers every method whose place is 'reader'. */
  call(method: MethodName, input: unknown): Promise<Outcome<unknown>>;
  content(request: {
    readonly messageId: MessageId;
    readonly part: ContentPart;
  }): Promise<Outcome<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly filename: string }>>;
  close(): void;
}

export type { WantedOrder };

type Handler = (input: never) => Promise<Outcome<unknown>>;

/** A connection test that takes longer than this has failed for the person who waits. */
const PROBE_MS = 30_000;

export async function createSyncRuntime(ports: Ports): Promise<EngineRuntime> {
  const workbench = ports.workbench ?? createInlineWorkbench();
  const store = openOrRescue(join(ports.profileDir, DATABASE_FILE), ports);
  const listeners = new Set<(event: HostEvent) => void>();
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;
  let searchFeed: SearchFeed | undefined;
  let orderBuilder: OrderBuilder | undefined;

  const emit = (event: HostEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const tokens = createTokenSource({
    ...ports,
    isUsed: (ref) => findAccountBySecret(store.read, ref) !== null,
    replaceSecret: (oldRef, newRef) => {
      const account = findAccountBySecret(store.read, oldRef);
      if (account) store.writeTx('engine', (tx) => updateAccount(tx, account.id, { secretRef: newRef }));
      return account !== null;
    },
  });
  const signIns = createSignIns(ports);
  /** A password, or an access token that is good now. */
  const secretOf = async (settings: ImapAccountInput, refused?: string) => {
    if (settings.auth === 'password' || !settings.oauth) return ports.vault.get(settings.secretRef);
    const token = await tokens.accessToken(settings.oauth, settings.secretRef, refused);
    return token.ok ? token.value : token.failure;
  };
  const connect = (settings: ImapAccountInput) =>
    createImapConnector(
      { ...toImapSettings(settings), secret: (refused) => secretOf(settings, refused) },
      { ...ports, workbench, turns: store.turns },
    );

  const probe = (settings: ImapAccountInput, stop?: AbortSignal) =>
    probeAccount(settings, (refused) => secretOf(settings, refused), ports, stop);
  const probeSending = (settings: ImapAccountInput) =>
    probeLineForSending(settings, () => secretOf(settings), ports);
  const supervisor = createSupervisor({
    store,
    clock: ports.clock,
    random: ports.random,
    logger: ports.logger,
    network: ports.network,
    power: ports.power,
    runId: ports.random.token(8),
    draftSource: (draftId) => draftSource({ store, compose: composeMessage }, draftId),
    submission: (account) => submissionFor(account, secretOf, ports),
    markRelated: (entry) => markRelated(gestures, entry),
    connect: (account) => connect(account.settings as ImapAccountInput),
    emit,
  });
  /** Also for a command that only asks: what came in since the last start is found. */
  const feedSearch = (): SearchFeed => {
    const loadsHeaders = () => supervisor.activities.list().some(({ kind }) => kind === 'headers');
    searchFeed ??= startSearchFeed(store, ports, loadsHeaders);
    return searchFeed;
  };
  const layOutOrders = (): OrderBuilder => {
    orderBuilder ??= startOrderBuilder(store, ports);
    return orderBuilder;
  };
  const gestures = createGestures({
    store,
    clock: ports.clock,
    random: ports.random,
    report: ({ gestureId, accountId }, progress) => {
      const key = { accountId, mailboxId: null, kind: 'changing' as const, gestureId };
      if (progress) supervisor.activities.update(key, progress.done, progress.total);
      else supervisor.activities.end(key);
    },
  });
  const waker = createWaker({
    store,
    gestures,
    clock: ports.clock,
    logger: ports.logger,
    announce: (accountId, messages) => emit({ kind: 'new-mail', accountId, messages, back: true }),
  });
  const requests = createRequests();
  const handlers: EngineHandlers = {
    ...accountMethods({ store, supervisor, ports, requests, probe, probeSending, connect }),
    ...localAccountMethods(store, ports),
    ...mailMethods({ store, supervisor, gestures, requests, ports }),
    ...mailboxMethods(store, supervisor),
    ...preferenceMethods(store, ports.clock),
    ...maintenanceMethods({ store, ports, probe }),
    ...unsubscribeMethods(store, ports),
    'discovery.find': (request) => discover(request, ports),
    ...oauthMethods(signIns, ports),
    ...composeMethods({
      store,
      clock: ports.clock,
      random: ports.random,
      compose: composeMessage,
      loadBody: (accountId, messageId) => supervisor.fetchBody(accountId, messageId),
      holdBack: (accountId, outboxId) => supervisor.holdBack(accountId, outboxId),
      mark: (messageId, keyword) =>
        gestures.apply({
          target: { kind: 'messages', messageIds: [messageId] },
          mutation: { kind: 'keywords', add: [keyword], remove: [] },
          origin: 'user',
        }),
      load: (accountId, messageId, attachment) =>
        supervisor.fetchContent(accountId, { messageId, attachment }),
    }),
    ...searchMethods({ store, supervisor, clock: ports.clock, requests, feed: feedSearch }),
  };

  return {
    call: (method, input) => dispatch(handlers, method, input),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    layOut: (order) => layOutOrders().want(order),
    start: async () => {
      store.space.resume();
      supervisor.start();
      waker.start();
      layOutOrders();
      const feed = feedSearch();
      housekeeping = startHousekeeping(store, ports, () => feed.checkSlice(ports.clock.now()));
    },
    stop: async () => {
      signIns.stop();
      await Promise.all([
        supervisor.stop(),
        housekeeping?.stop(),
        searchFeed?.stop(),
        orderBuilder?.stop(),
        waker.stop(),
        gestures.stop(),
        workbench.close(),
      ]);
      backUpOwnDataNow(store, ports);
      store.close();
    },
  };
}

/** A file that is no database any more is set aside and the last good backup takes its place (SYNC-393). */
function openOrRescue(path: string, ports: Ports): Store {
  if (!needsRescue(path)) {
    try {
      return afterRescue(openStore(path, ports), ports);
    } catch (error) {
      if (!isDamaged(error)) throw error;
    }
  }
  const { asideAs, restoredFrom, salvaged } = rescueDatabase(path, ports.clock.now());
  ports.logger.error('store.rescued', { asideAs, restoredFrom, salvaged });
  return afterRescue(openStore(path, ports), ports);
}

/** The backup is a day old at most, our own data an hour: it is laid over it (SYNC-393). */
function afterRescue(store: Store, { logger }: Ports): Store {
  const replayed = finishRescue(store);
  if (replayed) logger.warn('store.replayed', { ...replayed });
  return store;
}

export async function createReaderRuntime(options: {
  readonly profileDir: string;
  readonly clock: Clock;
  readonly wantOrder?: (order: WantedOrder) => void;
}): Promise<ReaderRuntime> {
  const db = openReader(join(options.profileDir, DATABASE_FILE));
  const readContent = createContentReader(db);
  const handlers = createQueryHandlers(db, options.clock, readContent, options.wantOrder);
  return {
    call: (method, input) => dispatch(handlers, method, input),
    content: async ({ messageId, part }) => readContent(messageId, part),
    close: () => db.close(),
  };
}

/** Where an account hands over what it sends; null = it only receives. */
function submissionFor(
  account: AccountRow,
  secretOf: (settings: ImapAccountInput) => Promise<string | Failure | null>,
  ports: Ports,
): AccountSubmission | null {
  const server = submissionOf(account);
  const { settings } = account;
  if (!server || !settings) return null;
  const { caPem, pinned, auth } = settings;
  const secret = () => secretOf(settings);
  return {
    host: server.host,
    submitter: createSmtpSubmitter({ server, caPem, pinned, auth, secret }, ports),
  };
}

function toImapSettings({ imap, caPem, pinned, auth }: ImapAccountInput) {
  return { server: imap, caPem, pinned, auth };
}

/**
 * Each line says for itself what works (APP-007). A login that was just refused is not tried at the other server too:
 * repeated bad logins lock accounts (SYNC-019).
 */
async function probeAccount(
  settings: ImapAccountInput,
  secret: (refused?: string) => Promise<string | Failure | null>,
  ports: Ports,
  stop?: AbortSignal,
): Promise<ProbeView> {
  const late = new AbortController();
  const cancel = ports.clock.after(PROBE_MS, () => late.abort());
  const signal = stop ? AbortSignal.any([late.signal, stop]) : late.signal;
  const { submission } = settings;
  try {
    // Without a secret the way to the login is tested all the same.
    const word = async (refused?: string) => (await secret(refused)) ?? '';
    const probed = await probeImapServer(toImapSettings(settings), word, ports)(signal);
    const refused = probed.steps.some(({ failure }) => failure?.kind === 'auth');
    const login = submission && !refused ? await word() : null;
    if (!submission || typeof login !== 'string') return { ...probed, submission: null };
    return { ...probed, submission: await probeSubmission(settings, submission, login, ports, signal) };
  } finally {
    cancel();
  }
}

/** The line for sending by itself: nobody signs in to the server for receiving. */
async function probeLineForSending(
  settings: ImapAccountInput,
  secret: () => Promise<string | Failure | null>,
  ports: Ports,
): Promise<ProbeReport | null> {
  if (!settings.submission) return null;
  const late = new AbortController();
  const cancel = ports.clock.after(PROBE_MS, () => late.abort());
  try {
    const login = (await secret()) ?? '';
    if (typeof login === 'string')
      return await probeSubmission(settings, settings.submission, login, ports, late.signal);
    const step = { step: 'login' as const, ok: false, detail: login.message, failure: { ...login } };
    return { verdict: verdictOf(login), steps: [step] };
  } finally {
    cancel();
  }
}

function probeSubmission(
  { auth, caPem, pinned, imap }: ImapAccountInput,
  submission: SubmissionSettings,
  login: string,
  ports: Ports,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const server = { ...submission, user: submission.user ?? imap.user };
  return probeSmtpServer({ server, auth, caPem, pinned }, login, ports)(signal);
}

function oauthMethods(
  signIns: SignIns,
  ports: Ports,
): Pick<EngineHandlers, Extract<MethodName, `oauth.${string}`>> {
  return {
    'oauth.begin': ({ client, email }) => signIns.begin(client, email),
    'oauth.beginDevice': ({ client }) => signIns.beginDevice(client),
    'oauth.finish': ({ signInId }) => signIns.finish(signInId),
    'oauth.cancel': async ({ signInId }) => {
      signIns.cancel(signInId);
      return ok(null);
    },
    'oauth.check': async ({ client }) => ok(await checkClient(client, ports)),
  };
}

function dispatch(
  handlers: { readonly [M in MethodName]?: Handler },
  method: MethodName,
  input: unknown,
): Promise<Outcome<unknown>> {
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (!handler) return Promise.resolve(fail({ kind: 'usage', message: `${method} is not answered here.` }));
  return handler(input as never).catch((error: unknown) => {
    if (error instanceof DiskFull) return fail(error.failure);
    throw error;
  });
}
