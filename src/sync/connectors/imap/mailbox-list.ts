/** LIST: all mailboxes with roles, subscription and STATUS, in one command where the server can (SYNC-032 to 037). */
import type { MailboxListing, ObservedMailbox } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { atom, mailbox, quoted } from './arguments';
import { boundFailure } from './failure-translation';
import { MAX_MAILBOXES, STATUS_AHEAD } from './limits';
import { isSelectable, type ListedMailbox, readListLine } from './list-line';
import { canonicalMailboxName, decodeMailboxName } from './mailbox-name';
import { fetchStatus, readStatusLine, type StatusLine, statusItems, statusLine } from './mailbox-status';
import { listPatterns, namespaceOf } from './namespaces';
import type { ResponseLine } from './response-line';
import { assignRoles, byRole } from './roles';
import type { CommandResult, ImapSession } from './session';
import type { Argument } from './wire';

interface Listing {
  readonly mailboxes: Map<string, ListedMailbox>;
  readonly statuses: Map<string, StatusLine>;
  readonly subscribed: Set<string>;
}

const emptyListing = (): Listing => ({ mailboxes: new Map(), statuses: new Map(), subscribed: new Set() });

/**
 * How many mailboxes there are, for the connection test: without STATUS, because a server may have to read a whole
 * mailbox to answer it, and somebody is waiting.
 */
export async function countMailboxes(session: ImapSession): Promise<Outcome<number>> {
  const listing = emptyListing();
  const reply = await list(session, listing, false);
  return reply.ok ? ok(listing.mailboxes.size) : reply;
}

export async function listMailboxes(session: ImapSession): Promise<Outcome<MailboxListing>> {
  const malformedBefore = session.malformedLines;
  const listing = emptyListing();
  // A server may answer for the selected mailbox with the numbers of the time it was selected.
  const left = await session.unselect();
  if (!left.ok) return fail(left.error.failure);
  const reply = await list(session, listing, true);
  if (!reply.ok) return reply;
  const missing = await fetchMissingStatuses(session, listing);
  if (!missing.ok) return fail(missing.error.failure);
  // A mailbox whose line could not be read is missing here and must not count as deleted.
  const complete = session.malformedLines === malformedBefore;
  return ok({ mailboxes: toObserved(session, listing), complete });
}

async function list(session: ImapSession, listing: Listing, withStatus: boolean): Promise<Outcome<null>> {
  const extended = session.advertised.has('LIST-EXTENDED') || session.advertised.has('IMAP4REV2');
  const reply = extended
    ? await listExtended(session, listing, withStatus)
    : await listPlain(session, listing);
  if (!reply.ok) return fail(reply.error.failure);
  return listing.mailboxes.size > MAX_MAILBOXES ? fail(boundFailure('mailboxes')) : ok(null);
}

async function listExtended(
  session: ImapSession,
  listing: Listing,
  withStatus: boolean,
): Promise<CommandResult<unknown>> {
  const options: Argument[] = [atom('SUBSCRIBED'), atom('CHILDREN')];
  if (session.advertised.has('SPECIAL-USE')) options.push(atom('SPECIAL-USE'));
  if (withStatus && session.capabilities.listStatus) options.push(atom('STATUS'), statusItems(session));
  const patterns = listPatterns(session.wire).map(mailbox);
  const reply = await session.command(
    'LIST',
    [quoted(''), patterns.length > 1 ? patterns : mailbox('*'), atom('RETURN'), options],
    {
      onLine: (line) => collect(line, listing),
    },
  );
  // Advertised and refused: what every server can do still works.
  if (!reply.ok && reply.error.kind === 'refused' && reply.error.status.status === 'BAD') {
    return await listPlain(session, listing);
  }
  return reply;
}

