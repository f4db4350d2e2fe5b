import type { AccountState, MailboxId, MessageId } from '../../shared/domain';
import { type Failure, isTransient } from '../../shared/failure';
import { bugText } from '../../shared/mask-personal';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ConnectionState } from '../connectors/contract';
import { createTurns, PART_OF_A_PASS } from '../ports/turns';
import { DiskFull } from '../store/disk-space';
import { getAccount } from '../store/read/accounts';
import { mailboxByRole } from '../store/read/mailboxes';
import { nextDueAt } from '../store/read/pending';
import { type AccountStateChange, setAccountState } from '../store/write/accounts';
import { releaseMistimed } from '../store/write/pending-queue';
import { collectTraffic } from './collect-traffic';
import { type ContentRequest, fetchContent } from './fetch-content';
import { fetchOneBody } from './fetch-one-body';
import { createHoldOff } from './hold-off';
import { logPush, logWatch } from './log-connection';
import { logState } from './log-state';
import { createLoginGate } from './login-gate';
import { prefetchNeighbours } from './prefetch-neighbours';
import { pushPending } from './push-pending';
import { createRightOfWay } from './right-of-way';
import { runCycle, type Trigger } from './run-cycle';
import type { RunnerContext, Totals } from './runner-context';
import { type AccountHits, type AccountSearch, searchServer } from './search-server';
import { type CycleReport, createSyncWaiters } from './sync-waiters';
import { createWake } from './wake';
import { watchInbox } from './watch-inbox';

/** Mailboxes without a watch of their own are asked this often (SYNC-116). */
const SWEEP_MS = 60_000;
/** Keystrokes and clicks that follow each other closely go out together (SYNC-238). */
const PUSH_DEBOUNCE_MS = 50;
/** Facts older than this are refreshed before an old change goes out (SYNC-239). */
const FACTS_FRESH_MS = 60_000;
/** After a reconnect old mail waits this long at most for the queue to go first (SYNC-238, SYNC-400). */
const QUEUE_FIRST_MS = 5_000;
/** Smaller corrections of the clock delay nothing that a person would notice. */
const SET_BACK_MS = 1_000;
const BUG: Failure = {
  kind: 'internal',
  message: 'Something went wrong inside Homeport.',
  hint: 'It is tried again; the log has the details.',
};

export interface AccountRunner {
  /**
   * Resolves when everything is here and sent, or when the attempt failed. A mailbox that is named comes first. `stop`
   * ends the round that goes on; the next one comes by itself.
   */
  syncNow(mailboxId: MailboxId | null, stop?: AbortSignal): Promise<CycleReport>;
  /** A change was enqueued. */
  changesWaiting(): void;
  /** Another mailbox is on screen, or more or less may be loaded now: a new cycle begins soon. */
  lookAgain(): void;
  /** The computer is in another network now. */
  networkChanged(): void;
  /** A person asks: tries at once, whatever the backoff says. */
  retryNow(): void;
  /** `stop`: the person who waits has had enough. */
  fetchBody(messageId: MessageId, stop?: AbortSignal): Promise<Outcome<'here' | 'gone'>>;
  fetchContent(content: ContentRequest, stop?: AbortSignal): Promise<Outcome<'here' | 'gone'>>;
  /** Asks the server by words, for a person who waits (SYNC-374). */
  search(search: AccountSearch, stop: AbortSignal): Promise<Outcome<AccountHits>>;
  inspect(): Inspection;
  stop(): Promise<void>;
}

/** The state machine in words (SYNC-404). */
export interface Inspection {
  readonly step: string;
  readonly connections: ConnectionState[];
  readonly nextAttemptInMs: number | null;
  readonly factsAgeMs: number | null;
  readonly totals: Totals;
}

/**
 * Runs one account that may use the network: a loop that pulls, a loop that pushes, a watch on the inbox. They share
 * nothing but the store and the gate that spaces attempts.
 */
