/**
 * One logged-in connection: commands with deadlines, the selected mailbox and what the server said about it. Owned by
 * the pool, used by one task at a time; every failure is a value.
 */
import type { Failure } from '../../../shared/failure';
import type { UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import type { Quirks } from '../../../shared/provider-quirks';
import type { Clock } from '../../ports/clock';
import type { ServerCapabilities, Traffic } from '../contract';
import { LINK_LOST, quietFailure } from '../link/link-failures';
import { atom, mailbox, withUtf8Names } from './arguments';
import { boundFailure, protocolFailure, translateLostLink, translateRefusal } from './failure-translation';
import { LOGOUT_MS, MAX_KEYWORDS, QUIET_MS } from './limits';
import { advertisedLimit, type LimitReached, piecesOf, readLimit, restOf } from './message-limit';
import type { ResponseLine, ServerStatus } from './response-line';
import { applySelectLine, type SelectedMailbox, selectedMailbox } from './selected-mailbox';
import { tokenText, WireSyntaxError } from './tokens';
import { parseUidSet } from './uid-set';
import type { Argument, Wire } from './wire';

/** Why a command did not succeed. `sent` decides whether a write has an unknown outcome. */
export type CommandError =
  | { readonly kind: 'refused'; readonly status: ServerStatus; readonly failure: Failure }
  | { readonly kind: 'lost'; readonly sent: boolean; readonly failure: Failure };

export type CommandResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CommandError };

function broken(error: CommandError): { readonly ok: false; readonly error: CommandError } {
  return { ok: false, error };
}

export interface CommandOptions {
  /** Every untagged response while the command runs. */
  readonly onLine?: (line: ResponseLine) => void;
  readonly onContinue?: () => void;
  /** Asked after every untagged response: a promise makes the reading wait for it. */
  readonly pause?: () => Promise<void> | null;
  /** Commands whose untagged answers are all that matters, sent in the same breath. */
  readonly ahead?: readonly string[];
  /** Longest silence; default QUIET_MS. */
  readonly quietMs?: number;
}

/** Commands whose untagged answers are what they did themselves; a FETCH is news only outside of one that asks for it. */
const OWN_DOING: ReadonlySet<string> = new Set([
  'SELECT',
  'EXAMINE',
  'UID STORE',
  'UID COPY',
  'UID MOVE',
  'UID EXPUNGE',
  'UID REPLACE',
  'APPEND',
]);

/** How often silence is looked at within the patience for it: every five seconds of a minute. */
const LOOKS = 12;

export class ImapSession {
  /** Everything advertised, upper case, without what is switched off for this account. */
  readonly advertised: ReadonlySet<string>;
  readonly quirks: Quirks;
  readonly wire: Wire;
  readonly #clock: Clock;
  readonly #enabled = new Set<string>();
  #selected: SelectedMailbox | null = null;
  #onLine: ((line: ResponseLine) => void) | null = null;
  #pause: (() => Promise<void> | null) | null = null;
  #ended: Failure | null = null;
  readonly #ending = new AbortController();
  #heardAt: number;
  #usedAt: number;
  #usedAtWall: number;
  #roundTrips = 0;
  #running = 0;
  #isDoubted = false;
  #messageLimit: number | null = null;
  #command = '';
  /** Told when the server says, unasked, that the selected mailbox is another one now (SYNC-080). */
  onNews: (() => void) | null = null;
  #malformedLines = 0;
  #reported = { received: 0, sent: 0 };

  constructor(wire: Wire, clock: Clock, advertised: ReadonlySet<string>, quirks: Quirks) {
    this.quirks = quirks;
    this.wire = wire;
    this.#clock = clock;
    this.#heardAt = clock.monotonic();
    this.#usedAt = this.#heardAt;
    this.#usedAtWall = clock.now();
    this.advertised = advertised;
  }

  get capabilities(): ServerCapabilities {
    return {
      condstore: this.advertised.has('CONDSTORE') || this.#enabled.has('QRESYNC'),
      qresync: this.#enabled.has('QRESYNC'),
      idle: this.advertised.has('IDLE'),
      move: this.advertised.has('MOVE'),
      uidplus: this.advertised.has('UIDPLUS'),
      esearch: this.advertised.has('ESEARCH'),
      listStatus: this.advertised.has('LIST-STATUS'),
    };
  }