/** LIST and LSUB; XLIST instead where it is the only way to learn roles. */
async function listPlain(session: ImapSession, listing: Listing): Promise<CommandResult<unknown>> {
  const xlist = session.advertised.has('XLIST') && !session.advertised.has('SPECIAL-USE');
  const [first = '*', ...more] = listPatterns(session.wire);
  const all = [quoted(''), mailbox(first)];
  const onLine = (line: ResponseLine) => collect(line, listing);
  const reply = await session.command(xlist ? 'XLIST' : 'LIST', all, { onLine });
  if (!reply.ok) return reply;
  for (const pattern of more) {
    const listed = await session.command('LIST', [quoted(''), mailbox(pattern)], { onLine });
    if (!listed.ok && listed.error.kind === 'lost') return listed;
  }
  const subscribed = await session.command('LSUB', all, { onLine });
  return !subscribed.ok && subscribed.error.kind === 'lost' ? subscribed : reply;
}

function collect(line: ResponseLine, listing: Listing): void {
  const status = readStatusLine(line);
  if (status) listing.statuses.set(canonicalMailboxName(status.remoteKey, null), status);
  const listed = readListLine(line);
  if (!listed || listing.mailboxes.size > MAX_MAILBOXES) return;
  if (listed.attributes.has('\\subscribed') || line.name === 'LSUB') listing.subscribed.add(listed.remoteKey);
  if (line.name !== 'LSUB') listing.mailboxes.set(listed.remoteKey, listed);
}

/**
 * STATUS for what the listing did not bring, what matters most first and many at once: a hundred mailboxes are a few
 * round trips. A refusal leaves that mailbox without numbers.
 */
async function fetchMissingStatuses(session: ImapSession, listing: Listing): Promise<CommandResult<null>> {
  const roles = rolesOf(session, listing);
  const missing = [...listing.mailboxes.values()].filter(
    (listed) => isSelectable(listed) && !listing.statuses.has(listed.remoteKey),
  );
  missing.sort(byRole(({ remoteKey }) => roles.get(remoteKey)));
  const onLine = (line: ResponseLine) => collect(line, listing);
  const keys = missing.map(({ remoteKey }) => remoteKey);
  for (const batch of statusBatches(session, keys)) {
    const last = batch.at(-1) ?? '';
    const ahead = batch.slice(0, -1).flatMap((remoteKey) => statusLine(session, remoteKey) ?? []);
    const status = await fetchStatus(session, last, { ahead, onLine });
    if (status.ok) listing.statuses.set(last, status.value);
    else if (status.error.kind === 'lost') return status;
  }
  return ok(null);
}

/** Mailboxes whose STATUS travels together; a name that cannot stand in a line ends its batch, the selected one is alone. */
function* statusBatches(session: ImapSession, remoteKeys: readonly string[]): Generator<string[]> {
  let batch: string[] = [];
  for (const remoteKey of remoteKeys) {
    if (remoteKey === session.selected?.remoteKey) {
      yield [remoteKey];
      continue;
    }
    batch.push(remoteKey);
    if (batch.length < STATUS_AHEAD && statusLine(session, remoteKey) !== null) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function toObserved(session: ImapSession, listing: Listing): ObservedMailbox[] {
  const roles = rolesOf(session, listing);
  return [...listing.mailboxes.values()].map((entry) => {
    const selectable = isSelectable(entry);
    const status = listing.statuses.get(entry.remoteKey);
    return {
      remoteKey: entry.remoteKey,
      remoteId: status?.mailboxId ?? null,
      path: decodeMailboxName(entry.remoteKey),
      delimiter: entry.delimiter,
      role: roles.get(entry.remoteKey) ?? null,
      selectable,
      subscribed: listing.subscribed.has(entry.remoteKey),
      namespace: namespaceOf(session.wire, entry.remoteKey),
      status: selectable ? (status?.status ?? null) : null,
    };
  });
}

/** The trash of somebody else is not ours: roles are for personal mailboxes. */
function rolesOf(session: ImapSession, listing: Listing): ReturnType<typeof assignRoles> {
  const own = [...listing.mailboxes.values()].filter(
    (entry) => isSelectable(entry) && namespaceOf(session.wire, entry.remoteKey) === 'personal',
  );
  return assignRoles(own, (remoteKey) => listing.subscribed.has(remoteKey));
}
