import type { AccountId, AccountState } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { finishLog, startLog } from '../store/write/sync-log';
import type { WriteTx } from '../store/write-tx';
import type { Trigger } from './run-cycle';

/** One row for every transition of an account, in the transaction that makes it (SYNC-001, SYNC-310). */
export function logState(
  tx: WriteTx,
  accountId: AccountId,
  state: AccountState,
  failure: Failure | null,
  trigger: Trigger,
): void {
  const kind = state === 'auth' ? 'auth' : 'state';
  const id = startLog(tx, { accountId, kind, mailbox: null, trigger });
  finishLog(tx, id, { result: failure === null ? 'ok' : 'error', failure });
}