  get canUnselect(): boolean {
    return this.advertised.has('UNSELECT') || this.advertised.has('IMAP4REV2');
  }

  /** UTF8=ACCEPT is on (RFC 9755): names of mailboxes are UTF-8, SEARCH has no CHARSET, APPEND a form of its own. */
  get namesInUtf8(): boolean {
    return this.#enabled.has('UTF8=ACCEPT');
  }

  get selected(): SelectedMailbox | null {
    return this.#selected;
  }
  /** Monotonic time of the last response line. */
  get heardAt(): number {
    return this.#heardAt;
  }
  /** Since the last command by any clock: while the computer sleeps only the one on the wall goes on. */
  quietForMs(): number {
    if (this.#isDoubted) return Number.POSITIVE_INFINITY;
    const byWall = Math.abs(this.#clock.now() - this.#usedAtWall);
    return Math.max(this.#clock.monotonic() - this.#usedAt, byWall);
  }
  /** The way to the server may be another one now: the next user proves it first. */
  doubt(): void {
    this.#isDoubted = true;
  }
  /** Responses so far that broke the grammar and were left out. */
  get malformedLines(): number {
    return this.#malformedLines;
  }
  get busy(): boolean {
    return this.#running > 0;
  }
  get ended(): boolean {
    return this.#ended !== null;
  }

  /** Called by the wire for every untagged response, inside and outside of commands (SYNC-080). */
  receive(line: ResponseLine): void {
    this.#heardAt = this.#clock.monotonic();
    line.namesInUtf8 = this.namesInUtf8;
    try {
      if (this.#selected) {
        if (this.#isNews(this.#selected, line)) this.onNews?.();
        this.#follow(this.#selected, line);
      }
      this.#onLine?.(line);
    } catch (error) {
      // A line that breaks the grammar says nothing; who must not miss one looks at the counter.
      if (!(error instanceof WireSyntaxError)) throw error;
      this.#malformedLines++;
    }
  }

  /** Aborts when the link is gone, so that nobody sleeps on a dead connection. */
  get endSignal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Called by the wire when the link is gone. */
  end(failure: Failure): void {
    this.#ended ??= failure;
    this.#ending.abort();
    this.#selected = null;
  }

  /** Asked by the wire after every line: what the command that runs wants to wait for. */
  pause(): Promise<void> | null {
    return this.#pause?.() ?? null;
  }

  /** ENABLE, once after login; only what the server lists in ENABLED is used (SYNC-031). */
  async enable(): Promise<CommandResult<null>> {
    // QRESYNC brings CONDSTORE with it (RFC 7162 3.2.3).
    const modseq = ['QRESYNC', 'CONDSTORE'].find((name) => this.advertised.has(name));
    const wanted = [modseq, 'UTF8=ACCEPT'].filter(
      (name): name is string => name !== undefined && this.advertised.has(name),
    );
    if (wanted.length === 0 || !this.advertised.has('ENABLE')) return ok(null);
    const reply = await this.command('ENABLE', wanted.map(atom), {
      onLine: (line) => {
        if (line.name !== 'ENABLED') return;
        for (const token of line.tokens()) this.#enabled.add((tokenText(token) ?? '').toUpperCase());
      },
    });
    return reply.ok || reply.error.kind === 'refused' ? ok(null) : reply;
  }

  /** The most messages the server takes in one command; null = as many as there are (SYNC-132). */
  get messageLimit(): number | null {
    return this.#messageLimit ?? advertisedLimit(this.advertised);
  }

  /** One command; what the server leaves because it is too much for one is asked for again from where it stopped. */
  async command(
    name: string,
    args: readonly Argument[] = [],
    options: CommandOptions = {},
  ): Promise<CommandResult<ServerStatus>> {
    let left = args;
    for (let stopped = Number.POSITIVE_INFINITY; ; ) {
      let limit: LimitReached | null = null;
      const reply = await this.#once(name, left, {
        ...options,
        onLine: (line) => {
          if (line.name === 'NO' || line.name === 'OK') limit = readLimit(line.status()) ?? limit;
          options.onLine?.(line);
        },
      });
      const status = reply.ok ? reply.value : reply.error.kind === 'refused' ? reply.error.status : null;
      const reached = (status && readLimit(status)) ?? (limit as LimitReached | null);
      if (reached) this.#messageLimit = Math.min(reached.most, this.#messageLimit ?? reached.most);
      // Who names the same place twice would be asked for ever.
      const isFurther = reached?.lowestUid !== null && (reached?.lowestUid ?? stopped) < stopped;
      const pieces = !reply.ok && reached ? piecesOf(name, left, reached) : null;
      if (pieces) return await this.#inPieces(name, pieces, options);
      const rest = reply.ok && reached && isFurther ? restOf(name, left, reached) : null;
      if (rest === null) return reply;
      left = rest;
      stopped = reached?.lowestUid ?? 0;
    }
  }

  async #inPieces(
    name: string,
    pieces: readonly (readonly Argument[])[],
    options: CommandOptions,
  ): Promise<CommandResult<ServerStatus>> {
    let last: CommandResult<ServerStatus> | null = null;
    for (const piece of pieces) {
      last = await this.#once(name, piece, options);
      if (!last.ok) break;
    }
    return last ?? broken({ kind: 'lost', sent: false, failure: LINK_LOST });
  }

  async #once(
    name: string,
    args: readonly Argument[],
    options: CommandOptions,
  ): Promise<CommandResult<ServerStatus>> {
    if (this.#ended) return broken({ kind: 'lost', sent: false, failure: this.#ended });
    let sent = false;
    const watchdog = this.#watch(options.quietMs ?? QUIET_MS);
    this.#onLine = options.onLine ?? null;
    this.#pause = options.pause ?? null;
    this.#roundTrips++;
    this.#running++;
    this.#command = name;
    try {
      const status = await this.wire.run(name, this.namesInUtf8 ? withUtf8Names(args) : args, {
        onSent: () => {
          sent = true;
        },
        ...(options.onContinue ? { onContinue: options.onContinue } : {}),
        ...(options.ahead ? { ahead: options.ahead } : {}),
      });
      this.#heardAt = this.#clock.monotonic();
      this.#isDoubted = false;
      if (status.status === 'OK') return ok(status);
      return broken({ kind: 'refused', status, failure: translateRefusal(status) });
    } catch (error) {
      const failure = this.#ended && this.#ended !== LINK_LOST ? this.#ended : translateLostLink(error);
      this.destroy(failure);
      return broken({ kind: 'lost', sent, failure });
    } finally {
      watchdog();
      this.#running--;
      this.#command = '';
      this.#onLine = null;
      this.#pause = null;
      this.#usedAt = this.#clock.monotonic();
      this.#usedAtWall = this.#clock.now();
    }
  }

  /**
   * EXAMINE, or SELECT where a write is due (SYNC-046). Always asks the server, so the answer is fresh; `modifier` is
   * the CONDSTORE or QRESYNC parameter.
   */
  async select(
    remoteKey: string,
    write: boolean,
    modifier: readonly Argument[] = [],
    onLine?: (line: ResponseLine) => void,
  ): Promise<CommandResult<SelectedMailbox>> {
    const selected = selectedMailbox(remoteKey, write);
    this.#selected = null;
    const args = [mailbox(remoteKey), ...(modifier.length > 0 ? [modifier] : [])];
    const reply = await this.command(write ? 'SELECT' : 'EXAMINE', args, {
      onLine: (line) => {
        applySelectLine(selected, line);
        onLine?.(line);
      },
    });
    if (!reply.ok) return reply;
    if (reply.value.code === 'READ-ONLY') selected.writable = false;
    if (selected.keywordCount > MAX_KEYWORDS) {
      const failure = boundFailure('keywords');
      this.destroy(failure);
      return broken({ kind: 'lost', sent: true, failure });
    }
    if (selected.uidValidity === null) {
      const failure = protocolFailure('The mail server does not number the messages of this folder.');
      return broken({ kind: 'refused', status: reply.value, failure });
    }
    this.#selected = selected;
    return ok(selected);
  }

  /** Makes sure a mailbox is selected, without asking again when it already is. */
  async ensureSelected(remoteKey: string, write: boolean): Promise<CommandResult<SelectedMailbox>> {
    const selected = this.#selected;
    if (selected?.remoteKey === remoteKey && (!write || selected.writable)) return ok(selected);
    return await this.select(remoteKey, write);
  }

  /**
   * STATUS must not name the selected mailbox (RFC 9051 6.3.11): leave it first. A server without UNSELECT is made to
   * look at the mailbox again instead, which brings its numbers up to date.
   */
  async unselect(): Promise<CommandResult<null>> {
    if (!this.#selected) return ok(null);
    if (this.canUnselect) this.#selected = null;
    const reply = await this.command(this.canUnselect ? 'UNSELECT' : 'NOOP');
    return reply.ok ? ok(null) : reply;
  }

  takeTraffic(): Traffic {
    const bytes = this.wire.bytes();
    const traffic = {
      bytesIn: bytes.received - this.#reported.received,
      bytesOut: bytes.sent - this.#reported.sent,
      roundTrips: this.#roundTrips,
    };
    this.#reported = { ...bytes };
    this.#roundTrips = 0;
    return traffic;
  }

  /** LOGOUT with a short patience, then the socket goes (SYNC-403). */
  async close(): Promise<void> {
    if (!this.#ended) {
      const cancel = this.#clock.after(LOGOUT_MS, () => this.wire.destroy());
      await this.wire.logout().catch(() => undefined);
      cancel();
    }
    this.destroy(LINK_LOST);
  }

  destroy(failure: Failure): void {
    this.end(failure);
    this.wire.destroy();
  }

  /** Ends the connection when not a byte arrives for `quietMs`; a long answer is progress (SYNC-125). */
  #watch(quietMs: number): () => void {
    let bytes = this.wire.bytes().received;
    let changedAt = this.#clock.monotonic();
    let lookedAt = changedAt;
    let cancel = () => {};
    const arm = () => {
      cancel = this.#clock.after(quietMs / LOOKS, () => {
        const now = this.#clock.monotonic();
        const received = this.wire.bytes().received;
        // They came at some time since the last look: nobody waits for longer than `quietMs`.
        if (received !== bytes) changedAt = lookedAt;
        lookedAt = now;
        bytes = received;
        if (now - changedAt >= quietMs) this.destroy(quietFailure());
        else arm();
      });
    };
    arm();
    return () => cancel();
  }

  #isNews(selected: SelectedMailbox, line: ResponseLine): boolean {
    if (OWN_DOING.has(this.#command)) return false;
    switch (line.name) {
      // Some servers repeat the count whenever they are asked anything.
      case 'EXISTS':
        return line.number !== selected.exists;
      case 'EXPUNGE':
        return true;
      case 'VANISHED':
        return !readVanished(line).earlier;
      case 'FETCH':
        return this.#command !== 'UID FETCH';
      default:
        return false;
    }
  }

  #follow(selected: SelectedMailbox, line: ResponseLine): void {
    switch (line.name) {
      case 'EXISTS':
        selected.exists = line.number ?? selected.exists;
        break;
      case 'EXPUNGE':
        selected.exists = Math.max(0, selected.exists - 1);
        break;
      case 'VANISHED': {
        const vanished = readVanished(line);
        selected.vanished.push(...vanished.ranges);
        // Only messages we were told about are named here, so counting is safe (RFC 7162 3.2.10).
        if (!vanished.earlier) {
          const gone = vanished.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
          selected.exists = Math.max(0, selected.exists - gone);
        }
        break;
      }
    }
  }
}

/** VANISHED stays ranges, however huge (SYNC-074). Empty when the line is malformed. */
export function readVanished(line: ResponseLine): {
  readonly earlier: boolean;
  readonly ranges: readonly UidRange[];
} {
  try {
    const tokens = line.tokens();
    const earlier = Array.isArray(tokens[0]);
    return { earlier, ranges: parseUidSet(tokenText(tokens[earlier ? 1 : 0]) ?? '') ?? [] };
  } catch {
    return { earlier: true, ranges: [] };
  }
}
