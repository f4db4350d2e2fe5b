/** One part or a whole source in ranges of 1 MB, so that nothing else waits long for the link (SYNC-343). */
import type { PackedBlob } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Workbench } from '../../ports/workbench';
import type { RemoteMessage } from '../contract';
import { atom, peek } from './arguments';
import type { ConnectionPool } from './connection-pool';
import { fetchOne, fetchStructure } from './fetch-text-parts';
import { RANGE_BYTES } from './limits';
import { examine } from './pull-context';
import type { CommandResult, ImapSession } from './session';
import { stoppable } from './stoppable';

interface ContentFetch {
  readonly pool: ConnectionPool;
  readonly workbench: Workbench;
}

/** One part, decoded; null when the message or the part is not there. */
export async function fetchPart(
  { pool, workbench }: ContentFetch,
  remoteKey: string,
  message: RemoteMessage,
  section: string,
  signal: AbortSignal,
): Promise<Outcome<PackedBlob | null>> {
  const encoding = await inMailbox(pool, remoteKey, message, signal, async (session) => {
    const structure = await fetchStructure(session, message.uid);
    if (!structure.ok) return structure;
    return ok(structure.value?.find((part) => part.section === section)?.encoding ?? null);
  });
  if (!encoding.ok || encoding.value === null) return encoding.ok ? ok(null) : encoding;
  const bytes = await fetchInRanges(pool, remoteKey, message, section, signal);
  if (!bytes.ok || !bytes.value) return bytes.ok ? ok(null) : bytes;
  return workbench.run('blob', { content: bytes.value, encoding: encoding.value });
}

/** The message byte for byte; null when it is not there. */
export async function fetchSource(
  { pool, workbench }: ContentFetch,
  remoteKey: string,
  message: RemoteMessage,
  signal: AbortSignal,
): Promise<Outcome<PackedBlob | null>> {
  const bytes = await fetchInRanges(pool, remoteKey, message, '', signal);
  if (!bytes.ok || !bytes.value) return bytes.ok ? ok(null) : bytes;
  return workbench.run('blob', { content: bytes.value, encoding: null });
}

async function fetchInRanges(
  pool: ConnectionPool,
  remoteKey: string,
  message: RemoteMessage,
  section: string,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array | null>> {
  const chunks: Uint8Array[] = [];
  for (let from = 0; ; from += RANGE_BYTES) {
    const chunk = await inMailbox(pool, remoteKey, message, signal, async (session) => {
      const row = await fetchOne(session, message.uid, [
        atom('UID'),
        peek(section, { from, length: RANGE_BYTES }),
      ]);
      return row.ok ? ok(row.value?.sections.get(section) ?? null) : row;
    });
    if (!chunk.ok || (chunk.value === null && from === 0)) return chunk;
    if (chunk.value) chunks.push(chunk.value);
    if (!chunk.value || chunk.value.length < RANGE_BYTES) return ok(Buffer.concat(chunks));
  }
}

function inMailbox<T>(
  pool: ConnectionPool,
  remoteKey: string,
  message: RemoteMessage,
  signal: AbortSignal,
  work: (session: ImapSession) => Promise<CommandResult<T>>,
): Promise<Outcome<T>> {
  const task = stoppable(signal, async (session): Promise<Outcome<T>> => {
    const selected = await examine(session, remoteKey, message.uidValidity);
    if (!selected.ok) return fail(selected.error.failure);
    const result = await work(session);
    return result.ok ? ok(result.value) : fail(result.error.failure);
  });
  return pool.use('interactive', signal, task);
}
