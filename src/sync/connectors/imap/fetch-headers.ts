/**
 * UID FETCH of headers. The responses are only collected here; the workbench reads them while the next ones come, so the
 * engine's thread does nothing per message but pass bytes on (SYNC-395).
 */
import { toRows } from '../../../shared/columns';
import type { PackedMessage, UidRange } from '../../../shared/observation';
import { type Outcome, ok } from '../../../shared/outcome';
import type { HeaderLines, Workbench } from '../../ports/workbench';
import { uidSet } from './arguments';
import { uidOfBrokenRow } from './fetch-row';
import { factItems, headerItems } from './header-items';
import { joinLines, splitLines } from './header-lines';
import { HEADER_BLOCK_BYTES, MAX_UNREAD_BYTES } from './limits';
import type { ResponseLine } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { formatUidSets } from './uid-set';

export interface HeaderRows {
  /** In the server's order; rows nobody asked for may be among them. */
  readonly messages: readonly PackedMessage[];
  /** UIDs whose row was unreadable. */
  readonly broken: readonly number[];
}

/**
 * `onRows` gets what was read as soon as it is, in the server's order. `factsOnly`: only what the server itself knows of
 * the messages, nothing their senders wrote.
 */
export async function fetchHeaders(
  session: ImapSession,
  ranges: readonly UidRange[],
  workbench: Workbench,
  factsOnly: boolean,
  onRows: (rows: HeaderRows) => void,
): Promise<CommandResult<null>> {
  const items = factsOnly ? factItems(session) : headerItems(session);
  const reader = new HeaderReader(workbench, factsOnly, onRows);
  for (const set of formatUidSets(ranges)) {
    const reply = await session.command('UID FETCH', [uidSet(set), items], {
      onLine: (line) => reader.take(line),
      pause: () => reader.pause(),
    });
    if (!reply.ok) {
      // What came before the link broke is read as well: it need not be asked for again.
      await reader.finish();
      return reply;
    }
  }
  const read = await reader.finish();
  if (read.ok) return read;
  return { ok: false, error: { kind: 'lost', sent: true, failure: read.failure } };
}

class HeaderReader {
  readonly #workbench: Workbench;
  readonly #factsOnly: boolean;
  readonly #onRows: (rows: HeaderRows) => void;
  #lines: ResponseLine[] = [];
  #bytes = 0;
  #unread = 0;
  /** All blocks up to the last one; the first failure ends it. */
  #told: Promise<Outcome<null>> = Promise.resolve(ok(null));
  #waiting: (() => void)[] = [];

  constructor(workbench: Workbench, factsOnly: boolean, onRows: (rows: HeaderRows) => void) {
    this.#workbench = workbench;
    this.#factsOnly = factsOnly;
    this.#onRows = onRows;
  }

  take(line: ResponseLine): void {
    if (line.name !== 'FETCH') return;
    this.#lines.push(line);
    this.#bytes += line.payload.length;
    for (const literal of line.literals) this.#bytes += literal.length;
    if (this.#bytes >= HEADER_BLOCK_BYTES) this.#handOver();
  }

  /** A server that is faster than the bench waits. */
  pause(): Promise<void> | null {
    if (this.#unread < MAX_UNREAD_BYTES) return null;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  finish(): Promise<Outcome<null>> {
    if (this.#lines.length > 0) this.#handOver();
    return this.#told;
  }

  #handOver(): void {
    const block = joinLines(this.#lines, this.#factsOnly);
    this.#lines = [];
    this.#bytes = 0;
    const size = block.bytes.length;
    this.#unread += size;
    const read = this.#read(block);
    this.#told = this.#tell(this.#told, read);
    void read.then(() => {
      this.#unread -= size;
      if (this.#unread < MAX_UNREAD_BYTES) for (const resume of this.#waiting.splice(0)) resume();
    });
  }

  async #tell(before: Promise<Outcome<null>>, read: Promise<Outcome<HeaderRows>>): Promise<Outcome<null>> {
    const told = await before;
    if (!told.ok) return told;
    const rows = await read;
    if (!rows.ok) return rows;
    this.#onRows(rows.value);
    return told;
  }

  async #read(block: HeaderLines): Promise<Outcome<HeaderRows>> {
    const read = await this.#workbench.run('headers', block);
    if (read.ok) {
      free(block);
      return ok({ messages: toRows(read.value.messages), broken: read.value.broken });
    }
    if (read.failure.kind === 'cancelled') return read;
    const lines = splitLines(block);
    if (lines.length === 1) {
      const uid = uidOfBrokenRow(lines[0]?.text ?? '');
      return ok({ messages: [], broken: uid === null ? [] : [uid] });
    }
    // What broke the bench is one response: each by itself, it takes no other along.
    const messages: PackedMessage[] = [];
    const broken: number[] = [];
    for (const line of lines) {
      const one = await this.#read(joinLines([line], this.#factsOnly));
      if (!one.ok) return one;
      messages.push(...one.value.messages);
      broken.push(...one.value.broken);
    }
    return ok({ messages, broken });
  }
}

/** Gives the memory back now: blocks that have waited are old, and the collector would let dozens of them pile up. */
function free({ bytes }: HeaderLines): void {
  if (bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.length)
    bytes.buffer.transfer(0);
}
