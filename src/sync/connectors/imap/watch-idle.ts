/** IDLE (RFC 2177) on a connection of its own; without IDLE a NOOP every minute, or every five while nobody looks (SYNC-115 to 120). */
import type { Failure } from '../../../shared/failure';
import type { Checkpoint } from '../../../shared/observation';
import type { Clock } from '../../ports/clock';
import type { WatchEvent, WatchOptions } from '../contract';
import { CANCELLED, LINK_LOST } from '../link/link-failures';
import type { ConnectionPool } from './connection-pool';
import {
  DIRTY_SPACING_MS,
  IDLE_DONE_MS,
  IDLE_REISSUE_MS,
  IDLE_SILENCE_MS,
  NEWS_SPACING_MS,
  POLL_HIDDEN_MS,
  POLL_MS,
  PROVE_MS,
  QUIET_MS,
  SLEEP_LOOK_MS,
  SLEPT_MS,
} from './limits';
import type { ResponseLine } from './response-line';
import type { SelectedMailbox } from './selected-mailbox';
import type { ImapSession } from './session';

/** Responses that mean "look at the mailbox"; '* OK Still here' is only a sign of life. */
const CHANGES: ReadonlySet<string> = new Set(['EXISTS', 'EXPUNGE', 'VANISHED', 'FETCH']);

/**
 * Yields 'watching', then 'dirty' once: whatever happened between the last pull and now is found by one look, unless it is
 * known to be nothing. After that 'dirty' for every burst of changes, at most one per DIRTY_SPACING_MS. Ends with 'ended',
 * except when aborted.
 */
export async function* watchMailbox(
  pool: ConnectionPool,
  clock: Clock,
  remoteKey: string,
  signal: AbortSignal,
  { isVisible = () => true, synced = null }: WatchOptions = {},
): AsyncGenerator<WatchEvent, void, void> {
  const opened = await pool.openWatcher(signal);
  if (!opened.ok) {
    if (!signal.aborted) yield { kind: 'ended', failure: opened.failure };
    return;
  }
  const session = opened.value;
  const watch = new MailboxWatch(session, clock, isVisible);
  const stop = () => pool.release(session);
  signal.addEventListener('abort', stop, { once: true });
  const unlisten = [pool.onNews(() => watch.hear()), pool.onDoubt(() => watch.prove())];
  try {
    const selected = await session.select(remoteKey, false);
    if (!selected.ok) {
      if (!signal.aborted) yield { kind: 'ended', failure: selected.error.failure };
      return;
    }
    const running = watch.run();
    yield { kind: 'watching' };
    if (!isUnchanged(session, selected.value, synced)) yield { kind: 'dirty' };
    while (await watch.nextDirty()) {
      yield { kind: 'dirty' };
      await clock.sleep(DIRTY_SPACING_MS, signal);
    }
    const failure = await running;
    if (!signal.aborted && failure !== CANCELLED) yield { kind: 'ended', failure };
  } finally {
    signal.removeEventListener('abort', stop);
    for (const end of unlisten) end();
    watch.close();
    pool.release(session);
  }
}

/**
 * A look costs a first sync the window that is on its way. The numbers of a server with QRESYNC make it needless: there an
 * EXPUNGE moves the highest one too (RFC 7162 3.2.10).
 */
function isUnchanged(session: ImapSession, selected: SelectedMailbox, synced: Checkpoint | null): boolean {
  return (
    session.capabilities.qresync &&
    synced?.backfillComplete === false &&
    synced.highestModseq !== null &&
    synced.highestModseq === selected.highestModseq &&
    synced.uidNext === selected.uidNext &&
    synced.uidValidity === selected.uidValidity
  );
}

class MailboxWatch {
  readonly #session: ImapSession;
  readonly #clock: Clock;
  readonly #isVisible: () => boolean;
  #dirty = false;
  #over = false;
  #rest: (() => void) | null = null;
  #heardAgain = false;
  #proveNow: (() => void) | null = null;
  #wake: () => void = () => {};

  constructor(session: ImapSession, clock: Clock, isVisible: () => boolean) {
    this.#isVisible = isVisible;
    this.#session = session;
    this.#clock = clock;
  }

