import type { Failure } from '../../shared/failure';

/** Whether a failure is about the mailbox it was met in, so that all others go on. */
export function concernsOneMailbox(failure: Failure): boolean {
  return (
    failure.kind === 'rejected' ||
    failure.kind === 'not-found' ||
    failure.kind === 'conflict' ||
    failure.kind === 'protocol' ||
    failure.kind === 'limit'
  );
}
