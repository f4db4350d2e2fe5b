import type { ImapAccountInput } from '../../shared/contract/methods';
import type { SubmissionChange, SubmissionChanged } from '../../shared/contract/submission-change';
import type { ProbeReport } from '../../shared/contract/views';
import { isLoopback } from '../../shared/loopback';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { plural } from '../../shared/plural';
import type { Supervisor } from '../engine/supervisor';
import type { Store } from '../store/open-store';
import { getAccount } from '../store/read/accounts';
import { outboxCounts } from '../store/read/outbox';
import { setAccountSubmission } from '../store/write/accounts';
import { forgetServerWaits } from '../store/write/outbox-clock';

export interface SetSubmissionDeps {
  readonly store: Store;
  readonly supervisor: Supervisor;
  /** Tries the server for sending alone; null = the settings name none. */
  readonly probeSending: (settings: ImapAccountInput) => Promise<ProbeReport | null>;
}

/**
 * Changes where an account sends (APP-007, APP-011). Stored only when the test went well or the caller wants none; then the
 * account starts again, and what waits in its outbox is tried at the new server at once.
 */
export async function setSubmission(
  { store, supervisor, probeSending }: SetSubmissionDeps,
  { accountId, submission, untested }: SubmissionChange,
): Promise<Outcome<SubmissionChanged>> {
  const account = getAccount(store.read, accountId);
  if (!account?.settings) return fail({ kind: 'not-found', message: 'There is no such account.' });
  if (submission?.security === 'none' && !isLoopback(submission.host)) {
    return fail({
      kind: 'invalid',
      message: 'Without encryption the password could be read by anyone on the way.',
      hint: 'Choose TLS or STARTTLS. Unencrypted sending is possible to this computer only.',
    });
  }
  const probe = submission && !untested ? await probeSending({ ...account.settings, submission }) : null;
  if (probe && probe.verdict !== 'ok') return ok({ result: 'refused', probe });
  const { waiting } = outboxCounts(store.read, accountId);
  if (submission === null && waiting > 0) {
    return fail({
      kind: 'conflict',
      message: `${waiting} ${plural(waiting, { one: 'message waits', other: 'messages wait' })} in the outbox of this account.`,
      hint: 'Send or discard what waits first.',
    });
  }
  store.writeTx('user', (tx) => {
    setAccountSubmission(tx, accountId, submission);
    forgetServerWaits(tx, accountId);
  });
  await supervisor.refreshAccount(accountId);
  return ok({ result: 'stored', probe });
}
