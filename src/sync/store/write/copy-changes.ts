import type { AccountId, ChangeId, GestureId, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import type { PendingArgs } from '../pending-args';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { removeChange } from './finish-change';
import { insertChange } from './insert-change';

const OF_MESSAGE = readSql<{ id: ChangeId; state: string }>(
  `SELECT c.id, c.state FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id
   WHERE t.message_id = ? AND c.kind = ?`,
);
const DELAY = writeSql('UPDATE pending_changes SET not_before = ?, attempts = 0 WHERE id = ?');

export type CopyArgs = Extract<PendingArgs, { readonly kind: 'append' | 'save-draft' | 'discard-draft' }>;

export interface NewCopyChange {
  readonly accountId: AccountId;
  readonly args: CopyArgs;
  readonly messageId: MessageId;
  /** The mailbox it leaves; 0 = none. */
  readonly source: number;
  readonly gestureId: GestureId;
  readonly notBefore: number;
  token(): string;
}

/** A message of ours goes into a mailbox upstream, or a draft out of it (SYNC 7.3, "append", "save draft"). */
export function enqueueCopyChange(tx: WriteTx, change: NewCopyChange): ChangeId {
  const [id] = insertChange(tx, { ...change, messageIds: [change.messageId] });
  tx.dirty.messages.add(change.messageId);
  return id as ChangeId;
}

/**
 * A save that still waits takes the newest revision along: it is only put off (SYNC-234, "draft saves keep the last").
 * Answers false when there is none, or the one there is is on its way: then one more is needed (SYNC-302).
 */
export function delayDraftSave(tx: WriteTx, messageId: MessageId, notBefore: number): boolean {
  const waiting = changesOf(tx, messageId, 'save-draft').find(({ state }) => state === 'waiting');
  if (!waiting) return false;
  prepared(tx.db, DELAY).run(notBefore, waiting.id);
  // Only what comes sooner concerns whoever sends: a later time is found when the earlier one is over.
  if (notBefore === 0) tx.log(COLLECTIONS.pending, waiting.id, 'change');
  return true;
}

/** Saves nobody wants any more: the draft is sent or discarded. One that is on its way ends by itself. */
export function withdrawDraftSaves(tx: WriteTx, messageId: MessageId): void {
  withdraw(tx, messageId, 'save-draft');
}

/** The draft is wanted again. */
export function withdrawDraftDiscard(tx: WriteTx, messageId: MessageId): void {
  withdraw(tx, messageId, 'discard-draft');
}

function withdraw(tx: WriteTx, messageId: MessageId, kind: CopyArgs['kind']): void {
  for (const { id, state } of changesOf(tx, messageId, kind)) {
    if (state === 'claimed' || state === 'probing') continue;
    removeChange(tx, id);
    tx.dirty.messages.add(messageId);
  }
}

function changesOf(
  tx: WriteTx,
  messageId: MessageId,
  kind: CopyArgs['kind'],
): { id: ChangeId; state: string }[] {
  return prepared(tx.db, OF_MESSAGE).all(messageId, kind);
}

/** The sent copy of a message that was taken back before it left. */
export function withdrawAppend(tx: WriteTx, messageId: MessageId): void {
  withdraw(tx, messageId, 'append');
}
