/**
 * The connections of one account by role (SYNC-121): a task waits only for the task before it on the same role, tasks
 * are short (one window, one group of bodies, one push), so a click waits for at most one of them. A server that allows
 * fewer connections gets all work over one; the watch goes last (SYNC-123).
 */
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { type Quirks, quirksOf } from '../../../shared/provider-quirks';
import type { ConnectionRole, ConnectionState, Traffic } from '../contract';
import { CANCELLED } from '../link/link-failures';
import { type ConnectPorts, openSession } from './connection';
import { FEWER_FOR_MS, PROVE_AFTER_MS, PROVE_MS } from './limits';
import { decodeMailboxName } from './mailbox-name';
import type { ImapSession } from './session';
import type { ImapAccountSettings } from './settings';

export type Task<T> = (session: ImapSession) => Promise<Outcome<T>>;

const NO_ROOM_TO_WATCH: Failure = {
  kind: 'throttled',
  bound: 'connections',
  message: 'The mail server allows no connection that only waits for new mail.',
};

/** As many as there may be are open: the server is not asked for one more. */
const AT_THE_CAP: Failure = {
  kind: 'throttled',
  bound: 'connections',
  message: 'All connections that this account may have are in use.',
};

function isTooMany(failure: Failure): boolean {
  return failure.kind === 'throttled' && failure.bound === 'connections';
}

export class ConnectionPool {
  readonly #settings: ImapAccountSettings;
  readonly #ports: ConnectPorts;
  readonly #sessions = new Map<ConnectionRole, ImapSession>();
  readonly #watchers = new Set<ImapSession>();
  /** The end of the queue of each role: a task starts when the one before it has settled. */
  readonly #tails = new Map<ConnectionRole, Promise<unknown>>();
  readonly #closing = new AbortController();
  #shared: { readonly role: ConnectionRole; readonly until: number } | null = null;
  readonly #newsListeners = new Set<() => void>();
  readonly #doubtListeners = new Set<() => void>();
  #opening = 0;
  #lastOpening: Promise<unknown> = Promise.resolve();
  #cap: number;
  #noWatchUntil = Number.NEGATIVE_INFINITY;
  #retired: Traffic = { bytesIn: 0, bytesOut: 0, roundTrips: 0 };

  constructor(settings: ImapAccountSettings, ports: ConnectPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#cap = this.#capBy(quirksOf(settings.server));
  }

