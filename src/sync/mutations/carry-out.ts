import type { Mutation } from '../../shared/contract/mutation';
import type { AccountId, ChangeId, GestureId } from '../../shared/domain';
import type { MessageScreen } from '../store/read/message-screens';
import { applyLocalSteps } from '../store/write/apply-local-steps';
import { enqueueSteps } from '../store/write/enqueue-steps';
import type { GestureStep, ServerStep, SnoozeStep } from '../store/write/gestures';
import type { OpenRows } from '../store/write/insert-change';
import { applySnoozeSteps } from '../store/write/snoozes';
import type { WriteTx } from '../store/write-tx';

/** The steps of one account and whether a server has to hear of them. */
export interface AccountSteps {
  readonly protocol: MessageScreen['protocol'];
  readonly steps: GestureStep[];
}

/**
 * Local accounts change their facts at once, the others queue what the server must hear. What is put off is known here
 * alone.
 */
export function carryOut(
  tx: WriteTx,
  byAccount: ReadonlyMap<AccountId, AccountSteps>,
  gesture: {
    readonly gestureId: GestureId;
    readonly aim: 'mailbox' | 'role';
    readonly openRows: OpenRows;
    /** Milliseconds UTC before which nothing is sent; absent or 0 = at once. */
    readonly notBefore?: number;
    token(): string;
  },
): ChangeId[] {
  const changeIds: ChangeId[] = [];
  for (const [accountId, { protocol, steps }] of byAccount) {
    applySnoozeSteps(tx, steps.filter(isSnooze));
    const others = steps.filter(isForServer);
    if (protocol === 'local') applyLocalSteps(tx, others);
    else changeIds.push(...enqueueSteps(tx, { ...gesture, accountId }, others));
  }
  return changeIds;
}

function isSnooze(step: GestureStep): step is SnoozeStep {
  return step.kind === 'snooze';
}

function isForServer(step: GestureStep): step is ServerStep {
  return step.kind !== 'snooze';
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

/** A trash is emptied so long after it was asked for; until then it can be undone (APP-034). */
const EMPTY_AFTER_MS = 10_000;

/** Before this nothing of it is sent: milliseconds UTC, 0 = at once. */
export function notBeforeOf(mutation: Mutation, nowMs: number): number {
  return mutation.kind === 'empty' ? nowMs + EMPTY_AFTER_MS : 0;
}
