import type { OutboxView } from '../../shared/contract/compose-views';
import { formatSize } from '../list/format-size';
import { composeStrings } from '../strings/compose';
import { outboxStrings } from '../strings/outbox';

export type OutboxAction = keyof typeof outboxStrings.actions;

/** What can be done with an entry, the best first. */
export function actionsOf({
  state,
  overdue,
  attempts,
  recipients,
  sentBytes,
  size,
}: Pick<
  OutboxView,
  'state' | 'overdue' | 'attempts' | 'recipients' | 'sentBytes' | 'size'
>): readonly OutboxAction[] {
  switch (state) {
    case 'held':
      return ['sendNow', 'undo', 'discard'];
    case 'queued':
      return overdue || attempts > 0 ? ['sendNow', 'undo', 'discard'] : ['undo', 'discard'];
    case 'failed':
      return refusesSome(recipients)
        ? ['others', 'edit', 'retry', 'copy', 'discard']
        : ['edit', 'retry', 'copy', 'discard'];
    // The others have it already.
    case 'partial':
      return ['edit', 'retry', 'copy', 'discard'];
    case 'unknown':
      return ['sendAgain', 'markSent', 'edit', 'copy'];
    // Until its last byte is gone (UI-052).
    case 'submitting':
      return sentBytes === null || sentBytes < size ? ['cancel'] : [];
    case 'accepted':
    case 'filing':
    case 'done':
      return [];
  }
}

/** Some were refused and there are others, to whom it can go without them (SYNC-276). */
function refusesSome(recipients: OutboxView['recipients']): boolean {
  const refused = recipients.filter(({ state }) => state === 'refused').length;
  return refused > 0 && refused < recipients.length;
}

/** Whether a person has to look at it. */
export function needsPerson({ state, overdue }: Pick<OutboxView, 'state' | 'overdue'>): boolean {
  return state === 'failed' || state === 'partial' || state === 'unknown' || overdue;
}

/** What has not left yet, or has not left well: what the side bar counts. */
export function isWaiting({ state }: Pick<OutboxView, 'state'>): boolean {
  return state !== 'accepted' && state !== 'filing' && state !== 'done';
}

interface Now {
  readonly now: number;
  readonly online: boolean;
  /** A time as the list writes it. */
  readonly time: (instant: number) => string;
}

/** The second line of an entry: what is the case, and what happens next. */
export function stateWords(entry: OutboxView, { now, online, time }: Now): string {
  const { state, notBefore, nextAttemptAt, attempts, zone, sentBytes, size, failure, observed } = entry;
  if (entry.overdue) return outboxStrings.overdue;
  switch (state) {
    case 'held':
    case 'queued':
      if (notBefore !== null && notBefore > now) {
        if (zone !== null) return outboxStrings.sendsAt(time(notBefore), zone);
        return outboxStrings.sendsIn(composeStrings.seconds(Math.ceil((notBefore - now) / 1000)));
      }
      if (!online) return outboxStrings.whenOnline;
      if (nextAttemptAt !== null && attempts > 0)
        return attempts === 1
          ? outboxStrings.firstRetry(time(nextAttemptAt))
          : outboxStrings.nextAttempt(time(nextAttemptAt), attempts);
      return outboxStrings.states.queued;
    case 'submitting':
      if (sentBytes === null) return outboxStrings.states.submitting;
      return sentBytes >= size
        ? outboxStrings.confirming
        : outboxStrings.progress(formatSize(sentBytes), formatSize(size));
    case 'failed':
      return failure
        ? [failure.message, failure.hint].filter(Boolean).join(' ')
        : outboxStrings.states.failed;
    case 'unknown':
      return observed === null ? outboxStrings.lookingFor : outboxStrings.observed[observed];
    case 'partial':
    case 'accepted':
    case 'filing':
    case 'done':
      return outboxStrings.states[state];
  }
}
