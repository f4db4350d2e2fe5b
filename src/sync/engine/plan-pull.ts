import type { Checkpoint, MailboxStatus } from '../../shared/observation';
import type { PullPlan, ServerCapabilities } from '../connectors/contract';

/** What the user wants of a mailbox (SYNC-043); 'off' = never opened. */
export type MailboxPolicy = 'off' | 'headers' | 'text' | 'everything';

export interface PullSituation {
  readonly checkpoint: Checkpoint | null;
  readonly status: MailboxStatus;
  readonly capabilities: Pick<ServerCapabilities, 'condstore' | 'qresync'>;
  readonly policy: MailboxPolicy;
  /** Messages we hold as facts in this mailbox under the checkpoint's validity. */
  readonly knownCount: number;
}

/**
 * Chooses how a mailbox is brought up to date (SYNC-070). Pure: the same situation always gives the same plan.
 * Changes come before backfill, so that new mail never waits for old mail; the caller plans again after each step.
 */
export function planPull(situation: PullSituation): PullPlan {
  const { checkpoint, status, capabilities, policy, knownCount } = situation;
  if (policy === 'off') return { kind: 'nothing' };
  if (!checkpoint) return { kind: 'initial' };
  if (checkpoint.uidValidity !== status.uidValidity) return { kind: 'revalidate' };

  const hasModseq = (capabilities.condstore || capabilities.qresync) && status.highestModseq !== null;
  if (!hasModseq) return { kind: 'window-scan', full: false };
  // A baseline from a time without modification sequences, or one that went backwards, proves nothing (SYNC-077).
  if (checkpoint.highestModseq === null || isLess(status.highestModseq as string, checkpoint.highestModseq)) {
    return { kind: 'window-scan', full: true };
  }

  const arrivals = status.uidNext - checkpoint.uidNext;
  // Holds only if every new UID still exists and nothing old was removed; otherwise somebody expunged something.
  const countsAgree = checkpoint.backfillComplete && status.messages - knownCount === arrivals;
  const unchanged =
    arrivals === 0 &&
    status.highestModseq === checkpoint.highestModseq &&
    (countsAgree || !checkpoint.backfillComplete);
  if (unchanged) return checkpoint.backfillComplete ? { kind: 'nothing' } : { kind: 'backfill' };
  const gap = BigInt(status.highestModseq as string) - BigInt(checkpoint.highestModseq);
  const isLarge = checkpoint.catchUp !== undefined || (knownCount > FEW_MESSAGES && gap > LARGE_GAP);
  const slices = isLarge ? ({ inSlices: true } as const) : {};
  if (capabilities.qresync && (countsAgree || status.highestModseq !== checkpoint.highestModseq))
    return { kind: 'qresync', ...slices };
  return { kind: 'condstore', compareUids: !countsAgree, ...slices };
}

/** A mailbox of so many is asked in one go whatever happened in it. */
const FEW_MESSAGES = 10_000;
/** So many changes since the last look may be as many messages: too much for one answer and one batch (SYNC-081). */
const LARGE_GAP = 20_000n;

/** Modification sequences have up to 63 bits: compared as integers of any size. */
function isLess(a: string, b: string): boolean {
  return BigInt(a) < BigInt(b);
}
