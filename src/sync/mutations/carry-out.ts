import type { Mutation } from '../../shared/contract/mutation';
import type { AccountId, ChangeId, GestureId } from '../../shared/domain';
import type { MessageScreen } from '../store/read/message-screens';
import { applyLocalSteps } from '../store/write/apply-local-steps';
import { enqueueSteps } from '../store/write/enqueue-steps';
import type { GestureStep } from '../store/write/gestures';
import type { OpenRows } from '../store/write/insert-change';
import type { WriteTx } from '../store/write-tx';

/** The steps of one account and whether a server has to hear of them. */
export interface AccountSteps {
  readonly protocol: MessageScreen['protocol'];
  readonly steps: GestureStep[];
}

/** Local accounts change their facts at once, the others queue what the server must hear. */
export function carryOut(
  tx: WriteTx,
  byAccount: ReadonlyMap<AccountId, AccountSteps>,
  gesture: {
    readonly gestureId: GestureId;
    readonly aim: 'mailbox' | 'role';
    readonly openRows: OpenRows;
    token(): string;
  },
): ChangeId[] {
  const changeIds: ChangeId[] = [];
  for (const [accountId, { protocol, steps }] of byAccount) {
    if (protocol === 'local') applyLocalSteps(tx, steps);
    else changeIds.push(...enqueueSteps(tx, { ...gesture, accountId }, steps));
  }
  return changeIds;
}

export function addSteps(
  byAccount: Map<AccountId, AccountSteps>,
  { accountId, protocol }: MessageScreen,
  steps: readonly GestureStep[],
): void {
  const account = byAccount.get(accountId);
  if (account) account.steps.push(...steps);
  else byAccount.set(accountId, { protocol, steps: [...steps] });
}

/** Archive, trash and junk aim at the destination wherever the message is meanwhile; a move means this mailbox. */
export function aimOf(mutation: Mutation): 'mailbox' | 'role' {
  return mutation.kind === 'move' ? 'mailbox' : 'role';
}
