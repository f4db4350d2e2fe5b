import type { MailboxChange } from '../../shared/contract/mailbox-change';
import type { FailureView, MailboxView } from '../../shared/contract/views';
import { type ListId, type MailboxRole, SMART_LISTS } from '../../shared/domain';
import { knownAccounts, knownMailboxes } from '../actions/known';
import { followGesture, newGestureId } from '../feedback/follow-gesture';
import { showFailure, showUndo } from '../feedback/undo';
import { mailboxName } from '../list/list-title';
import { openDialog, showList, useUi } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { call } from '../transport/call';
import { asksBeforeDelete, canDelete, isLocal, withInner } from './folder-rules';

const { done, failed } = folderStrings;

/** Asks the engine and offers to undo. Answers the failure, for who shows it where it belongs; null = done. */
export async function changeFolder(change: MailboxChange, text: string): Promise<FailureView | null> {
  const gestureId = newGestureId();
  const outcome = await call('mailboxes.change', { change, gestureId });
  if (!outcome.ok) return outcome.failure;
  showUndo({ text, gestureId });
  return null;
}

async function orSay(change: MailboxChange, text: string, failure: string): Promise<void> {
  const refused = await changeFolder(change, text);
  if (refused) showFailure(failure, refused);
}

/** `parent` null = to the top of its account. */
export function moveFolder(mailbox: MailboxView, parent: MailboxView | null): Promise<void> {
  const where = parent ? mailboxName(parent) : folderStrings.top.toLowerCase();
  const change = { kind: 'move', mailboxId: mailbox.id, parentId: parent?.id ?? null } as const;
  return orSay(change, done.move(mailboxName(mailbox), where), failed.move);
}

export function subscribeFolder(mailbox: MailboxView, subscribed: boolean): Promise<void> {
  const name = mailboxName(mailbox);
  const change = { kind: 'subscribe', mailboxId: mailbox.id, subscribed } as const;
  return orSay(change, subscribed ? done.subscribe(name) : done.unsubscribe(name), failed.subscribe);
}

export function giveRole(
  mailbox: MailboxView,
  role: Extract<MailboxChange, { kind: 'role' }>['role'],
): Promise<void> {
  const text = role ? done.role(mailbox.name, folderStrings.roles[role]) : done.noRole(mailbox.name);
  return orSay({ kind: 'role', mailboxId: mailbox.id, role }, text, failed.role);
}

/** Deletes at once what can be brought back: a folder that holds nothing, or one of this computer alone; else asks. */
export function askToDelete(mailbox: MailboxView): void {
  if (!canDelete(mailbox)) return;
  const local = isLocal(knownAccounts(), mailbox.accountId);
  if (!local && asksBeforeDelete(withInner(mailbox, knownMailboxes())))
    openDialog({ kind: 'delete-folder', mailboxId: mailbox.id });
  else void deleteFolder(mailbox);
}

/** With what lies in it; a list that goes with it makes way for the inbox. */
export async function deleteFolder(mailbox: MailboxView): Promise<void> {
  const lists = new Set<number>(withInner(mailbox, knownMailboxes()).map(({ id }) => id));
  const gestureId = newGestureId();
  const { answer: outcome } = await followGesture(
    gestureId,
    folderStrings.doing.delete,
    () => call('mailboxes.change', { change: { kind: 'delete', mailboxId: mailbox.id }, gestureId }),
    true,
  );
  if (!outcome.ok) {
    showFailure(failed.delete, outcome.failure);
    return;
  }
  if (lists.has(useUi.getState().listId)) showList(SMART_LISTS.inbox as ListId);
  showUndo({ text: done.delete(mailboxName(mailbox), outcome.value.affected), gestureId });
}

/** Everything in a trash or junk folder for good, in 10 s (APP-034). */
export async function emptyFolder(mailbox: MailboxView): Promise<void> {
  const target = { kind: 'list', listId: mailbox.id as number as ListId, exceptItemIds: [] } as const;
  const gestureId = newGestureId();
  const { answer: outcome } = await followGesture(
    gestureId,
    folderStrings.doing.empty,
    () =>
      call('mutations.apply', {
        target: { ...target, exceptItemIds: [] },
        mutation: { kind: 'empty' },
        gestureId,
      }),
    true,
  );
  if (!outcome.ok) showFailure(failed.delete, outcome.failure);
  else if (outcome.value.affected > 0) showUndo({ text: done.empty(outcome.value.affected), gestureId });
}

/** What a folder can be emptied as; null = not at all. */
export function emptiable({ role, total }: MailboxView): Extract<MailboxRole, 'trash' | 'junk'> | null {
  return total > 0 && (role === 'trash' || role === 'junk') ? role : null;
}
