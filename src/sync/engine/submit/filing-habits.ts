import type { SubmissionFacts } from '../../store/read/submission';

/** Submission servers that are known to put a copy among the sent messages (SYNC-284). */
const FILE_COPIES = [/(^|\.)(gmail|googlemail)\.com$/, /(^|\.)(office365|outlook|hotmail|live)\.com$/];

/** Whether the server files what it sends: seen before, or known of it. False also while nobody knows. */
export function filesByItself(host: string, { filesCopies }: SubmissionFacts): boolean {
  return filesCopies ?? FILE_COPIES.some((pattern) => pattern.test(host.toLowerCase()));
}

/** Whether it was never seen, so that the first message tells (SYNC-284). */
export function isHabitUnknown(host: string, facts: SubmissionFacts): boolean {
  return facts.filesCopies === null && !filesByItself(host, facts);
}
