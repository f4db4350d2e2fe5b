import type { AccountId, MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { BodyRequest, ConnectionRole } from '../connectors/contract';
import type { ReadableDb } from '../store/handles';
import { getMailbox, listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import { type MissingBody, missingBodies } from '../store/read/missing-bodies';
import { markBodyGone, storeBodies } from '../store/write/store-bodies';
import type { RunnerContext } from './runner-context';

/** One FETCH asks for at most this many messages and bytes (SYNC-058): an urgent request never waits long. */
const GROUP_MESSAGES = 50;
const GROUP_BYTES = 2_000_000;
/**
 * Larger messages give only their text; attachments are loaded when somebody opens them. 5 MB keeps ordinary photos and
 * documents at hand offline without filling the disk with videos.
 */
const WHOLE_BELOW_BYTES = 5_000_000;
/** Asked from the store at a time; a look at the index every few groups keeps newest-first true. */
const PAGE = 200;

/**
 * Loads missing bodies of the account: those somebody asked for, then, unless the link is metered, newest first. Answers
 * whether it came to the end or stopped early because something more urgent waits.
 */
export async function fetchMissingBodies(
  context: RunnerContext,
  signal: AbortSignal,
  shouldYield: () => boolean,
): Promise<Outcome<{ readonly complete: boolean }>> {
  const { store, accountId, activities } = context;
  const progress = { accountId, mailboxId: null, kind: 'bodies' } as const;
  const { stored, bodies } = countBodies(store.read, accountId);
  let done = bodies;
  try {
    let page = missingBodies(store.read, accountId, PAGE, { onlyAskedFor: context.isMetered() });
    while (page.length > 0) {
      for (const [mailboxId, missing] of Map.groupBy(page, (message) => message.mailboxId)) {
        const mailbox = getMailbox(store.read, mailboxId);
        for (const group of mailbox ? groups(missing) : []) {
          if (signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
          if (shouldYield()) return ok({ complete: false });
          const fetched = await fetchGroup(context, 'bulk', mailbox as MailboxRow, group, signal);
          if (!fetched.ok) return fetched;
          done += fetched.value;
          activities.update(progress, done, stored);
        }
      }
      const next = missingBodies(store.read, accountId, PAGE, { onlyAskedFor: context.isMetered() });
      // A server that gives nothing for what we ask would otherwise be asked for ever.
      if (next[0]?.messageId === page[0]?.messageId) return ok({ complete: true });
      page = next;
    }
    return ok({ complete: true });
  } finally {
    activities.end(progress);
  }
}

function countBodies(db: ReadableDb, accountId: AccountId): { stored: number; bodies: number } {
  const mailboxes = listMailboxes(db, accountId);
  return {
    stored: mailboxes.reduce((sum, mailbox) => sum + mailbox.storedCount, 0),
    bodies: mailboxes.reduce((sum, mailbox) => sum + mailbox.bodyCount, 0),
  };
}

/** Fetches and stores the bodies of one group; each message is its own short transaction. Answers how many came. */
export async function fetchGroup(
  context: RunnerContext,
  role: ConnectionRole,
  mailbox: Pick<MailboxRow, 'remoteKey'>,
  group: readonly MissingBody[],
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const uidValidity = group[0]?.uidValidity;
  if (uidValidity === undefined) return ok(0);
  const messageOf = new Map<number, MessageId>(group.map((missing) => [missing.uid, missing.messageId]));
  const request: BodyRequest = {
    remoteKey: mailbox.remoteKey,
    uidValidity,
    messages: group.map(({ uid, size, textSections }) => ({ uid, size, textSections })),
    wholeBelowBytes: WHOLE_BELOW_BYTES,
  };
  let stored = 0;
  for await (const result of context.connector.fetchBodies(role, request, signal)) {
    if (!result.ok) return result;
    const messageId = messageOf.get(result.value.uid);
    if (messageId === undefined) continue;
    const { body } = result.value;
    context.store.space.requireRoom();
    context.store.writeTx('server', (tx) => {
      if (body) storeBodies(tx, [{ messageId, body }]);
      else markBodyGone(tx, messageId);
    });
    stored += 1;
    // The connector parses a body when the next one is asked for: parsing and storing one is one turn (SYNC-395).
    await context.store.turns.next(role === 'interactive' ? 'user' : 'bodies');
  }
  return ok(stored);
}

function* groups(missing: readonly MissingBody[]): Generator<MissingBody[]> {
  let group: MissingBody[] = [];
  let bytes = 0;
  for (const message of missing) {
    const cost = Math.min(message.size, WHOLE_BELOW_BYTES);
    if (group.length > 0 && (group.length >= GROUP_MESSAGES || bytes + cost > GROUP_BYTES)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(message);
    bytes += cost;
  }
  if (group.length > 0) yield group;
}
