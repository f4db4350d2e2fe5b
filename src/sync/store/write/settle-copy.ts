import type { ChangeId, MailboxId, MessageId } from '../../../shared/domain';
import { packKeywords } from '../keywords';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { finishChange } from './finish-change';
import { dropLocalMessage } from './local-message';
import { placeMessage, removePlacement } from './placements';

const VALIDITY = readSql<{ uid_validity: string }>(
  'SELECT uid_validity FROM sync_state WHERE mailbox_id = ?',
);
const AT_UID = readSql<{ message_id: number }>(
  'SELECT message_id FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
);
const COPIES = readSql<{ id: number; uid: number; verified: number }>(
  'SELECT id, uid, verified FROM placements WHERE message_id = ? AND mailbox_id = ?',
);
export interface CopyAnswer {
  readonly messageId: MessageId;
  readonly mailboxId: MailboxId;
  /** Null = the server did not say: the next pull binds it by identity. */
  readonly uid: number | null;
  readonly uidValidity: string | null;
  readonly keywords: readonly string[];
  /** The copy takes the place of every other one in that mailbox: a revision of a draft. */
  readonly replaces: boolean;
}

/** The server has the copy: it is bound to its UID and the change leaves the queue, in one transaction (SYNC-302, 284). */
export function settleCopy(tx: WriteTx, changeId: ChangeId, answer: CopyAnswer): void {
  finishChange(tx, changeId, 'settled', null);
  bindCopy(tx, answer);
}

/** Binds a message of ours to the copy the server has of it; whatever else stood for that copy goes. */
export function bindCopy(tx: WriteTx, { messageId, mailboxId, uid, ...answer }: CopyAnswer): void {
  const { db } = tx;
  tx.dirty.messages.add(messageId);
  const validity = prepared(db, VALIDITY).get(mailboxId)?.uid_validity;
  if (uid === null || validity === undefined || validity !== answer.uidValidity) return;
  const there = prepared(db, AT_UID).get(mailboxId, uid)?.message_id;
  // A pull was faster and did not know whose copy it is.
  if (there !== undefined && there !== messageId) dropLocalMessage(tx, there as MessageId);
  if (there !== messageId)
    placeMessage(tx, messageId, mailboxId, { uid, keywords: packKeywords(answer.keywords), modseq: null });
  for (const copy of prepared(db, COPIES).all(messageId, mailboxId)) {
    const isOld = copy.verified === 1 ? answer.replaces && copy.uid !== uid : there === messageId;
    if (isOld) removePlacement(tx, copy.id, messageId, copy.verified === 1 ? mailboxId : null);
  }
}

/** A draft is gone upstream in every revision: its message goes from here, too. */
export function settleDiscard(tx: WriteTx, changeId: ChangeId, messageId: MessageId): void {
  finishChange(tx, changeId, 'settled', null);
  dropLocalMessage(tx, messageId);
}