  /** News that came over a connection at work; seldom, because looking may bring the same news again. */
  hear(): void {
    if (this.#rest) {
      this.#heardAgain = true;
      return;
    }
    this.#mark();
    this.#rest = this.#clock.after(NEWS_SPACING_MS, () => {
      this.#rest = null;
      if (!this.#heardAgain) return;
      this.#heardAgain = false;
      this.hear();
    });
  }

  /** Nobody listens any more. */
  close(): void {
    this.#rest?.();
  }

  /** Ends the IDLE that runs: the answer within PROVE_MS is the proof, and the next one begins (SYNC-118). */
  prove(): void {
    this.#proveNow?.();
  }

  #mark(): void {
    this.#dirty = true;
    this.#wake();
  }

  /** True when something changed since the last call; false when the watch is over. */
  async nextDirty(): Promise<boolean> {
    while (!this.#dirty && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const dirty = this.#dirty;
    this.#dirty = false;
    return dirty;
  }

  /** Keeps watching until the link breaks; answers why. */
  async run(): Promise<Failure> {
    const onLine = (line: ResponseLine) => {
      if (CHANGES.has(line.name)) this.#mark();
    };
    let failure: Failure | null = null;
    while (!failure) {
      failure = this.#session.capabilities.idle ? await this.#idleOnce(onLine) : await this.#pollOnce(onLine);
    }
    this.#over = true;
    this.#wake();
    return failure;
  }

  /** One IDLE: ended after nine minutes, or earlier when not a word came for five (SYNC-117). */
  async #idleOnce(onLine: (line: ResponseLine) => void): Promise<Failure | null> {
    const startedAt = this.#clock.monotonic();
    let answered = false;
    let doneSent = false;
    let cancel = () => {};
    let look = this.#times();
    const arm = (): void => {
      const now = this.#times();
      // The wall clock went on without us: the computer slept, and the link may not have survived it (SYNC-118).
      const slept = Math.abs(now.wall - look.wall - (now.steady - look.steady)) > SLEPT_MS;
      look = now;
      // Signs of life move the moment, so it is worked out again when the timer fires.
      const leftMs = this.#due(startedAt) - now.steady;
      if (slept) finish(PROVE_MS);
      else if (leftMs <= 0) finish(IDLE_DONE_MS);
      else cancel = this.#clock.after(Math.min(leftMs, SLEEP_LOOK_MS), arm);
    };
    const finish = (patienceMs: number): void => {
      this.#proveNow = null;
      cancel();
      // Before the server's '+' there is nothing to end: such a server is as good as dead.
      if (!answered) {
        this.#session.destroy(LINK_LOST);
        return;
      }
      doneSent = true;
      this.#session.wire.write('DONE');
      cancel = this.#clock.after(patienceMs, () => this.#session.destroy(LINK_LOST));
    };
    this.#proveNow = () => finish(PROVE_MS);
    arm();
    const reply = await this.#session.command('IDLE', [], {
      onLine,
      onContinue: () => {
        answered = true;
      },
      quietMs: IDLE_REISSUE_MS * 4,
    });
    this.#proveNow = null;
    cancel();
    if (!reply.ok) return reply.error.failure;
    // A server that ends IDLE by itself at once would be asked in a tight loop.
    if (!doneSent) await this.#clock.sleep(DIRTY_SPACING_MS, this.#session.endSignal);
    return null;
  }

  #times(): { readonly steady: number; readonly wall: number } {
    return { steady: this.#clock.monotonic(), wall: this.#clock.now() };
  }

  #due(startedAt: number): number {
    return Math.min(startedAt + IDLE_REISSUE_MS, this.#session.heardAt + IDLE_SILENCE_MS);
  }

  async #pollOnce(onLine: (line: ResponseLine) => void): Promise<Failure | null> {
    const askedAt = this.#clock.monotonic();
    // A window that appears meanwhile is looked for every minute, without a word to the server.
    do await this.#clock.sleep(POLL_MS, this.#session.endSignal);
    while (!this.#isVisible() && !this.#session.ended && this.#clock.monotonic() - askedAt < POLL_HIDDEN_MS);
    const quietMs = Number.isFinite(this.#session.quietForMs()) ? QUIET_MS : PROVE_MS;
    const reply = await this.#session.command('NOOP', [], { onLine, quietMs });
    return reply.ok ? null : reply.error.failure;
  }
}
