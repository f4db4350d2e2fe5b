import { type Failure, isTransient } from '../../../shared/failure';
import type { Outcome } from '../../../shared/outcome';
import type { SubmitReport } from '../../connectors/contract';

/** First wait of a message that could not be handed over, doubling up to the longest (SYNC-275). */
const FIRST_MS = 60_000;
const LONGEST_MS = 4 * 60 * 60_000;
/** Share of the delay that is spread at random, so that clients do not return in step. */
const JITTER = 0.3;
/** After so long without success the user is told. */
export const TELL_AFTER_MS = 15 * 60_000;

export type Verdict =
  | { readonly state: 'accepted' | 'partial' }
  /** Nothing was sent; tried again later. */
  | { readonly state: 'queued'; readonly failure: Failure; readonly waits: 'backoff' | 'no' }
  /** Nothing was sent, and trying again would end the same way. */
  | { readonly state: 'failed'; readonly failure: Failure }
  /** The last byte was handed over, and nobody answered (RFC 1047). */
  | { readonly state: 'unknown'; readonly failure: Failure };

const SILENT: Failure = {
  kind: 'unknown-outcome',
  message: 'The connection was lost after the message was handed over, before the server confirmed it.',
  hint: 'It is looked for among the sent messages.',
};

/** What an attempt came to (SYNC-275..277). `stage`: the last mark that is committed. Pure. */
export function afterAttempt(outcome: Outcome<SubmitReport>, stage: string | null): Verdict {
  if (!outcome.ok) {
    const { failure } = outcome;
    if (failure.kind === 'unknown-outcome') return { state: 'unknown', failure };
    if (failure.kind === 'cancelled')
      return stage === 'terminator-handed-over'
        ? { state: 'unknown', failure: SILENT }
        : { state: 'queued', failure, waits: 'no' };
    return verdictOf(failure);
  }
  const { result, recipients, failure } = outcome.value;
  const refused = recipients.filter((recipient) => recipient.failure !== null);
  if (result === 'accepted') return { state: refused.length === 0 ? 'accepted' : 'partial' };
  if (failure) return verdictOf(failure);
  const permanent = refused.filter(({ failure: why }) => why !== null && !isTransient(why));
  const named = permanent.length > 0 ? permanent : refused;
  const first = named[0]?.failure ?? SILENT;
  const addresses = named.map(({ address }) => address);
  const words = addresses.slice(0, 3).join(', ');
  const why: Failure = {
    ...first,
    message: `The server refuses ${words}${addresses.length > 3 ? ` and ${addresses.length - 3} more` : ''}: nothing was sent.`,
    hint: hintFor(permanent.length, recipients.length),
  };
  return permanent.length > 0
    ? { state: 'failed', failure: why }
    : { state: 'queued', failure: why, waits: 'backoff' };
}

function hintFor(refused: number, all: number): string {
  if (refused === 0) return 'It is tried again by itself.';
  return refused < all ? 'Correct the address, or send to the others.' : 'Correct the address.';
}

function verdictOf(failure: Failure): Verdict {
  switch (failure.kind) {
    case 'offline':
    case 'dns':
    case 'refused':
    case 'throttled':
    case 'auth':
    case 'tls':
    case 'not-a-mail-server':
    case 'protocol':
    case 'cancelled':
      return { state: 'queued', failure, waits: 'backoff' };
    case 'unknown-outcome':
      return { state: 'unknown', failure };
    case 'rejected':
    case 'conflict':
    case 'limit':
    case 'invalid':
    case 'usage':
    case 'not-found':
    case 'internal':
      return { state: 'failed', failure };
  }
}

/** Milliseconds until the next attempt; `attempts` counts from 1, `fraction` is uniform in [0, 1). */
export function submitDelayMs(failure: Failure, attempts: number, fraction: number): number {
  const stated = failure.kind === 'throttled' || failure.kind === 'offline' ? (failure.retryAfterMs ?? 0) : 0;
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.max(stated, Math.round(doubled * (1 - JITTER + 2 * JITTER * fraction)));
}
