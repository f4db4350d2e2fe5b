import type { MailboxChange, MailboxChangeResult } from '../../shared/contract/mailbox-change';
import type { GestureId, MailboxId, Origin } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { insertGesture, readGesture } from '../store/write/gestures';
import { carryOutMailboxSteps } from './carry-out-mailbox-steps';
import { deleteMailbox } from './delete-mailbox';
import type { GestureCore } from './gesture-core';
import { TAKEN } from './gesture-core';
import { mailboxScene, planMailboxChange } from './plan-mailbox-change';

export interface MailboxChangeRequest {
  readonly change: MailboxChange;
  readonly origin: Origin;
  /** Of the caller's making; must be new. */
  readonly gestureId?: GestureId | undefined;
}

/**
 * The one door for changes of mailboxes themselves (SYNC-042, 251): on screen at once, upstream when the server can be
 * asked, undone like any gesture. Fails with 'not-found' for what is gone, 'invalid' and 'conflict' for a name or place
 * that cannot be; what is so already is a success without changes.
 */
export async function changeMailbox(
  core: GestureCore,
  { change, origin, gestureId: given }: MailboxChangeRequest,
): Promise<Outcome<MailboxChangeResult>> {
  const { store, random } = core;
  const gestureId = given ?? (random.token(16) as GestureId);
  if (core.jobs.isRunning(gestureId) || readGesture(store.read, gestureId)) return fail(TAKEN);
  const scene = mailboxScene(store.read, change);
  if (!scene.ok) return scene;
  if (change.kind === 'delete') return deleteMailbox(core, scene.value, { change, origin, gestureId });
  const planned = planMailboxChange(store.read, scene.value, change);
  if (!planned.ok) return planned;
  const nothing = { gestureId, changeIds: [], affected: 0 };
  if (planned.value.length === 0)
    return ok({ ...nothing, mailboxId: (change as { mailboxId: MailboxId }).mailboxId });
  return store.writeTx(origin, (tx) => {
    const context = { ...scene.value, gestureId, token: () => random.token(16) };
    const { steps, changeIds } = carryOutMailboxSteps(tx, context, planned.value);
    insertGesture(tx, gestureId, { kind: 'mailboxes', change, steps });
    const mailboxId = change.kind === 'create' ? steps[0]?.mailboxId : change.mailboxId;
    return ok({ ...nothing, changeIds, mailboxId: mailboxId as MailboxId });
  });
}
