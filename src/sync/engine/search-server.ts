import type { MailboxId, MessageId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { QueryNode } from '../../shared/search/query';
import type { ServerSearchReport } from '../connectors/contract';
import { listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import { messageAtUid, storedValidity } from '../store/read/placements';
import { applyObservations } from '../store/write/apply-observations';
import { orderMailboxes } from './mailbox-order';
import { readKnownUids } from './read-known-uids';
import type { RunnerContext } from './runner-context';

/** Mailboxes asked one after the other; a person waits for all of them. */
const MAX_MAILBOXES = 100;

export interface AccountSearch {
  readonly query: QueryNode;
  /** Null = in every mailbox. */
  readonly mailboxIds: readonly MailboxId[] | null;
  readonly nowMs: number;
  /** Told how many mailboxes have answered, of how many. */
  readonly report?: (done: number, total: number) => void;
}

export interface AccountHits {
  /** By mailbox, the newest of each first. */
  readonly messageIds: readonly MessageId[];
  readonly untranslated: readonly string[];
  /** Mailboxes that were not asked: too many, not synced yet, or rebuilt at this moment. */
  readonly skipped: number;
  /** Why mailboxes that were asked did not answer. */
  readonly failures: readonly Failure[];
}

/** Asks the account's server and loads the headers of hits nobody has here, so that they can be shown (SYNC-374). */
export async function searchServer(
  context: RunnerContext,
  { query, mailboxIds, nowMs, report = () => undefined }: AccountSearch,
  signal: AbortSignal,
): Promise<Outcome<AccountHits>> {
  const { store, connector } = context;
  const ask = connector.search;
  if (!ask) return fail({ kind: 'invalid', message: 'This account cannot be searched on its server.' });
  const connected = await connector.connect('interactive', signal);
  if (!connected.ok) return connected;
  const all = listMailboxes(store.read, context.accountId).filter(
    ({ id, selectable, tombstonedAt, remoteKey }) =>
      selectable && tombstonedAt === null && remoteKey !== '' && (mailboxIds?.includes(id) ?? true),
  );
  const ordered = orderMailboxes(
    all.map((mailbox) => ({ ...mailbox, recency: mailbox.status?.uidNext ?? 0 })),
    { first: null, lookedAt: context.lookedAt() },
  );
  const messageIds = new Set<MessageId>();
  const untranslated = new Set<string>();
  const failures: Failure[] = [];
  let skipped = Math.max(0, ordered.length - MAX_MAILBOXES);
  const asked = ordered.slice(0, MAX_MAILBOXES);
  for (const [at, mailbox] of asked.entries()) {
    if (signal.aborted) break;
    report(at, asked.length);
    const request = {
      remoteKey: mailbox.remoteKey,
      query,
      nowMs,
      knownUids: await readKnownUids(store, mailbox.id, 'user'),
    };
    const answer = await ask(request, signal);
    if (!answer.ok) {
      failures.push(answer.failure);
      continue;
    }
    for (const written of answer.value.untranslated) untranslated.add(written);
    // UIDs of another life of the mailbox mean nothing here; the next round sorts that out.
    if (storedValidity(store.read, mailbox.id) !== answer.value.uidValidity) {
      skipped++;
      continue;
    }
    storeHits(context, mailbox, answer.value);
    for (const uid of answer.value.uids) {
      const messageId = messageAtUid(store.read, mailbox.id, uid);
      if (messageId !== null) messageIds.add(messageId);
    }
  }
  return ok({ messageIds: [...messageIds], untranslated: [...untranslated], skipped, failures });
}

/** The checkpoint stays as it is: when the first sync comes to these messages they are known already. */
function storeHits(
  { store, clock }: RunnerContext,
  mailbox: MailboxRow,
  { uidValidity, added }: ServerSearchReport,
): void {
  if (added.length === 0) return;
  store.space.requireRoom();
  const plan = { newValidity: null, flags: [], remove: [], dropUnverified: false, checkpoint: null };
  store.writeTx('server', (tx) =>
    applyObservations(tx, mailbox.id, { ...plan, uidValidity, insert: added }, clock.now()),
  );
}
