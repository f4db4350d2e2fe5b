import type { DraftSummary, OutboxView } from '../../shared/contract/compose-views';
import type { ReadableDb } from '../store/handles';
import { draftSummary, openDrafts } from '../store/read/drafts';
import { OPEN_STATES, type OutboxRow, outboxInState } from '../store/read/outbox';
import { failureView } from './failure-view';

/** What was sent is shown among what has to be for so long. */
const SENT_SHOWN_MS = 60_000;

/** Drafts somebody has written in and that are still there, and quick replies that are open. */
export function draftSummaries(db: ReadableDb): DraftSummary[] {
  return openDrafts(db)
    .filter(({ touched, shownId, quick }) => (touched && shownId !== null) || quick)
    .map(draftSummary);
}

/** The next to leave first. */
export function outboxViews(db: ReadableDb, nowMs: number): OutboxView[] {
  const open = OPEN_STATES.flatMap((state) => outboxInState(db, state));
  const sent = outboxInState(db, 'done').filter(
    ({ finishedAt }) => nowMs - (finishedAt ?? 0) < SENT_SHOWN_MS,
  );
  return [...open, ...sent]
    .sort((a, b) => rank(a) - rank(b) || leavesAt(a) - leavesAt(b) || a.id - b.id)
    .map(outboxView);
}

/** What needs a word first, what was sent last. */
function rank({ state }: OutboxRow): number {
  if (state === 'failed' || state === 'unknown' || state === 'partial') return 0;
  return state === 'done' || state === 'accepted' || state === 'filing' ? 2 : 1;
}

function leavesAt({ notBefore, nextAttemptAt }: OutboxRow): number {
  return Math.max(notBefore ?? 0, nextAttemptAt ?? 0);
}

function outboxView(entry: OutboxRow): OutboxView {
  return {
    id: entry.id,
    accountId: entry.accountId,
    state: entry.state,
    from: entry.from,
    recipients: entry.recipients.map(({ name, address, state, failure }) => ({
      name,
      address,
      state,
      failure: failureView(failure),
    })),
    subject: entry.subject,
    snippet: entry.snippet,
    size: entry.size,
    hasAttachment: entry.hasAttachment,
    createdAt: entry.createdAt,
    notBefore: entry.notBefore,
    zone: entry.zone,
    attempts: entry.attempts,
    nextAttemptAt: entry.nextAttemptAt,
    sentBytes: entry.state === 'submitting' ? entry.sentBytes : null,
    failure: failureView(entry.failure),
    observed: entry.observed,
    overdue: entry.overdue,
    resumed: entry.resumed,
    messageId: entry.shownId,
    messageIdHeader: entry.messageIdHeader,
  };
}
