import type { HostEvent } from '../../shared/contract/events';
import type { StatusView } from '../../shared/contract/views';
import type { AccountId, MailboxId, MessageId, OutboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { bugText } from '../../shared/mask-personal';
import { fail, type Outcome } from '../../shared/outcome';
import type { Connector, Submitter } from '../connectors/contract';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { Network } from '../ports/network';
import type { Power } from '../ports/power';
import type { Random } from '../ports/random';
import { collectBlobs } from '../store/collect-blobs';
import type { Store } from '../store/open-store';
import { type AccountRow, getAccount, listAccounts } from '../store/read/accounts';
import { databaseBytes } from '../store/read/database';
import { newMailFacts } from '../store/read/new-mail';
import { outboxCounts } from '../store/read/outbox';
import { type DueChange, pendingCounts } from '../store/read/pending';
import { getSetting } from '../store/read/settings';
import { setAccountState } from '../store/write/accounts';
import { releaseOldClaims } from '../store/write/pending-queue';
import { removeAccountChunk } from '../store/write/remove-account';
import { setSetting } from '../store/write/settings';
import { type AccountRunner, createAccountRunner, type Inspection } from './account-runner';
import { type ActivityBoard, createActivityBoard } from './activity';
import { diskNeed } from './disk-need';
import type { DraftSourceOf } from './draft-source';
import type { ContentRequest } from './fetch-content';
import { logState } from './log-state';
import { forgetQuotaWhenFull } from './refresh-quota';
import { noTotals } from './runner-context';
import type { AccountHits, AccountSearch } from './search-server';
import { createStartSpacing } from './start-spacing';
import { createOutboxClock, type OutboxClock } from './submit/outbox-clock';
import type { SubmitContext } from './submit/submit-context';
import { createSubmitLane, type LaneInspection, type SubmitLane } from './submit/submit-lane';
import type { CycleReport } from './sync-waiters';

/** Windows are told about the status at most this often: numbers move, the eye does not need more. */
const STATUS_EVERY_MS = 250;
/** Rows of a removed account go in transactions of at most this many (SYNC-003). */
const REMOVE_CHUNK = 2_000;
/** A stop takes at most this long, whatever a server does; claimed changes are probed at the next start (SYNC-403). */
const STOP_MS = 2_500;
/** "We are online again" starts one attempt within this time: a whole office must not come back in step (SYNC-023). */
const ONLINE_SPREAD_MS = 3_000;
/** Key of the user's offline switch; survives a restart (SYNC-024). */
const OFFLINE_SETTING = 'offline';
/** Key of the user's wish for headers only; survives a restart (SYNC-024). */
const METERED_SETTING = 'metered';

const LATER: Failure = { kind: 'offline', message: 'This will be loaded when you are online.' };

export interface SupervisorDeps {
  readonly store: Store;
  /** Builds the connector of an account; the only place that knows protocols is the composition root. */
  readonly connect: (account: AccountRow) => Connector;
  readonly draftSource: DraftSourceOf;
  /** How an account hands over what it sends; null = it only receives. */
  readonly submission: (account: AccountRow) => AccountSubmission | null;
  readonly markRelated: SubmitContext['markRelated'];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly network: Network;
  /** Absent = always at the plug. */
  readonly power?: Power;
  readonly runId: string;
  readonly emit: (event: HostEvent) => void;
}

export interface AccountSubmission {
  readonly host: string;
  readonly submitter: Submitter;
}

export interface Supervisor {
  start(): void;
  /** Reads the account again: added, renamed, paused, signed in, other settings. */
  refreshAccount(accountId: AccountId): Promise<void>;
  /** Stops the account and deletes what belongs to it, a chunk at a time; a kill in between resumes at the next start. */
  removeAccount(accountId: AccountId): Promise<void>;
  /** `mailboxId`: that mailbox comes first, then the rest of the account. `stop`: who asked has had enough. */
  syncNow(accountId: AccountId, mailboxId: MailboxId | null, stop?: AbortSignal): Promise<CycleReport>;
  setOffline(offline: boolean): void;
  /** Headers only; messages that somebody opens are still loaded. */
  setMetered(metered: boolean): void;
  looking(mailboxId: MailboxId | null, visible?: boolean): void;
  /** More or less of the account is wanted than before: a new round begins soon. */
  lookAgain(accountId: AccountId): void;
  /** `stop`: the person who waits for it has had enough. */
  fetchBody(
    accountId: AccountId,
    messageId: MessageId,
    stop?: AbortSignal,
  ): Promise<Outcome<'here' | 'gone'>>;
  fetchContent(
    accountId: AccountId,
    content: ContentRequest,
    stop?: AbortSignal,
  ): Promise<Outcome<'here' | 'gone'>>;
  /** Null for accounts that have no server, or may not ask it now. */
  searchServer(
    accountId: AccountId,
    search: AccountSearch,
    stop: AbortSignal,
  ): Promise<Outcome<AccountHits>> | null;
  inspect(accountId: AccountId): Inspection | null;
  /** What the account hands over; null = it has no lane now. */
  inspectLane(accountId: AccountId): LaneInspection | null;
  /** Stops handing over a message; it is not tried again before the answer is called. */
  holdBack(accountId: AccountId, outboxId: OutboxId): Promise<() => void>;
  retryAll(): void;
  status(): StatusView;
  /** What is going on, for the status; also for work that no account's runner does. */
  readonly activities: ActivityBoard;
  stop(): Promise<void>;
}

/** Starts, stops and watches the accounts; owns what they share: the offline switch, the status, the activities. */
export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { store, clock, network, logger } = deps;
  const runners = new Map<AccountId, AccountRunner>();
  const lanes = new Map<AccountId, SubmitLane>();
  let outboxClock: OutboxClock | null = null;
  const underWay = new Set<Promise<void>>();
  let lookedAt: MailboxId | null = null;
  /** Nobody is known to look until a window says so. */
  let isVisible = false;
  let stopped = false;
  let statusTimer: (() => void) | null = null;
  let onlineTimer: (() => void) | null = null;
  const activities = createActivityBoard(clock, tellStatus);
  const starts = createStartSpacing(clock);
  const subscriptions: (() => void)[] = [];

  const offlineByChoice = (): boolean => getSetting(store.read, OFFLINE_SETTING) === true;
  const metered = (): StatusView['metered'] => {
    if (getSetting(store.read, METERED_SETTING) === true) return 'choice';
    return network.state() === 'metered' ? 'link' : 'no';
  };
  const mayConnect = (account: AccountRow): boolean =>
    !account.paused && !offlineByChoice() && network.state() !== 'offline' && account.state !== 'removing';

  /** A full disk, for instance, must not end the process: nobody else waits for this work. */
  function track(work: Promise<void>): void {
    const ended = work
      .catch((error: unknown) => {
        logger.error('engine.bug', { work: 'supervisor', error: bugText(error) });
      })
      .finally(() => underWay.delete(ended));
    underWay.add(ended);
  }

  function tellStatus(): void {
    if (statusTimer || stopped) return;
    statusTimer = clock.after(STATUS_EVERY_MS, () => {
      statusTimer = null;
      if (!stopped) deps.emit({ kind: 'status', status: status() });
    });
  }

  function status(): StatusView {
    const accounts = listAccounts(store.read);
    const remote = accounts.filter((account) => account.protocol !== 'local' && !account.paused);
    // One that rests by choice does not make the others look out of date.
    const synced = remote.flatMap((account) => account.lastSyncedAt ?? []);
    return {
      online:
        network.state() !== 'offline' &&
        !offlineByChoice() &&
        !(remote.length > 0 && remote.every(isOffline)),
      offlineByChoice: offlineByChoice(),
      metered: metered(),
      lastSyncedAt: synced.length > 0 ? Math.min(...synced) : null,
      ...pendingCounts(store.read, null),
      outbox: outboxCounts(store.read, null),
      needsSignIn: accounts.filter((account) => account.state === 'auth').map((account) => account.id),
      activities: activities.list(),
      databaseBytes: databaseBytes(store.read),
      diskNeededBytes: diskNeed(store),
    };
  }

  function run(account: AccountRow): void {
    if (account.protocol === 'local' || runners.has(account.id) || stopped) return;
    if (!mayConnect(account)) {
      showRest(account);
      return;
    }
    const connector = deps.connect(account);
    const runner = createAccountRunner({
      accountId: account.id,
      store,
      connector,
      draftSource: deps.draftSource,
      clock,
      random: deps.random,
      logger,
      activities,
      runId: deps.runId,
      totals: noTotals(),
      mailboxPushes: { begun: 0, last: Promise.resolve() },
      startTurn: (signal) => starts.turn(account.settings?.imap.host ?? '', account.id, signal),
      lookedAt: () => lookedAt,
      isVisible: () => isVisible,
      isMetered: () => metered() !== 'no',
      onBattery: () => deps.power?.onBattery() ?? false,
      announceNewMail: (messageIds) => announceNewMail(account.id, messageIds),
      announceParked: (change, failure) => announceParked(change, failure),
      announceAlert: (text) => deps.emit({ kind: 'alert', account: account.name, text }),
    });
    runners.set(account.id, runner);
    runLane(account, connector);
  }

  /** Works while the mailboxes cannot be reached, and the other way round. */
  function runLane(account: AccountRow, connector: Connector): void {
    const submission = deps.submission(account);
    if (!submission) return;
    const { random, runId, markRelated } = deps;
    const lane = createSubmitLane({
      ...submission,
      accountId: account.id,
      store,
      connector,
      clock,
      random,
      logger,
      runId,
      markRelated,
      announce: ({ id, subject }, reason, failure) =>
        deps.emit({ kind: 'unsent', outboxId: id, subject, reason, failure: toView(failure) }),
    });
    lanes.set(account.id, lane);
    lane.retryNow();
  }

  /** An account that may not connect says why. */
  function showRest(account: AccountRow): void {
    const state = account.paused ? 'paused' : 'offline';
    if (account.state === state) return;
    store.writeTx('server', (tx) => {
      setAccountState(tx, account.id, { state, failure: null });
      logState(tx, account.id, state, null, 'user');
    });
  }

  function announceNewMail(accountId: AccountId, messageIds: readonly number[]): void {
    const messages = newMailFacts(store.read, messageIds);
    if (messages.length > 0) deps.emit({ kind: 'new-mail', accountId, messages });
  }

  function announceParked(change: DueChange, failure: Failure): void {
    forgetQuotaWhenFull(store, change.accountId, failure);
    deps.emit({ kind: 'parked', title: change.title, failure: toView(failure) });
  }

  /** The offline switch or the link changed: accounts stop at once, or start where they left off (SYNC-024). */
  function applyPermissions(): void {
    for (const account of listAccounts(store.read)) {
      const running = runners.get(account.id);
      if (mayConnect(account) && running) running.lookAgain();
      else if (mayConnect(account)) run(account);
      else if (runners.has(account.id)) track(rest(account.id));
    }
    tellStatus();
  }

  /** Offline counts at once; of many "online" in a row one counts, a moment later. */
  function networkChanged(): void {
    onlineTimer?.();
    onlineTimer = null;
    for (const runner of runners.values()) runner.networkChanged();
    if (network.state() === 'offline') applyPermissions();
    else onlineTimer = clock.after(Math.round(deps.random.fraction() * ONLINE_SPREAD_MS), applyPermissions);
    tellStatus();
  }

  async function rest(accountId: AccountId): Promise<void> {
    await stopRunner(accountId);
    const account = getAccount(store.read, accountId);
    // Allowed again meanwhile: the new runner speaks for the account.
    if (account && !runners.has(accountId)) showRest(account);
  }

  async function stopRunner(accountId: AccountId): Promise<void> {
    const runner = runners.get(accountId);
    const lane = lanes.get(accountId);
    runners.delete(accountId);
    lanes.delete(accountId);
    await Promise.all([lane?.stop(), runner?.stop()]);
    activities.endAll(accountId);
  }

  async function removeRows(accountId: AccountId): Promise<void> {
    const progress = { accountId, mailboxId: null, kind: 'removing' } as const;
    let chunks = 0;
    const rest = () => store.turns.next('backfill');
    while (!stopped && !store.writeTx('user', (tx) => removeAccountChunk(tx, accountId, REMOVE_CHUNK))) {
      chunks += 1;
      activities.update(progress, chunks * REMOVE_CHUNK, null);
      await rest();
    }
    // What it alone had on disk goes with it (APP-015), not with the next daily round.
    await collectBlobs(store, rest, () => stopped);
    activities.end(progress);
  }

  return {
    start: () => {
      store.writeTx('server', (tx) => releaseOldClaims(tx, deps.runId));
      outboxClock = createOutboxClock(store, clock, logger);
      store.space.onChange(tellStatus);
      subscriptions.push(
        network.onChange(networkChanged),
        store.feed.subscribe((notice) => {
          deps.emit({ kind: 'notice', ...notice });
          if (notice.topics.includes('pending'))
            for (const runner of runners.values()) runner.changesWaiting();
          if (notice.topics.includes('outbox')) {
            outboxClock?.look();
            for (const lane of lanes.values()) lane.wake();
            tellStatus();
          }
          if (notice.topics.includes('pending') || notice.topics.includes('accounts')) tellStatus();
        }),
      );
      for (const account of listAccounts(store.read)) {
        if (account.state === 'removing') track(removeRows(account.id));
        else run(account);
      }
    },
    refreshAccount: async (accountId) => {
      await stopRunner(accountId);
      const account = getAccount(store.read, accountId);
      if (account) run(account);
      tellStatus();
    },
    removeAccount: async (accountId) => {
      // Stopped first, so that nothing can overwrite the mark that makes a later start go on with the removal.
      await stopRunner(accountId);
      store.writeTx('user', (tx) => {
        setAccountState(tx, accountId, { state: 'removing', failure: null });
        logState(tx, accountId, 'removing', null, 'user');
      });
      await removeRows(accountId);
      tellStatus();
    },
    syncNow: async (accountId, mailboxId, stop) => {
      const runner = runners.get(accountId);
      return runner ? runner.syncNow(mailboxId, stop) : restReport(getAccount(store.read, accountId));
    },
    setOffline: (offline) => {
      store.writeTx('user', (tx) => setSetting(tx, OFFLINE_SETTING, offline));
      applyPermissions();
    },
    setMetered: (on) => {
      store.writeTx('user', (tx) => setSetting(tx, METERED_SETTING, on));
      for (const runner of runners.values()) runner.lookAgain();
      tellStatus();
    },
    looking: (mailboxId, visible = true) => {
      const appeared = visible && !isVisible;
      isVisible = visible;
      if (mailboxId === lookedAt && !appeared) return;
      lookedAt = mailboxId;
      for (const runner of runners.values()) runner.lookAgain();
    },
    lookAgain: (accountId) => runners.get(accountId)?.lookAgain(),
    fetchBody: async (accountId, messageId, stop) => {
      const runner = runners.get(accountId);
      return runner ? runner.fetchBody(messageId, stop) : fail(LATER);
    },
    fetchContent: async (accountId, content, stop) => {
      const runner = runners.get(accountId);
      return runner ? runner.fetchContent(content, stop) : fail(LATER);
    },
    searchServer: (accountId, search, stop) => runners.get(accountId)?.search(search, stop) ?? null,
    inspect: (accountId) => runners.get(accountId)?.inspect() ?? null,
    inspectLane: (accountId) => lanes.get(accountId)?.inspect() ?? null,
    holdBack: async (accountId, outboxId) =>
      (await lanes.get(accountId)?.holdBack(outboxId)) ?? (() => undefined),
    retryAll: () => {
      for (const runner of runners.values()) runner.retryNow();
      for (const lane of lanes.values()) lane.retryNow();
    },
    status,
    activities,
    stop: async () => {
      stopped = true;
      statusTimer?.();
      onlineTimer?.();
      outboxClock?.stop();
      for (const end of subscriptions) end();
      const ended = Promise.all([...[...runners.keys()].map(stopRunner), ...underWay]);
      await Promise.race([ended, clock.sleep(STOP_MS)]);
    },
  };
}

function isOffline(account: AccountRow): boolean {
  return account.state === 'offline';
}

/** What a sync of an account that may not connect answers: local ones are always up to date. */
function restReport(account: AccountRow | null): CycleReport {
  const nothing = { fetched: 0, changed: 0, removed: 0, pushed: 0, parked: 0, durationMs: 0 };
  if (account?.protocol === 'local') return { ...nothing, result: 'ok', failure: null };
  const failure: Failure = account?.paused
    ? { kind: 'conflict', message: 'This account is paused.', hint: 'Resume it first.' }
    : { kind: 'offline', message: 'Homeport is offline.', hint: 'It goes on when it is online again.' };
  return { ...nothing, result: 'error', failure };
}

/** The failure without what only code needs. */
function toView(failure: Failure): Extract<HostEvent, { kind: 'parked' }>['failure'] {
  const { kind, message, hint, serverText } = failure;
  return {
    kind,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(serverText === undefined ? {} : { serverText }),
  };
}