export function createAccountRunner(context: RunnerContext): AccountRunner {
  const { store, clock, accountId, connector, logger } = context;
  const stopping = new AbortController();
  const { signal } = stopping;
  const inTurns = createTurns(clock, store.turns, PART_OF_A_PASS);
  const gate = createLoginGate(clock, context.random);
  const holdOff = createHoldOff(clock);
  const waiters = createSyncWaiters(clock, context.totals);
  const pullWake = createWake();
  const pushWake = createWake();
  const urgent = createRightOfWay(clock);
  let trigger: Trigger = 'start';
  let first: MailboxId | null = null;
  let round = new AbortController();
  let state: AccountState = 'new';
  const stored = getAccount(store.read, accountId)?.state;
  /** No login has ever succeeded: it is being tried, and active only when it has (SYNC-001). */
  let untried = stored === 'new' || stored === 'probing';
  let wallAhead: number | null = null;
  let factsFreshAt = Number.NEGATIVE_INFINITY;
  let nextSweepAt = clock.monotonic();
  let step: 'listing' | 'fetching' | 'resting' = 'resting';
  let watching: Promise<void> | null = null;
  let pushing: Promise<unknown> = Promise.resolve();
  let reconnected = true;
  /** The turn to connect, of a host with several accounts; null = the next attempt needs one. */
  let turn: Promise<void> | null = null;
  /** The message somebody opened last: only its neighbours are worth having. */
  let openedLast: MessageId | null = null;
  let pushEnded: (() => void) | null = null;

  function wakePull(why: Trigger): void {
    trigger = why;
    pullWake.set();
  }

  /** While the link holds nobody waits. */
  function startTurn(): Promise<void> {
    turn ??= context.startTurn(signal);
    return turn;
  }

  /** The clock on the wall was set back since the last look, or this is the first one. */
  function wasSetBack(): boolean {
    const ahead = clock.now() - clock.monotonic();
    const back = wallAhead === null || ahead < wallAhead - SET_BACK_MS;
    wallAhead = ahead;
    return back;
  }

  async function pullLoop(): Promise<void> {
    while (!signal.aborted) {
      if (wasSetBack()) {
        noted('clock', () => store.writeTx('server', (tx) => releaseMistimed(tx, accountId)));
        pushWake.set();
      }
      await startTurn();
      if (signal.aborted) return;
      const why = trigger;
      const askedFor = first;
      first = null;
      const startedAt = clock.monotonic();
      const before = state;
      round = new AbortController();
      const roundSignal = AbortSignal.any([signal, round.signal]);
      pullWake.clear();
      waiters.cycleStarts();
      step = 'listing';
      // A quiet poll and a retry of a broken link change nothing on screen before they found something.
      if (why !== 'poll' && (state === 'new' || state === 'ok'))
        setState({ state: untried ? 'probing' : 'syncing' });
      const outcome = await guarded('cycle', () =>
        runCycle(context, {
          trigger: why,
          first: askedFor,
          inTurns,
          holdOff,
          signal: roundSignal,
          shouldYield: () => pullWake.isSet() || clock.monotonic() - startedAt > SWEEP_MS,
          giveWay: () => urgent.giveWay(roundSignal),
          onLogin: () => {
            untried = false;
            if (state === 'probing') setState({ state: 'syncing' });
          },
          onFactsFresh: async () => {
            gate.succeeded();
            step = 'fetching';
            factsFreshAt = clock.monotonic();
            setState({ state: state === 'ok' ? 'ok' : 'syncing', failure: null, lastSyncedAt: clock.now() });
            startWatch();
            pushWake.set();
            await queueFirst();
          },
        }),
      );
      if (signal.aborted) return;
      step = 'resting';
      if (!outcome.ok && outcome.failure.kind === 'cancelled' && round.signal.aborted) {
        // Who asked has had enough: it rests as if it had come to the end, but for news that came meanwhile.
        if (trigger === 'user') pullWake.clear();
        waiters.finishAll(outcome.failure);
        setState({ state: state === 'syncing' ? 'ok' : before });
        trigger = 'poll';
        await waitAtMost(SWEEP_MS);
      } else if (!outcome.ok) {
        reconnected = true;
        turn = null;
        const { failure } = outcome;
        const diskFull = failure.kind === 'limit' && failure.bound === 'disk';
        // A full disk is no fault of the server: what is deleted meanwhile still goes out.
        if (!diskFull) gate.failed(failure);
        setState({ state: stateOf(outcome.failure), failure: outcome.failure });
        logger.info('cycle-failed', { accountId, kind: outcome.failure.kind, retryInMs: gate.opensInMs() });
        if (waiters.isAskedAgain() && isTransient(failure)) {
          // Who asked while this attempt was failing wants one of their own, now.
          waiters.finish(failure);
          gate.open();
          continue;
        }
        // Any other failure would only come again, and a refused login more often than it may (SYNC-019).
        waiters.finishAll(failure);
        if (diskFull) await waitAtMost(SWEEP_MS);
        else await waitForGate();
      } else if (outcome.value.complete) {
        setState({ state: 'ok', failure: null, lastSyncedAt: clock.now() });
        // Whoever waits for "caught up" also waits for what is still to be sent.
        if (waiters.isWaitedFor()) await push(true);
        waiters.finish(null);
        trigger = 'poll';
        await waitAtMost(SWEEP_MS);
      }
    }
  }

  /** Wakes without a person behind them do not shorten a backoff. */
  async function waitForGate(): Promise<void> {
    while (!signal.aborted && !gate.isOpen()) await waitAtMost(gate.opensInMs());
  }

  async function waitAtMost(delayMs: number | null): Promise<void> {
    nextSweepAt = clock.monotonic() + (delayMs ?? 0);
    const cancel = delayMs === null ? undefined : clock.after(delayMs, () => pullWake.set());
    await pullWake.wait(signal);
    cancel?.();
  }

  async function pushLoop(): Promise<void> {
    while (!signal.aborted) {
      const cancel = scheduleNextDue();
      await pushWake.wait(signal);
      cancel?.();
      if (signal.aborted || !gate.isOpen() || nextDueAt(store.read, accountId) === null) continue;
      await clock.sleep(PUSH_DEBOUNCE_MS, signal);
      await startTurn();
      const pushed = await push(clock.monotonic() - factsFreshAt < FACTS_FRESH_MS);
      pushEnded?.();
      if (signal.aborted) return;
      if (pushed.ok) {
        if (!pushed.value.allSent) wakePull('push');
      } else if (pushed.failure.kind === 'auth' || isTransient(pushed.failure)) {
        gate.failed(pushed.failure);
        // The pull loop finds out what is wrong, shows it, and wakes the push when the link is back.
        wakePull('push');
      }
    }
  }

  /** What the user did offline goes before old mail and bodies. */
  async function queueFirst(): Promise<void> {
    const due = nextDueAt(store.read, accountId);
    if (reconnected && due !== null && due <= clock.now()) {
      const ended = new Promise<void>((resolve) => {
        pushEnded = resolve;
      });
      await Promise.race([ended, clock.sleep(QUEUE_FIRST_MS, signal)]);
    }
    reconnected = false;
  }

  /** One push at a time: two would send the same change twice. */
  function push(factsAreFresh: boolean): Promise<Outcome<{ readonly allSent: boolean }>> {
    const run = pushing.then(() =>
      guarded('push', async () => {
        collectTraffic(context);
        const before: Totals = { ...context.totals };
        const startedAt = clock.now();
        const connected = await connector.connect('interactive', signal);
        const sent = connected.ok ? await pushPending(context, { signal, factsAreFresh }) : connected;
        if (!signal.aborted)
          noted('push', () => logPush(context, before, startedAt, sent.ok ? null : sent.failure));
        return sent;
      }),
    );
    pushing = run;
    return run;
  }

  function scheduleNextDue(): (() => void) | undefined {
    const due = nextDueAt(store.read, accountId);
    if (due === null || due <= clock.now()) return undefined;
    return clock.after(due - clock.now(), () => pushWake.set());
  }

  function startWatch(): void {
    if (watching) return;
    const inbox = mailboxByRole(store.read, accountId, 'inbox');
    if (!inbox || inbox.remoteKey === '') return;
    const onState = (seen: 'watching' | 'ended', failure: Failure | null): void => {
      setState({ watch: seen === 'watching' ? 'idle' : 'poll' });
      // The first to be refused may be the watch: the next look could be a minute away.
      if (failure?.kind === 'auth') {
        gate.failed(failure);
        setState({ state: stateOf(failure), failure });
      }
      if (!signal.aborted) noted('watch', () => logWatch(context, failure, trigger));
    };
    const watch = watchInbox(context, inbox, { onDirty: () => wakePull('push'), onState }, signal);
    watching = watch.finally(() => {
      watching = null;
    });
  }

  function setState(change: AccountStateChange): void {
    if (signal.aborted) return;
    const changed = change.state !== undefined && change.state !== state;
    state = change.state ?? state;
    noted('state', () =>
      store.writeTx('server', (tx) => {
        setAccountState(tx, accountId, change);
        if (changed) logState(tx, accountId, state, change.failure ?? null, trigger);
      }),
    );
  }

  /** A full disk, for instance: what the account does goes on, only what is told about it is old. */
  function noted(what: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      logBug(what, error);
    }
  }

  function logBug(work: string, error: unknown): void {
    logger.error('engine.bug', { work, accountId, error: bugText(error) });
  }

  /** A bug of ours in one round must not end the account's loop: it is logged, shown, and tried again later. */
  async function guarded<T>(work: string, run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof DiskFull) return fail(error.failure);
      logBug(work, error);
      return fail(BUG);
    }
  }

  async function prefetch(messageId: MessageId): Promise<void> {
    await guarded('prefetch', async () => {
      await prefetchNeighbours(context, messageId, signal, () => openedLast === messageId);
      return ok(null);
    });
  }

  const until = (stop?: AbortSignal): AbortSignal => (stop ? AbortSignal.any([signal, stop]) : signal);

  const loops = [pullLoop(), pushLoop()];
  pushWake.set();

  return {
    syncNow: (mailboxId, stop) => {
      stop?.addEventListener('abort', () => round.abort(), { once: true });
      first = mailboxId;
      const report = waiters.add();
      gate.open();
      wakePull('user');
      return report;
    },
    changesWaiting: () => pushWake.set(),
    lookAgain: () => pullWake.set(),
    networkChanged: () => connector.networkChanged?.(),
    retryNow: () => {
      gate.open();
      wakePull('user');
      pushWake.set();
    },
    fetchBody: async (messageId, stop) => {
      openedLast = messageId;
      const fetched = await guarded('body', () =>
        urgent.first(() => fetchOneBody(context, messageId, until(stop))),
      );
      if (fetched.ok) void prefetch(messageId);
      return fetched;
    },
    fetchContent: (content, stop) =>
      guarded('content', () => urgent.first(() => fetchContent(context, content, until(stop)))),
    search: (search, stop) =>
      guarded('search', () => urgent.first(() => searchServer(context, search, until(stop)))),
    inspect: () => {
      collectTraffic(context);
      return {
        step: gate.isOpen() ? step : `${step}, waiting after a failure`,
        connections: connector.connections(),
        nextAttemptInMs: gate.isOpen()
          ? Math.max(0, Math.round(nextSweepAt - clock.monotonic()))
          : rounded(gate.opensInMs()),
        factsAgeMs: Number.isFinite(factsFreshAt) ? Math.round(clock.monotonic() - factsFreshAt) : null,
        totals: { ...context.totals },
      };
    },
    stop: async () => {
      stopping.abort();
      waiters.finishAll({ kind: 'cancelled', message: 'Stopped.' });
      await Promise.allSettled([connector.close(), ...loops, watching]);
    },
  };
}

function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds);
}

function stateOf(failure: Failure): 'offline' | 'auth' | 'error' {
  if (failure.kind === 'auth') return 'auth';
  return isTransient(failure) || failure.kind === 'unknown-outcome' ? 'offline' : 'error';
}
