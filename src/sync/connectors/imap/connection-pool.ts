/**
 * The connections of one account by role (SYNC-121): a task waits only for the task before it on the same role, tasks
 * are short (one window, one group of bodies, one push), so a click waits for at most one of them.
 */
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { ConnectionRole, ConnectionState, Traffic } from '../contract';
import { CANCELLED } from '../link/link-failures';
import { type ConnectPorts, openSession } from './connection';
import { PROVE_AFTER_MS, PROVE_MS } from './limits';
import { decodeMailboxName } from './mailbox-name';
import type { ImapSession } from './session';
import type { ImapAccountSettings } from './settings';

export type Task<T> = (session: ImapSession) => Promise<Outcome<T>>;

export class ConnectionPool {
  readonly #settings: ImapAccountSettings;
  readonly #ports: ConnectPorts;
  readonly #sessions = new Map<ConnectionRole, ImapSession>();
  readonly #watchers = new Set<ImapSession>();
  /** The end of the queue of each role: a task starts when the one before it has settled. */
  readonly #tails = new Map<ConnectionRole, Promise<unknown>>();
  readonly #closing = new AbortController();
  #retired: Traffic = { bytesIn: 0, bytesOut: 0, roundTrips: 0 };

  constructor(settings: ImapAccountSettings, ports: ConnectPorts) {
    this.#settings = settings;
    this.#ports = ports;
  }

  /** Runs a task on the role's connection, opening it if needed. The first to come is the first to be served. */
  async use<T>(role: ConnectionRole, signal: AbortSignal, task: Task<T>): Promise<Outcome<T>> {
    const previous = this.#tails.get(role) ?? Promise.resolve();
    const turn = previous.then(async (): Promise<Outcome<T>> => {
      if (signal.aborted || this.#closing.signal.aborted) return fail(CANCELLED);
      const session = await this.#sessionOf(role, AbortSignal.any([signal, this.#closing.signal]));
      return session.ok ? await task(session.value) : session;
    });
    this.#tails.set(
      role,
      turn.catch(() => undefined),
    );
    return await turn;
  }

  /** A connection of its own for watching; the caller ends it with `release`. */
  async openWatcher(signal: AbortSignal): Promise<Outcome<ImapSession>> {
    const session = await this.#open(false, AbortSignal.any([signal, this.#closing.signal]));
    if (session.ok) this.#watchers.add(session.value);
    return session;
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

  async #sessionOf(role: ConnectionRole, signal: AbortSignal): Promise<Outcome<ImapSession>> {
    const existing = this.#sessions.get(role);
    if (existing && (await this.#isAlive(existing))) return ok(existing);
    if (existing) {
      this.#retire(existing);
      this.#sessions.delete(role);
    }
    const opened = await this.#open(role === 'bulk', signal);
    if (opened.ok) this.#sessions.set(role, opened.value);
    return opened;
  }

  /** A connection that was quiet for a while is asked before it is trusted (SYNC-118). */
  async #isAlive(session: ImapSession): Promise<boolean> {
    if (session.ended) return false;
    if (this.#ports.clock.monotonic() - session.usedAt < PROVE_AFTER_MS) return true;
    const reply = await session.command('NOOP', [], { quietMs: PROVE_MS });
    return reply.ok;
  }

  async #open(compress: boolean, signal: AbortSignal): Promise<Outcome<ImapSession>> {
    const opened = await openSession(this.#settings, this.#ports, { compress }, signal);
    if (opened.ok && this.#closing.signal.aborted) {
      await opened.value.close();
      return fail(CANCELLED);
    }
    return opened;
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
