import type { Failure } from '../../shared/failure';
import { finishLog, startLog } from '../store/write/sync-log';
import type { WriteTx } from '../store/write-tx';
import type { RunnerContext } from './runner-context';

/** Tells in the log of an account that one message of a mailbox did not come, with what happened (SYNC-060). */
export function logBadMessage(
  { accountId, clock }: RunnerContext,
  tx: WriteTx,
  path: string,
  failure: Failure,
): void {
  const now = clock.now();
  const id = startLog(tx, { accountId, kind: 'pull', mailbox: path, trigger: 'poll', startedAt: now });
  const message = `${path}: one message could not be fetched. ${failure.message}`;
  finishLog(tx, id, { finishedAt: now, result: 'error', failure: { ...failure, message } });
}