  /** Runs a task on the role's connection, opening it if needed. The first to come is the first to be served. */
  async use<T>(role: ConnectionRole, signal: AbortSignal, task: Task<T>): Promise<Outcome<T>> {
    const lane = this.#sharedBy() ?? role;
    const previous = this.#tails.get(lane) ?? Promise.resolve();
    const turn = previous.then(async (): Promise<Outcome<T> | 'elsewhere'> => {
      if (signal.aborted || this.#closing.signal.aborted) return fail(CANCELLED);
      const stop = AbortSignal.any([signal, this.#closing.signal]);
      const session = await this.#sessionOf(lane, stop);
      if (session.ok) return await task(session.value);
      if (!isTooMany(session.failure)) return session;
      // The other role's connection is on its way: it can be shared when it is there.
      if (session.failure === AT_THE_CAP && this.#opening > 0) {
        await this.#lastOpening;
        return 'elsewhere';
      }
      if (this.#share(lane)) return 'elsewhere';
      if (!this.#stopWatching()) return session;
      const instead = await this.#sessionOf(lane, stop);
      return instead.ok ? await task(instead.value) : instead;
    });
    this.#tails.set(
      lane,
      turn.catch(() => undefined),
    );
    const outcome = await turn;
    return outcome === 'elsewhere' ? await this.use(role, signal, task) : outcome;
  }

  /** Ends a role's connection when it is free: what comes next opens another one. */
  async renew(role: ConnectionRole): Promise<void> {
    const lane = this.#sharedBy() ?? role;
    await this.#tails.get(lane);
    const session = this.#sessions.get(lane);
    if (!session || session.busy) return;
    this.#sessions.delete(lane);
    this.#retire(session);
    await session.close();
  }

  /** A connection of its own for watching; the caller ends it with `release`. */
  async openWatcher(signal: AbortSignal): Promise<Outcome<ImapSession>> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    const heldMs = this.#noWatchUntil - this.#ports.clock.monotonic();
    if (heldMs > 0) return fail({ ...NO_ROOM_TO_WATCH, retryAfterMs: heldMs });
    let session = await this.#open(false, stop);
    if (!session.ok && isTooMany(session.failure)) {
      // Word of new mail at once is worth more than a second connection for work.
      if (await this.#giveUpBulk()) session = await this.#open(false, stop);
      else this.#noWatchUntil = this.#ports.clock.monotonic() + FEWER_FOR_MS;
    }
    if (session.ok) this.#watchers.add(session.value);
    return session;
  }

  /** The network is another one: every connection is proven before it is trusted (SYNC-118). */
  doubt(): void {
    for (const session of [...this.#sessions.values(), ...this.#watchers]) session.doubt();
    for (const listener of this.#doubtListeners) listener();
  }

  /** Told when a watch has to prove its connection; answers how to stop. */
  onDoubt(listener: () => void): () => void {
    this.#doubtListeners.add(listener);
    return () => this.#doubtListeners.delete(listener);
  }

  /** Told when a connection that works hears that its mailbox changed; answers how to stop. */
  onNews(listener: () => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** Without LOGOUT: it would have to wait for the end of an IDLE. */
  release(watcher: ImapSession): void {
    if (!this.#watchers.delete(watcher)) return;
    this.#retire(watcher);
    watcher.destroy(CANCELLED);
  }

  connections(): ConnectionState[] {
    const watching = [...this.#watchers].map((session) => ['watch', session] as const);
    return [...this.#sessions, ...watching].flatMap(([role, session]) => {
      const key = session.selected?.remoteKey;
      const mailbox = key === undefined ? null : decodeMailboxName(key);
      return session.ended ? [] : [{ role, mailbox, busy: session.busy }];
    });
  }

  takeTraffic(): Traffic {
    const sum = [...this.#sessions.values(), ...this.#watchers].map((session) => session.takeTraffic());
    const total = [this.#retired, ...sum].reduce(add);
    this.#retired = { bytesIn: 0, bytesOut: 0, roundTrips: 0 };
    return total;
  }

  /** Ends everything within the patience of LOGOUT (SYNC-403). */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const watcher of this.#watchers) this.release(watcher);
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session.close()));
  }

  /** The one connection that does all work, while the server allows no more; null = each role has its own. */
  #sharedBy(): ConnectionRole | null {
    return this.#shared && this.#ports.clock.monotonic() < this.#shared.until ? this.#shared.role : null;
  }

  /** No connection of its own for a role: whatever the other one has is shared for an hour (SYNC-123). */
  #share(refused: ConnectionRole): boolean {
    const other: ConnectionRole = refused === 'bulk' ? 'interactive' : 'bulk';
    if (this.#sharedBy() === other) return true;
    const session = this.#sessions.get(other);
    if (!session || session.ended) return false;
    this.#shared = { role: other, until: this.#ports.clock.monotonic() + FEWER_FOR_MS };
    return true;
  }

  /** Leaves the bulk connection to others where an interactive one can take its work. */
  async #giveUpBulk(): Promise<boolean> {
    const bulk = this.#sessions.get('bulk');
    if (!bulk || !this.#share('bulk')) return false;
    await this.#tails.get('bulk');
    if (this.#sessions.get('bulk') === bulk) this.#sessions.delete('bulk');
    this.#retire(bulk);
    await bulk.close();
    return true;
  }

  /** Nobody watches for an hour, so that there is a connection for work (SYNC-121). */
  #stopWatching(): boolean {
    if (this.#watchers.size === 0) return false;
    this.#noWatchUntil = this.#ports.clock.monotonic() + FEWER_FOR_MS;
    for (const watcher of this.#watchers) this.release(watcher);
    return true;
  }

  async #sessionOf(role: ConnectionRole, signal: AbortSignal): Promise<Outcome<ImapSession>> {
    const existing = this.#sessions.get(role);
    if (existing && (await this.#isAlive(existing))) return ok(existing);
    if (existing) {
      this.#retire(existing);
      this.#sessions.delete(role);
    }
    const opened = await this.#open(role === 'bulk', signal);
    if (!opened.ok) return opened;
    this.#sessions.set(role, opened.value);
    opened.value.onNews = () => {
      for (const listener of this.#newsListeners) listener();
    };
    return opened;
  }

  /** A connection that was quiet for a while, or slept through one, is asked before it is trusted (SYNC-118). */
  async #isAlive(session: ImapSession): Promise<boolean> {
    if (session.ended) return false;
    if (session.quietForMs() < PROVE_AFTER_MS) return true;
    const reply = await session.command('NOOP', [], { quietMs: PROVE_MS });
    return reply.ok;
  }

  async #open(compress: boolean, signal: AbortSignal): Promise<Outcome<ImapSession>> {
    if (this.#openCount() >= this.#cap) return fail(AT_THE_CAP);
    this.#opening++;
    const opening = openSession(this.#settings, this.#ports, { compress }, signal).finally(() => {
      this.#opening--;
    });
    this.#lastOpening = opening;
    const opened = await opening;
    if (opened.ok) this.#cap = this.#capBy(opened.value.quirks);
    if (opened.ok && this.#closing.signal.aborted) {
      await opened.value.close();
      return fail(CANCELLED);
    }
    return opened;
  }

  #openCount(): number {
    const living = [...this.#sessions.values(), ...this.#watchers].filter((session) => !session.ended);
    return this.#opening + living.length;
  }

  /** The hard cap: of the account, and of what is known of its provider (SYNC-121). */
  #capBy({ maxConnections }: Pick<Quirks, 'maxConnections'>): number {
    return Math.max(1, Math.min(maxConnections, this.#settings.maxConnections ?? maxConnections));
  }

  #retire(session: ImapSession): void {
    this.#retired = add(this.#retired, session.takeTraffic());
  }
}

function add(a: Traffic, b: Traffic): Traffic {
  return {
    bytesIn: a.bytesIn + b.bytesIn,
    bytesOut: a.bytesOut + b.bytesOut,
    roundTrips: a.roundTrips + b.roundTrips,
  };
}
