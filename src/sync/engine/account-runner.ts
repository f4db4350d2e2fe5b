import type { MessageId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { isTransient } from '../../shared/failure';
import { fail, type Outcome } from '../../shared/outcome';
import { mailboxByRole } from '../store/read/mailboxes';
import { nextDueAt } from '../store/read/pending';
import { type AccountStateChange, setAccountState } from '../store/write/accounts';
import { reconnectDelayMs } from './backoff';
import { type ContentRequest, fetchContent } from './fetch-content';
import { fetchOneBody } from './fetch-one-body';
import { pushPending } from './push-pending';
import { runCycle, type Trigger } from './run-cycle';
import type { RunnerContext, Totals } from './runner-context';
import { createTurns } from './turns';
import { createWake } from './wake';
import { watchInbox } from './watch-inbox';

/** Mailboxes without a watch of their own are asked this often (SYNC-116). */
const SWEEP_MS = 60_000;
/** Keystrokes and clicks that follow each other closely go out together (SYNC-238). */
const PUSH_DEBOUNCE_MS = 50;
/** Facts older than this are refreshed before an old change goes out (SYNC-239). */
const FACTS_FRESH_MS = 60_000;

export interface CycleReport extends Totals {
  readonly result: 'ok' | 'partial' | 'error' | 'cancelled';
  readonly durationMs: number;
  readonly failure: Failure | null;
}

export interface AccountRunner {
  /** Resolves when everything is here and sent, or when the attempt failed. */
  syncNow(): Promise<CycleReport>;
  /** A change was enqueued. */
  changesWaiting(): void;
  /** Another mailbox or message is on screen. */
  lookingChanged(): void;
  /** Whether the account may use the network now; called again after every change of that. */
  setAllowed(allowed: boolean): void;
  /** Tries at once, whatever the backoff says. */
  retryNow(): void;
  fetchBody(messageId: MessageId): Promise<Outcome<'here' | 'gone'>>;
  fetchContent(content: ContentRequest): Promise<Outcome<'here' | 'gone'>>;
  stop(): Promise<void>;
}

interface Waiter {
  readonly startedAt: number;
  readonly before: Totals;
  resolve(report: CycleReport): void;
}

/** Runs one account: a loop that pulls, a loop that pushes, a watch on the inbox. They share nothing but the store. */
export function createAccountRunner(context: RunnerContext, initiallyAllowed: boolean): AccountRunner {
  const { store, clock, random, accountId, connector, logger } = context;
  const stopping = new AbortController();
  const inTurns = createTurns(clock);
  const pullWake = createWake();
  const pushWake = createWake();
  let link = new AbortController();
  let allowed = initiallyAllowed;
  let trigger: Trigger = 'start';
  let factsFreshAt = Number.NEGATIVE_INFINITY;
  let watching: Promise<void> | null = null;
  let waiters: Waiter[] = [];
  if (!allowed) link.abort();

  const wakePull = (why: Trigger): void => {
    trigger = why;
    pullWake.set();
  };

  async function pullLoop(): Promise<void> {
    let failures = 0;
    let lastSweep = Number.NEGATIVE_INFINITY;
    while (!stopping.signal.aborted) {
      if (!allowed) {
        await pullWake.wait(stopping.signal);
        continue;
      }
      const why = trigger;
      pullWake.clear();
      lastSweep = clock.monotonic();
      setState({ state: 'syncing' });
      const signal = link.signal;
      const outcome = await guarded('cycle', () =>
        runCycle(context, {
          trigger: why,
          inTurns,
          signal,
          shouldYield: () => pullWake.isSet() || clock.monotonic() - lastSweep > SWEEP_MS,
          onFactsFresh: () => {
            failures = 0;
            factsFreshAt = clock.monotonic();
            setState({ state: 'syncing', failure: null, lastSyncedAt: clock.now() });
            startWatch();
            pushWake.set();
          },
        }),
      );
      if (outcome.ok) {
        if (!outcome.value.complete) {
          pullWake.set();
          continue;
        }
        setState({ state: 'ok', failure: null, lastSyncedAt: clock.now() });
        await settleWaiters(null);
        trigger = 'poll';
        await waitForWork(SWEEP_MS);
        continue;
      }
      if (stopping.signal.aborted) break;
      if (outcome.failure.kind === 'cancelled') continue;
      failures += 1;
      setState({ state: stateOf(outcome.failure), failure: outcome.failure });
      await settleWaiters(outcome.failure);
      const delayMs = reconnectDelayMs(outcome.failure, failures, random.fraction());
      logger.info('cycle-failed', { accountId, kind: outcome.failure.kind, delayMs });
      trigger = 'poll';
      await waitForWork(delayMs);
    }
  }

  /** A bug of ours in one round must not end the account's loop: it is logged, shown, and tried again later. */
  async function guarded<T>(work: string, run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      return await run();
    } catch (error) {
      logger.error('engine.bug', {
        work,
        accountId,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return fail({
        kind: 'internal',
        message: 'Something went wrong inside Homeport.',
        hint: 'It is tried again; the log has the details.',
      });
    }
  }

  /** Waits for a wake-up, at most `delayMs`; null = only a wake-up ends it. */
  async function waitForWork(delayMs: number | null): Promise<void> {
    const cancel = delayMs === null ? undefined : clock.after(delayMs, () => pullWake.set());
    await pullWake.wait(stopping.signal);
    cancel?.();
  }

  async function pushLoop(): Promise<void> {
    let connectFailures = 0;
    while (!stopping.signal.aborted) {
      const cancel = scheduleNextDue();
      await pushWake.wait(stopping.signal);
      cancel?.();
      if (stopping.signal.aborted || !allowed || nextDueAt(store.read, accountId) === null) continue;
      await clock.sleep(PUSH_DEBOUNCE_MS, stopping.signal);
      const connected = await connector.connect('interactive', link.signal);
      if (!connected.ok) {
        connectFailures += 1;
        const delayMs = reconnectDelayMs(connected.failure, connectFailures, random.fraction());
        if (delayMs !== null && connected.failure.kind !== 'cancelled')
          clock.after(delayMs, () => pushWake.set());
        continue;
      }
      connectFailures = 0;
      const factsAreFresh = clock.monotonic() - factsFreshAt < FACTS_FRESH_MS;
      const pushed = await guarded('push', () =>
        pushPending(context, { signal: link.signal, factsAreFresh }),
      );
      if (pushed.ok && !pushed.value.allSent) wakePull('push');
      if (!pushed.ok && isTransient(pushed.failure)) wakePull('push');
    }
  }

  function scheduleNextDue(): (() => void) | undefined {
    const due = nextDueAt(store.read, accountId);
    if (due === null || due <= clock.now()) return undefined;
    return clock.after(due - clock.now(), () => pushWake.set());
  }

  function startWatch(): void {
    if (watching) return;
    const inbox = mailboxByRole(store.read, accountId, 'inbox');
    if (!inbox?.remoteKey) return;
    const signal = AbortSignal.any([link.signal, stopping.signal]);
    watching = watchInbox(
      context,
      inbox.remoteKey,
      {
        onDirty: () => wakePull('push'),
        onState: (state) => setState({ watch: state === 'watching' ? 'idle' : 'poll' }),
      },
      signal,
    ).finally(() => {
      watching = null;
    });
  }

  function setState(change: AccountStateChange): void {
    if (!stopping.signal.aborted) store.writeTx('server', (tx) => setAccountState(tx, accountId, change));
  }

  /** Whoever waits for "caught up" also waits for what is still to be sent. */
  async function settleWaiters(failure: Failure | null): Promise<void> {
    if (waiters.length === 0) return;
    if (!failure) await pushPending(context, { signal: link.signal, factsAreFresh: true });
    const done = waiters;
    waiters = [];
    for (const waiter of done) waiter.resolve(reportSince(waiter, failure));
  }

  function reportSince(waiter: Waiter, failure: Failure | null): CycleReport {
    const now = context.totals;
    return {
      result: failure === null ? 'ok' : failure.kind === 'cancelled' ? 'cancelled' : 'error',
      failure,
      durationMs: Math.round(clock.monotonic() - waiter.startedAt),
      fetched: now.fetched - waiter.before.fetched,
      changed: now.changed - waiter.before.changed,
      removed: now.removed - waiter.before.removed,
      pushed: now.pushed - waiter.before.pushed,
      parked: now.parked - waiter.before.parked,
    };
  }

  const loops = [pullLoop(), pushLoop()];
  pushWake.set();

  return {
    syncNow: () =>
      new Promise((resolve) => {
        waiters.push({ startedAt: clock.monotonic(), before: { ...context.totals }, resolve });
        wakePull('user');
      }),
    changesWaiting: () => pushWake.set(),
    lookingChanged: () => pullWake.set(),
    setAllowed: (next) => {
      if (next === allowed) return;
      allowed = next;
      if (allowed) link = new AbortController();
      else link.abort();
      wakePull('start');
      pushWake.set();
    },
    retryNow: () => {
      wakePull('user');
      pushWake.set();
    },
    fetchBody: (messageId) => fetchOneBody(context, messageId, link.signal),
    fetchContent: (content) => fetchContent(context, content, link.signal),
    stop: async () => {
      stopping.abort();
      link.abort();
      for (const waiter of waiters)
        waiter.resolve(reportSince(waiter, { kind: 'cancelled', message: 'Stopped.' }));
      await Promise.allSettled([connector.close(), ...loops, watching]);
    },
  };
}

function stateOf(failure: Failure): 'offline' | 'auth' | 'error' {
  if (failure.kind === 'auth') return 'auth';
  return isTransient(failure) || failure.kind === 'unknown-outcome' ? 'offline' : 'error';
}
