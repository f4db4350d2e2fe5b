import type { ChangeId, MessageId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import { packKeywords, unpackKeywords } from '../keywords';
import { isMailboxArgs, type MailboxArgs, type PendingArgs, parseArgs } from '../pending-args';
import { type PendingRecord, targetsOf } from '../read/pending';
import { countIndexedCopy } from '../search/coverage';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import { adoptRemoteKey } from './created-mailbox';
import { finishChange, finishPart } from './finish-change';
import { dropLabelsHere, keepLabelsHere } from './local-labels';
import { dropMailbox, setMailboxPlace, setMailboxSubscribed } from './mailbox-facts';
import { parkChange } from './park-change';
import { removePlacement } from './placements';

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const PLACEMENT = readSql<{ id: number; keywords: string; verified: number; here: number }>(
  `SELECT p.id, p.keywords, p.verified, m.body_state = 'here' AS here
   FROM placements p JOIN messages m ON m.id = p.message_id WHERE p.message_id = ? AND p.mailbox_id = ? LIMIT 1`,
);
const AT_UID = readSql<{ id: number }>(
  'SELECT id FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
);
const VALIDITY = readSql<{ uid_validity: string }>(
  'SELECT uid_validity FROM sync_state WHERE mailbox_id = ?',
);
const SET_KEYWORDS = writeSql('UPDATE placements SET keywords = ? WHERE id = ?');
const MOVE_PLACEMENT = writeSql(
  'UPDATE placements SET mailbox_id = ?, uid = ?, modseq = NULL, verified = ? WHERE id = ?',
);
const DROP_TARGET = writeSql('DELETE FROM pending_targets WHERE change_id = ? AND message_id = ?');
const BACK_TO_WAITING = writeSql(
  "UPDATE pending_changes SET state = 'waiting', claim_run = NULL, not_before = ? WHERE id = ?",
);

/** What became of one target: in the words of the server's answer, or decided from the facts alone. */
export type TargetOutcome = {
  readonly messageId: MessageId;
  /** Where it was done: the source of a move or delete, the mailbox of the copy whose keywords changed. */
  readonly mailboxId: number | null;
  readonly uid: number | null;
} & (
  | {
      readonly result: 'done';
      /** The moved message's UID in the destination where the server told (SYNC-102). */
      readonly newUid: number | null;
      readonly newUidValidity: string | null;
      /** Labels of the change that this mailbox does not keep: they stay here (SYNC-092). */
      readonly staysHere?: readonly string[];
      /** All keywords the server has there now; absent = it did not say. */
      readonly keywords?: readonly string[];
    }
  /** The server no longer had it there. */
  | { readonly result: 'gone' }
  /** The facts already say what was wanted, or nothing is left to do it to (section 8). */
  | { readonly result: 'settled' }
  | { readonly result: 'failed'; readonly failure: Failure }
);

export interface SettleFacts {
  /** Changes of mailboxes: the server's name of the one that was created, renamed, deleted or subscribed; null = not. */
  readonly createdRemoteKey: string | null;
  readonly now: number;
}

/** A message that was not where we looked may be on its way elsewhere: looked at again after this (SYNC-088). */
const LOOK_AGAIN_MS = 5_000;

/**
 * The server has answered: its answers become the facts and the intents leave the queue, in one transaction, so that
 * the screen does not flicker (SYNC-102, 263). Refused targets are parked, those with the same reason together. A move
 * or delete of a copy that is gone stays for the conflict table, and so does every target without an outcome.
 */
export function settleTargets(
  tx: WriteTx,
  changeId: ChangeId,
  outcomes: readonly TargetOutcome[],
  { createdRemoteKey, now }: SettleFacts,
): void {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  const args = record ? parseArgs(record.kind, record.args_json) : null;
  if (!record || !args) return;
  if (isMailboxArgs(args)) {
    if (createdRemoteKey === null) {
      backToWaiting(tx, changeId, record.not_before);
      return;
    }
    finishChange(tx, changeId, 'settled', null);
    applyMailboxAnswer(tx, args, createdRemoteKey);
    return;
  }
  const settled = new Set<MessageId>();
  const missed = new Set<MessageId>();
  const refused = new Map<string, { failure: Failure; messageIds: MessageId[] }>();
  for (const outcome of outcomes) {
    const { messageId } = outcome;
    tx.dirty.messages.add(messageId);
    if (outcome.result === 'failed') {
      const reason = JSON.stringify(outcome.failure);
      const group = refused.get(reason);
      if (group) group.messageIds.push(messageId);
      else refused.set(reason, { failure: outcome.failure, messageIds: [messageId] });
      continue;
    }
    applyAnswer(tx, args, outcome);
    if (outcome.result === 'gone' && args.kind !== 'keywords') missed.add(messageId);
    else settled.add(messageId);
  }
  for (const messageId of missed) settled.delete(messageId);
  for (const { failure, messageIds } of refused.values()) {
    parkChange(tx, changeId, failure, now, messageIds);
    for (const messageId of messageIds) settled.delete(messageId);
  }
  if (prepared(db, CHANGE).get(changeId)?.state === 'parked') return;
  const left = targetsOf(db, changeId).some(({ messageId }) => !settled.has(messageId));
  if (!left) {
    finishChange(tx, changeId, 'settled', null);
    return;
  }
  const through = targetsOf(db, changeId).filter(({ messageId }) => settled.has(messageId));
  finishPart(
    tx,
    changeId,
    through.map(({ messageId, mailboxId }) => [messageId, mailboxId ?? 0]),
    'settled',
  );
  for (const messageId of settled) prepared(db, DROP_TARGET).run(changeId, messageId);
  backToWaiting(tx, changeId, missed.size > 0 ? now + LOOK_AGAIN_MS : record.not_before);
}

function backToWaiting(tx: WriteTx, changeId: ChangeId, notBefore: number): void {
  prepared(tx.db, BACK_TO_WAITING).run(notBefore, changeId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

function applyAnswer(
  tx: WriteTx,
  args: Exclude<PendingArgs, MailboxArgs>,
  item: Exclude<TargetOutcome, { result: 'failed' }>,
): void {
  const { db } = tx;
  if (args.kind === 'keywords') dropLabelsHere(tx, item.messageId, args.remove);
  if (item.result === 'settled' || item.mailboxId === null) return;
  const placement = prepared(db, PLACEMENT).get(item.messageId, item.mailboxId);
  if (!placement) return;
  const countedIn = placement.verified === 1 ? item.mailboxId : null;
  if (item.result === 'gone') {
    removePlacement(tx, placement.id, item.messageId, countedIn);
    return;
  }
  switch (args.kind) {
    case 'keywords': {
      const keywords = unpackKeywords(placement.keywords).filter((keyword) => !args.remove.includes(keyword));
      const here = item.staysHere ?? [];
      const sent = args.add.filter((keyword) => !here.includes(keyword));
      const facts = item.keywords ?? [...keywords, ...sent];
      prepared(db, SET_KEYWORDS).run(packKeywords(facts), placement.id);
      keepLabelsHere(tx, item.messageId, here);
      return;
    }
    case 'delete':
      removePlacement(tx, placement.id, item.messageId, countedIn);
      return;
    case 'move': {
      const validity = prepared(db, VALIDITY).get(args.toMailboxId)?.uid_validity;
      const sure = item.newUid !== null && validity !== undefined && validity === item.newUidValidity;
      if (sure && prepared(db, AT_UID).get(args.toMailboxId, item.newUid)) {
        // A pull of the destination was faster and already placed it there.
        removePlacement(tx, placement.id, item.messageId, countedIn);
        return;
      }
      // Without a UID we can trust the copy counts as unverified until a pull finds it by identity.
      prepared(db, MOVE_PLACEMENT).run(args.toMailboxId, item.newUid ?? 0, sure ? 1 : 0, placement.id);
      if (countedIn !== null) {
        countCoverage(tx, countedIn, -1, -placement.here);
        countIndexedCopy(tx, countedIn, item.messageId, -1);
      }
      if (sure) {
        countCoverage(tx, args.toMailboxId, 1, placement.here);
        countIndexedCopy(tx, args.toMailboxId, item.messageId, 1);
      }
      return;
    }
  }
}

function applyMailboxAnswer(tx: WriteTx, args: MailboxArgs, remoteKey: string): void {
  switch (args.kind) {
    case 'create-mailbox':
      adoptRemoteKey(tx, args.mailboxId, remoteKey);
      return;
    case 'rename-mailbox':
      setMailboxPlace(tx, args.mailboxId, args, remoteKey);
      return;
    case 'delete-mailbox':
      dropMailbox(tx, args.mailboxId);
      return;
    case 'subscribe-mailbox':
      setMailboxSubscribed(tx, args.mailboxId, args.subscribed);
      return;
  }
}
