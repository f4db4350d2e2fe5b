import type { AccountId, MailboxId, MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { BodyRequest, ConnectionRole } from '../connectors/contract';
import type { ReadableDb } from '../store/handles';
import { getMailbox, listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import { type MissingBody, type MissingCursor, missingBodies } from '../store/read/missing-bodies';
import { markBodyGone, markBodyUnreadable, storePackedBody } from '../store/write/store-bodies';
import { isDownloadPaused, pauseDownloads } from './download-pause';
import { createSuspects, type FailedBody } from './failed-bodies';
import { concernsOneMailbox } from './one-mailbox';
import type { PullOptions } from './pull-mailbox';
import type { RunnerContext } from './runner-context';

/** One FETCH asks for at most this many messages and bytes (SYNC-058): an urgent request never waits long. */
const GROUP_MESSAGES = 50;
const GROUP_BYTES = 2_000_000;
/**
 * Larger messages give only their text; attachments are loaded when somebody opens them. 5 MB keeps ordinary photos and
 * documents at hand offline without filling the disk with videos.
 */
const WHOLE_BELOW_BYTES = 5_000_000;
/** Looked at in one go: finding out that none of them is wanted stays far below a turn. */
const PAGE = 200;

/**
 * Loads missing bodies of the account: those somebody asked for, then, unless the link is metered or the provider gives
 * no more for today, newest first. Answers whether it came to the end or stopped early because something more urgent waits.
 */
export async function fetchMissingBodies(
  context: RunnerContext,
  options: Pick<PullOptions, 'signal' | 'shouldYield' | 'giveWay'>,
): Promise<Outcome<{ readonly complete: boolean }>> {
  const progress = { accountId: context.accountId, mailboxId: null, kind: 'bodies' } as const;
  const { stored, bodies } = countBodies(context.store.read, context.accountId);
  const report = (fetched: number): void => {
    done += fetched;
    context.activities.update(progress, done, stored);
  };
  let done = bodies;
  try {
    for (const state of ['queued', 'none'] as const) {
      if (state === 'none' && (context.isMetered() || isDownloadPaused(context))) break;
      const fetched = await fetchAll(context, state, { ...options, report });
      if (!fetched.ok && pauseDownloads(context, fetched.failure)) break;
      if (!fetched.ok || !fetched.value.complete) return fetched;
    }
    return ok({ complete: true });
  } finally {
    context.activities.end(progress);
  }
}

/** Everything that is missing in one state, downwards: a server that gives nothing for what we ask is not asked for ever. */
async function fetchAll(
  context: RunnerContext,
  state: 'queued' | 'none',
  options: Parameters<typeof fetchMissingBodies>[1] & { report(fetched: number): void },
): Promise<Outcome<{ readonly complete: boolean }>> {
  const { store, accountId, clock } = context;
  // One that does not give its mail has its turn again in the next round; the others have it now.
  const broken = new Set<MailboxId>();
  const suspects = createSuspects(context);
  let after: MissingCursor | null = null;
  do {
    await store.turns.next('bodies');
    const page: ReturnType<typeof missingBodies> = missingBodies(store.read, accountId, state, {
      after,
      limit: PAGE,
      nowMs: clock.now(),
    });
    for (const [mailboxId, missing] of Map.groupBy(page.messages, (message) => message.mailboxId)) {
      if (broken.has(mailboxId)) continue;
      const mailbox = getMailbox(store.read, mailboxId);
      for (const group of mailbox ? groups(missing) : []) {
        if (options.signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
        if (options.shouldYield()) return ok({ complete: false });
        await options.giveWay();
        const fetched = await fetchGroup(context, 'bulk', mailbox as MailboxRow, group, options.signal);
        if (fetched.ok) {
          const { stored, failed } = fetched.value;
          options.report(stored);
          if (suspects.add(mailbox as MailboxRow, failed, stored > 0)) continue;
          broken.add(mailboxId);
          break;
        }
        if (concernsOneMailbox(fetched.failure)) {
          broken.add(mailboxId);
          break;
        }
        return fetched;
      }
    }
    after = page.next;
  } while (after !== null);
  return await suspects.settle(options.signal);
}

function countBodies(db: ReadableDb, accountId: AccountId): { stored: number; bodies: number } {
  const mailboxes = listMailboxes(db, accountId);
  return {
    stored: mailboxes.reduce((sum, mailbox) => sum + mailbox.storedCount, 0),
    bodies: mailboxes.reduce((sum, mailbox) => sum + mailbox.bodyCount, 0),
  };
}

export interface FetchedGroup {
  /** Messages whose state is known now. */
  readonly stored: number;
  /** Asked for twice, the second time alone, and not given. */
  readonly failed: readonly FailedBody[];
}

/** Fetches and stores the bodies of one group; each message is its own short transaction. */
export async function fetchGroup(
  context: RunnerContext,
  role: ConnectionRole,
  mailbox: Pick<MailboxRow, 'remoteKey' | 'policy'>,
  group: readonly MissingBody[],
  signal: AbortSignal,
): Promise<Outcome<FetchedGroup>> {
  const uidValidity = group[0]?.uidValidity;
  if (uidValidity === undefined) return ok({ stored: 0, failed: [] });
  const messageOf = new Map<number, MessageId>(group.map((missing) => [missing.uid, missing.messageId]));
  const request: BodyRequest = {
    remoteKey: mailbox.remoteKey,
    uidValidity,
    messages: group.map(({ uid, size, textSections }) => ({ uid, size, textSections })),
    // 'text' leaves every attachment at the server (SYNC-043).
    wholeBelowBytes: mailbox.policy === 'text' ? 0 : WHOLE_BELOW_BYTES,
  };
  const failed: FailedBody[] = [];
  let stored = 0;
  for await (const result of context.connector.fetchBodies(role, request, signal)) {
    if (!result.ok) return result;
    const messageId = messageOf.get(result.value.uid);
    if (messageId === undefined) continue;
    const { body, failure } = result.value;
    if (body === 'failed') {
      if (failure) failed.push({ messageId, failure });
      continue;
    }
    context.store.space.requireRoom();
    context.store.writeTx('server', (tx) => {
      if (body === null) markBodyGone(tx, messageId);
      else if (body === 'unreadable') markBodyUnreadable(tx, messageId);
      else storePackedBody(tx, messageId, body);
    });
    stored += 1;
    await context.store.turns.next(role === 'interactive' ? 'user' : 'bodies');
  }
  return ok({ stored, failed });
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
