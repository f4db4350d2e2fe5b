import { quirksOf } from '../../../shared/provider-quirks';
import type { SubmissionFacts } from '../../store/read/submission';

/** Whether the server files what it sends: seen before, or known of it. False also while nobody knows. */
export function filesByItself(host: string, { filesCopies }: SubmissionFacts): boolean {
  return filesCopies ?? quirksOf({ host }).filesSentCopy;
}

/** Whether it was never seen, so that the first message tells (SYNC-284). */
export function isHabitUnknown(host: string, facts: SubmissionFacts): boolean {
  return facts.filesCopies === null && !filesByItself(host, facts);
}
