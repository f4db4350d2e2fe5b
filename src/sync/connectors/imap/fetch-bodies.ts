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
import { stoppable } from './stoppable';

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
    if (!fetched) return;
    if (fetched.ok) {
      // The next group travels while this one is being prepared and stored.
      loading = load(groups[index + 1]);
      if (!(yield* resultsOf(group, fetched.value))) return;
    } else if (!fetched.whileGiving) return yield fetched;
    else {
      if (!(yield* oneByOne(fetch, group, signal))) return;
      loading = load(groups[index + 1]);
    }
  }
}

/** Answers whether to go on. */
async function* resultsOf(
  group: Group,
  bodies: ReadonlyMap<number, Prepared>,
): AsyncGenerator<Outcome<BodyResult>, boolean, void> {
  for (const { uid } of group.messages) {
    const prepared = await bodies.get(uid);
    if (prepared?.ok === false && prepared.failure.kind === 'cancelled') {
      yield prepared;
      return false;
    }
    // What breaks the bench once would break it again: it is told and left out.
    yield ok({ uid, body: prepared ? (prepared.ok ? prepared.value : 'unreadable') : null });
  }
  return true;
}

/** One message may have broken the whole group, and the connection with it: each is asked for alone (SYNC-060). */
async function* oneByOne(
  fetch: BodyFetch,
  { whole, messages }: Group,
  signal: AbortSignal,
): AsyncGenerator<Outcome<BodyResult>, boolean, void> {
  for (const message of messages) {
    const alone: Group = { whole, messages: [message] };
    const fetched = await fetchGroup(fetch, alone, signal);
    if (fetched.ok) {
      if (!(yield* resultsOf(alone, fetched.value))) return false;
    } else if (fetched.whileGiving) yield ok({ uid: message.uid, body: 'failed', failure: fetched.failure });
    else {
      yield fetched;
      return false;
    }
  }
  return true;
}

type Fetched =
  | { readonly ok: true; readonly value: ReadonlyMap<number, Prepared> }
  /** `whileGiving`: the mailbox was open and the messages were asked for, so that one of them may be to blame. */
  | { readonly ok: false; readonly failure: Failure; readonly whileGiving: boolean };

async function fetchGroup(
  { pool, role, request, workbench }: BodyFetch,
  group: Group,
  signal: AbortSignal,
): Promise<Fetched> {
  await workbench.room();
  let asked = false;
  const task = async (session: ImapSession): Promise<Outcome<ReadonlyMap<number, Prepared>>> => {
    const selected = await examine(session, request.remoteKey, request.uidValidity);
    if (!selected.ok) return fail(ofThisMailbox(selected.error));
    asked = true;
    const bodies = await (group.whole ? fetchSources : fetchTexts)(session, group.messages, workbench);
    return bodies.ok ? ok(bodies.value) : fail(bodyFailure(bodies.error));
  };
  // What somebody opened ends with their patience; what comes in the background ends between two groups.
  const loading = pool.use(role, signal, role === 'interactive' ? stoppable(signal, task) : task);
  // Nobody may be waiting any more when it ends; who does still gets the error.
  loading.catch(() => undefined);
  const fetched = await loading;
  if (fetched.ok) return fetched;
  return { ...fetched, whileGiving: asked && MESSAGE_FAILURES.has(fetched.failure.kind) };
}

/** What a single message can cause: it breaks the connection, goes over a bound, or is refused. */
const MESSAGE_FAILURES: ReadonlySet<Failure['kind']> = new Set(['offline', 'protocol', 'rejected']);

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
