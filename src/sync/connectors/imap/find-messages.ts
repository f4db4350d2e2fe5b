/** Messages by what their header says: was it filed, did it arrive, which revisions of a draft are there (SYNC 7.3). */
import type { Failure } from '../../../shared/failure';
import type { UidRange } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesFromUids, unionRanges } from '../../../shared/uid-ranges';
import { DRAFT_HEADER } from '../../mime/compose-message';
import { readHeaderFields } from '../../mime/header-fields';
import { headerFacts } from '../../mime/parse-header-block';
import type { RemoteMessage } from '../contract';
import { atom, peekFields, quoted } from './arguments';
import { fetchRows } from './fetch-rows';
import { findListed } from './find-listed';
import { identityItems } from './header-items';
import { LOOK_NEWEST, MAX_FOUND } from './limits';
import { identityOf } from './observe-message';
import { lastUid, searchUids } from './search-uids';
import type { CommandError, CommandResult, ImapSession } from './session';

export interface FoundMessage extends RemoteMessage {
  /** Without angle brackets; null without the field. */
  readonly messageId: string | null;
  readonly size: number;
  readonly draft: { readonly token: string; readonly revision: number } | null;
}

/** Ascending by UID; empty when the mailbox is not there. */
export async function findByMessageId(
  session: ImapSession,
  remoteKey: string,
  messageId: string,
  fromUid: number,
): Promise<Outcome<readonly RemoteMessage[]>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) {
    const failure = await whyNot(session, remoteKey, selected.error);
    return failure ? fail(failure) : ok([]);
  }
  const found = await findIn(session, fromUid, 'MESSAGE-ID', messageId);
  if (!found.ok) return fail(found.error.failure);
  const wanted = bareId(messageId);
  return ok(found.value.filter((message) => message.messageId === wanted).map(toRemote));
}

export async function findDrafts(
  session: ImapSession,
  remoteKey: string,
  token: string,
): Promise<Outcome<readonly (RemoteMessage & { readonly revision: number })[]>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) {
    const failure = await whyNot(session, remoteKey, selected.error);
    return failure ? fail(failure) : ok([]);
  }
  const found = await findIn(session, 1, DRAFT_HEADER, token);
  if (!found.ok) return fail(found.error.failure);
  return ok(
    found.value
      .flatMap((message) =>
        message.draft?.token === token ? [{ ...toRemote(message), revision: message.draft.revision }] : [],
      )
      .sort((a, b) => b.revision - a.revision || b.uid - a.uid),
  );
}

/**
 * Candidates of the selected mailbox from a UID on: the newest as they are, older ones by SEARCH HEADER. Whoever asks
 * compares what it wants.
 */
export async function findIn(
  session: ImapSession,
  from: number,
  field: string,
  value: string,
): Promise<CommandResult<readonly FoundMessage[]>> {
  const exists = session.selected?.exists ?? 0;
  if (exists === 0) return ok([]);
  const last = lastUid(session);
  const newestFrom = session.selected?.uidNext ? Math.max(from, last - LOOK_NEWEST + 1) : from;
  let ranges: readonly UidRange[] = last >= newestFrom ? [[newestFrom, last]] : [];
  if (newestFrom > from && isSearchable(value)) {
    const criteria = [atom('HEADER'), quoted(field), quoted(value)];
    const older = await searchUids(session, from, newestFrom - 1, criteria);
    // A server that cannot search leaves us with the newest.
    if (!older.ok && older.error.kind === 'lost') return older;
    if (older.ok) ranges = unionRanges(bounded(older.value), ranges);
  }
  return await fetchFound(session, ranges);
}

async function fetchFound(
  session: ImapSession,
  ranges: readonly UidRange[],
): Promise<CommandResult<readonly FoundMessage[]>> {
  const uidValidity = session.selected?.uidValidity ?? '';
  const found: FoundMessage[] = [];
  if (ranges.length === 0) return ok(found);
  const items = [atom('UID'), atom('RFC822.SIZE'), peekFields(['MESSAGE-ID', 'DATE', DRAFT_HEADER])];
  items.push(...identityItems(session).map(atom));
  const reply = await fetchRows(session, ranges, items, (row) => {
    const { fields } = readHeaderFields(row.sections.get('HEADER.FIELDS') ?? new Uint8Array());
    const facts = headerFacts(fields);
    found.push({
      uid: row.uid,
      uidValidity,
      identity: identityOf(row, facts),
      messageId: facts.messageId,
      size: row.size ?? 0,
      draft: readDraftHeader(fields.find(({ name }) => name.toLowerCase() === DRAFT)?.value ?? ''),
    });
  });
  return reply.ok ? ok(found.sort((a, b) => a.uid - b.uid)) : reply;
}

const DRAFT = DRAFT_HEADER.toLowerCase();

function readDraftHeader(value: string): FoundMessage['draft'] {
  const match = /^\s*([!-~]{1,100}) (\d{1,9})\s*$/.exec(value);
  return match?.[1] ? { token: match[1], revision: Number(match[2]) } : null;
}

export function bareId(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

function toRemote({ uid, uidValidity, identity }: FoundMessage): RemoteMessage {
  return { uid, uidValidity, identity };
}

/** What is not ASCII would need a CHARSET, and servers differ there. */
function isSearchable(value: string): boolean {
  return /^[ -~]{1,500}$/.test(value);
}

function bounded(ranges: readonly UidRange[]): readonly UidRange[] {
  const uids: number[] = [];
  for (const [first, last] of ranges) {
    for (let uid = first; uid <= last && uids.length < MAX_FOUND; uid++) uids.push(uid);
  }
  return rangesFromUids(uids);
}

/** Why a mailbox could not be looked into; null = it is not there, so nothing is in it. */
export async function whyNot(
  session: ImapSession,
  remoteKey: string,
  error: CommandError,
): Promise<Failure | null> {
  if (error.kind === 'lost' || (error.failure.kind !== 'not-found' && error.failure.kind !== 'rejected'))
    return error.failure;
  // Many servers refuse a mailbox that does not exist without a code: the listing knows.
  const listed = await findListed(session, remoteKey);
  if (!listed.ok) return listed.error.failure;
  return listed.value === null ? null : error.failure;
}
