import type { AccountId, ChangeId, GestureId, MailboxId, Protocol } from '../../shared/domain';
import { createLocalMailbox, setCreatingChange } from '../store/write/created-mailbox';
import { enqueueMailboxChange } from '../store/write/enqueue-mailbox-change';
import {
  hideLocalMailbox,
  purgeLocalMailboxes,
  setMailboxPlace,
  setMailboxSubscribed,
} from '../store/write/mailbox-facts';
import type { MailboxStep } from '../store/write/mailbox-steps';
import { setRoleOverride } from '../store/write/role-override';
import type { WriteTx } from '../store/write-tx';
import type { PlannedStep } from './plan-mailbox-change';

export interface MailboxGestureContext {
  readonly accountId: AccountId;
  readonly protocol: Protocol;
  readonly gestureId: GestureId;
  token(): string;
  /** Milliseconds UTC before which nothing is sent. */
  readonly notBefore?: number;
}

export interface CarriedOut {
  readonly steps: MailboxStep[];
  readonly changeIds: ChangeId[];
}

/** Local accounts change their facts at once, the others queue what the server must hear. Roles are known here alone. */
export function carryOutMailboxSteps(
  tx: WriteTx,
  context: MailboxGestureContext,
  planned: readonly PlannedStep[],
): CarriedOut {
  const isLocal = context.protocol === 'local';
  if (isLocal) purgeLocalMailboxes(tx, context.accountId);
  const steps: MailboxStep[] = [];
  const changeIds: ChangeId[] = [];
  for (const step of planned) {
    if (step.kind === 'create') {
      const created = create(tx, context, step);
      steps.push({ kind: 'create', mailboxId: created.mailboxId });
      changeIds.push(...created.changeIds);
      continue;
    }
    steps.push(step);
    if (step.kind === 'role') setRoleOverride(tx, step.mailboxId, step.to);
    else if (isLocal) changeFacts(tx, step);
    else changeIds.push(...enqueueMailboxChange(tx, context, toArgs(step)));
  }
  return { steps, changeIds };
}

function create(
  tx: WriteTx,
  context: MailboxGestureContext,
  step: Extract<PlannedStep, { kind: 'create' }>,
): { readonly mailboxId: MailboxId; readonly changeIds: ChangeId[] } {
  const mailboxId = createLocalMailbox(tx, step);
  if (context.protocol === 'local') return { mailboxId, changeIds: [] };
  const path = step.delimiter ? step.path.split(step.delimiter) : [step.path];
  const args = { kind: 'create-mailbox', mailboxId, path, role: step.role } as const;
  const changeIds = enqueueMailboxChange(tx, context, args);
  const [changeId] = changeIds;
  if (changeId !== undefined) setCreatingChange(tx, mailboxId, changeId);
  return { mailboxId, changeIds };
}

type ServerStep = Exclude<MailboxStep, { kind: 'create' | 'role' }>;

function changeFacts(tx: WriteTx, step: ServerStep): void {
  switch (step.kind) {
    case 'place':
      setMailboxPlace(tx, step.mailboxId, step.to, null);
      return;
    case 'subscribe':
      setMailboxSubscribed(tx, step.mailboxId, step.subscribed);
      return;
    case 'delete':
      hideLocalMailbox(tx, step.mailboxId, true);
      return;
  }
}

function toArgs(step: ServerStep): Parameters<typeof enqueueMailboxChange>[2] {
  const { mailboxId } = step;
  switch (step.kind) {
    case 'place':
      return { kind: 'rename-mailbox', mailboxId, ...step.to };
    case 'subscribe':
      return { kind: 'subscribe-mailbox', mailboxId, subscribed: step.subscribed };
    case 'delete':
      return { kind: 'delete-mailbox', mailboxId };
  }
}
