/** Bodies in groups, newest first as asked: whole messages up to a size, above it only their text (SYNC-058). */
import type { Failure } from '../../../shared/failure';
import type { PackedBody } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { Workbench } from '../../ports/workbench';
import type { BodyRequest, BodyResult, ConnectionRole } from '../contract';
import { atom, peek } from './arguments';
import type { ConnectionPool } from './connection-pool';
import { downloadFailure } from './failure-translation';
import { fetchRowsTwice } from './fetch-rows';
import { fetchTextParts } from './fetch-text-parts';
import { BODY_GROUP_BYTES, BODY_GROUP_MESSAGES } from './limits';
import { examine } from './pull-context';
import { ofThisMailbox } from './pull-failures';
import type { CommandError, CommandResult, ImapSession } from './session';

type Wanted = BodyRequest['messages'][number];

export interface BodyFetch {
  readonly pool: ConnectionPool;
  readonly role: ConnectionRole;
  readonly request: BodyRequest;
  readonly workbench: Workbench;
}

export async function* fetchBodies(
  fetch: BodyFetch,
  signal: AbortSignal,
): AsyncGenerator<Outcome<BodyResult>, void, void> {
  const groups = groupsOf(fetch.request);
  const load = (group: Group | undefined) => group && fetchGroup(fetch, group, signal);
  let loading = load(groups[0]);
  for (const [index, group] of groups.entries()) {
    const fetched = await loading;
    if (!fetched?.ok) {
      if (fetched) yield fetched;
      return;
    }
    // The next group travels while this one is being prepared and stored.
    loading = load(groups[index + 1]);
    for (const { uid } of group.messages) {
      const prepared = await fetched.value.get(uid);
      if (prepared?.ok === false && prepared.failure.kind === 'cancelled') return yield prepared;
      // What breaks the bench once would break it again: it is told and left out.
      yield ok({ uid, body: prepared ? (prepared.ok ? prepared.value : 'unreadable') : null });
    }
  }
}

async function fetchGroup(
  { pool, role, request, workbench }: BodyFetch,
  group: Group,
  signal: AbortSignal,
): Promise<Outcome<ReadonlyMap<number, Prepared>>> {
  await workbench.room();
  const loading = pool.use(role, signal, async (session): Promise<Outcome<ReadonlyMap<number, Prepared>>> => {
    const selected = await examine(session, request.remoteKey, request.uidValidity);
    if (!selected.ok) return fail(ofThisMailbox(selected.error));
    const bodies = await (group.whole ? fetchSources : fetchTexts)(session, group.messages, workbench);
    return bodies.ok ? ok(bodies.value) : fail(bodyFailure(bodies.error));
  });
  // Nobody may be waiting any more when it ends; who does still gets the error.
  loading.catch(() => undefined);
  return loading;
}

function bodyFailure(error: CommandError): Failure {
  const failure = downloadFailure(error);
  return failure === error.failure ? ofThisMailbox(error) : failure;
}

/** On the workbench since it came. */
type Prepared = Promise<Outcome<PackedBody>>;

interface Group {
  readonly whole: boolean;
  readonly messages: readonly Wanted[];
}

/** In the order asked for; a message that is fetched in parts stands alone. */
export function groupsOf(request: BodyRequest): Group[] {
  const groups: Group[] = [];
  let current: Wanted[] = [];
  let bytes = 0;
  const flush = () => {
    if (current.length > 0) groups.push({ whole: true, messages: current });
    current = [];
    bytes = 0;
  };
  for (const message of request.messages) {
    if (message.size > request.wholeBelowBytes) {
      flush();
      groups.push({ whole: false, messages: [message] });
      continue;
    }
    if (current.length >= BODY_GROUP_MESSAGES || bytes + message.size > BODY_GROUP_BYTES) flush();
    current.push(message);
    bytes += message.size;
  }
  flush();
  return groups;
}

async function fetchSources(
  session: ImapSession,
  messages: readonly Wanted[],
  workbench: Workbench,
): Promise<CommandResult<ReadonlyMap<number, Prepared>>> {
  const bodies = new Map<number, Prepared>();
  const ranges = rangesFromUids(messages.map(({ uid }) => uid));
  const reply = await fetchRowsTwice(session, ranges, [atom('UID'), peek('')], (row) => {
    const source = row.sections.get('');
    if (source) bodies.set(row.uid, workbench.run('message', { source }));
  });
  return reply.ok ? ok(bodies) : reply;
}

async function fetchTexts(
  session: ImapSession,
  messages: readonly Wanted[],
  workbench: Workbench,
): Promise<CommandResult<ReadonlyMap<number, Prepared>>> {
  const bodies = new Map<number, Prepared>();
  for (const { uid, textSections } of messages) {
    const fetched = await fetchTextParts(session, uid, textSections);
    if (!fetched.ok) return fetched;
    if (!fetched.value) continue;
    const { parts, ...rest } = fetched.value;
    bodies.set(
      uid,
      workbench.run('texts', { parts }).then((made) => (made.ok ? ok({ ...rest, ...made.value }) : made)),
    );
  }
  return ok(bodies);
}
