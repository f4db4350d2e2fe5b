/** Bodies in groups, newest first as asked: whole messages up to a size, above it only their text (SYNC-058). */
import type { BodyFacts } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import { bodyFacts } from '../../mime/observe-source';
import { parseMessage } from '../../mime/parse-message';
import type { BodyRequest, BodyResult, ConnectionRole } from '../contract';
import { atom, peek } from './arguments';
import type { ConnectionPool } from './connection-pool';
import { downloadFailure } from './failure-translation';
import { fetchRowsTwice } from './fetch-rows';
import { fetchTextParts } from './fetch-text-parts';
import { BODY_GROUP_BYTES, BODY_GROUP_MESSAGES } from './limits';
import { examine } from './pull-context';
import type { CommandResult, ImapSession } from './session';

type Wanted = BodyRequest['messages'][number];

export async function* fetchBodies(
  pool: ConnectionPool,
  role: ConnectionRole,
  request: BodyRequest,
  signal: AbortSignal,
): AsyncGenerator<Outcome<BodyResult>, void, void> {
  const groups = groupsOf(request);
  const load = (group: Group | undefined) => group && fetchGroup(pool, role, request, group, signal);
  let loading = load(groups[0]);
  for (const [index, group] of groups.entries()) {
    const fetched = await loading;
    if (!fetched?.ok) {
      if (fetched) yield fetched;
      return;
    }
    // The next group travels while this one is parsed and stored.
    loading = load(groups[index + 1]);
    for (const { uid } of group.messages) {
      // Parsed when the caller takes it, so that a group is never parsed in one go.
      yield ok({ uid, body: fetched.value.get(uid)?.() ?? null });
    }
  }
}

function fetchGroup(
  pool: ConnectionPool,
  role: ConnectionRole,
  request: BodyRequest,
  group: Group,
  signal: AbortSignal,
): Promise<Outcome<ReadonlyMap<number, Fetched>>> {
  const loading = pool.use(role, signal, async (session): Promise<Outcome<ReadonlyMap<number, Fetched>>> => {
    const selected = await examine(session, request.remoteKey, request.uidValidity);
    if (!selected.ok) return fail(selected.error.failure);
    const bodies = await (group.whole ? fetchSources : fetchTexts)(session, group.messages);
    return bodies.ok ? ok(bodies.value) : fail(downloadFailure(bodies.error));
  });
  // Nobody may be waiting any more when it ends; who does still gets the error.
  loading.catch(() => undefined);
  return loading;
}

type Fetched = () => BodyFacts;

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
): Promise<CommandResult<ReadonlyMap<number, Fetched>>> {
  const bodies = new Map<number, Fetched>();
  const ranges = rangesFromUids(messages.map(({ uid }) => uid));
  const reply = await fetchRowsTwice(session, ranges, [atom('UID'), peek('')], (row) => {
    const source = row.sections.get('');
    if (source) bodies.set(row.uid, () => bodyFacts(parseMessage(source), source));
  });
  return reply.ok ? ok(bodies) : reply;
}

async function fetchTexts(
  session: ImapSession,
  messages: readonly Wanted[],
): Promise<CommandResult<ReadonlyMap<number, Fetched>>> {
  const bodies = new Map<number, Fetched>();
  for (const { uid, textSections } of messages) {
    const body = await fetchTextParts(session, uid, textSections);
    if (!body.ok) return body;
    const facts = body.value;
    if (facts) bodies.set(uid, () => facts);
  }
  return ok(bodies);
}
