import type { MailboxId, MessageId } from '../../../shared/domain';
import type { Checkpoint, FlagFacts, UidRange } from '../../../shared/observation';
import { must } from '../assert';
import { COLLECTIONS } from '../collections';
import { packKeywords } from '../keywords';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import { insertMessage, prepareInsert } from './insert-message';
import { keepWrittenDrafts } from './keep-drafts';
import { peopleLearner } from './learn-people';
import { placeMessage, removePlacement } from './placements';
import type { ReconcilePlan } from './reconcile-plan';
import { sentCopyFinder } from './sent-copies';
import { wakeByAnswers } from './snoozes';

const MAILBOX_ACCOUNT = readSql<{ account_id: number }>('SELECT account_id FROM mailboxes WHERE id = ?');
const VALIDITY = readSql<{ uid_validity: string }>(
  'SELECT uid_validity FROM sync_state WHERE mailbox_id = ?',
);
const SAVE_CHECKPOINT = writeSql(
  `INSERT INTO sync_state (mailbox_id, checkpoint_json, uid_validity, backfill_complete, updated_at)
   VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (mailbox_id) DO UPDATE SET checkpoint_json = coalesce(excluded.checkpoint_json, checkpoint_json),
     uid_validity = excluded.uid_validity, backfill_complete = iif(excluded.checkpoint_json IS NULL, backfill_complete, excluded.backfill_complete),
     updated_at = excluded.updated_at`,
);
const COUNT_VERIFIED = readSql<{ stored: number; bodies: number; indexed: number; indexedBodies: number }>(
  `SELECT count(*) AS stored, coalesce(sum(m.body_state = 'here'), 0) AS bodies, count(d.state) AS indexed,
     coalesce(sum(d.state), 0) AS indexedBodies
   FROM placements p JOIN messages m ON m.id = p.message_id LEFT JOIN search_docs d ON d.message_id = m.id
   WHERE p.mailbox_id = ? AND p.verified = 1`,
);
const DOUBT_ALL = writeSql('UPDATE placements SET verified = 0 WHERE mailbox_id = ? AND verified = 1');
const UNVERIFIED = readSql<{ id: number; message_id: number }>(
  'SELECT id, message_id FROM placements WHERE mailbox_id = ? AND verified = 0',
);
const PLACED = readSql<{ id: number; message_id: number; keywords: string; modseq: string | null }>(
  `SELECT id, message_id, keywords, modseq FROM placements
   WHERE mailbox_id = ? AND uid = ? AND verified = 1`,
);
const ANY_PLACED = readSql<{ id: number }>(
  `SELECT id FROM placements WHERE mailbox_id = ? AND uid BETWEEN ? AND ? AND verified = 1 LIMIT 1`,
);
const SET_FLAGS = writeSql('UPDATE placements SET keywords = ?, modseq = ? WHERE id = ?');
const PLACED_IN_RANGE = readSql<{ id: number; message_id: number }>(
  `SELECT id, message_id FROM placements WHERE mailbox_id = ? AND uid BETWEEN ? AND ? AND verified = 1`,
);
const BY_IDENTITY = readSql<{ id: number }>(
  'SELECT id FROM messages WHERE account_id = ? AND identity = ? LIMIT 1',
);

export interface Applied {
  /** Messages that were not in the store before, in the order of the batch. */
  readonly added: MessageId[];
  readonly changed: number;
  readonly removed: number;
}

/**
 * Stores facts about a mailbox and, with the last of a batch, its checkpoint; screen and change log follow in the same transaction
 * (rule 1, SYNC-054). Applying a batch twice changes nothing the second time.
 */
export function applyObservations(
  tx: WriteTx,
  mailboxId: MailboxId,
  plan: ReconcilePlan & { readonly checkpoint: Checkpoint | null },
  nowMs: number,
): Applied {
  const { db } = tx;
  const accountId = must(prepared(db, MAILBOX_ACCOUNT).get(mailboxId), 'the mailbox exists').account_id;
  const validity = prepared(db, VALIDITY).get(mailboxId)?.uid_validity;
  if (validity !== undefined && validity !== plan.uidValidity) doubtPlacements(tx, mailboxId);

  const added: MessageId[] = [];
  let changed = 0;
  const insert = prepareInsert(tx);
  const learn = peopleLearner(tx, accountId, mailboxId);
  const byIdentity = prepared(db, BY_IDENTITY);
  const sentTwin = sentCopyFinder(tx, accountId, mailboxId);
  const placed = prepared(db, PLACED);
  const allNew = areAllNew(tx, mailboxId, plan.insert);
  for (const message of plan.insert) {
    const known = allNew ? undefined : placed.get(mailboxId, message.uid);
    if (known) {
      if (setFlags(tx, known, message.keywords, message.modseq)) changed++;
      continue;
    }
    learn(message);
    const twin =
      (message.identity === null ? undefined : byIdentity.get(accountId, message.identity)) ??
      sentTwin(message);
    if (twin) {
      placeMessage(tx, twin.id, mailboxId, message);
      changed++;
    } else added.push(insertMessage(tx, insert, accountId, mailboxId, message) as MessageId);
  }
  wakeByAnswers(tx, mailboxId, added);
  for (const flags of plan.flags) {
    const known = placed.get(mailboxId, flags.uid);
    if (known && setFlags(tx, known, packKeywords(flags.keywords), flags.modseq)) changed++;
  }
  const gone = removeRanges(tx, mailboxId, plan.remove);

  if (plan.dropUnverified) {
    for (const row of prepared(db, UNVERIFIED).all(mailboxId)) {
      removePlacement(tx, row.id, row.message_id, null);
      gone.push(row.message_id);
    }
  }
  keepWrittenDrafts(tx, mailboxId, gone);
  const { checkpoint } = plan;
  prepared(db, SAVE_CHECKPOINT).run(
    mailboxId,
    checkpoint === null ? null : JSON.stringify(checkpoint),
    plan.uidValidity,
    checkpoint?.backfillComplete ? 1 : 0,
    nowMs,
  );
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
  return { added, changed, removed: gone.length };
}

/** True for old mail that is seen for the first time: then one look tells it for all. */
function areAllNew(tx: WriteTx, mailboxId: MailboxId, messages: ReconcilePlan['insert']): boolean {
  const uids = new Set(messages.map(({ uid }) => uid));
  let least = Number.MAX_SAFE_INTEGER;
  let most = 0;
  for (const uid of uids) {
    least = Math.min(least, uid);
    most = Math.max(most, uid);
  }
  return uids.size === messages.length && !prepared(tx.db, ANY_PLACED).get(mailboxId, least, most);
}

/** After a new UIDVALIDITY the old UIDs mean nothing; the messages wait to be found again (SYNC-082). */
function doubtPlacements(tx: WriteTx, mailboxId: MailboxId): void {
  const { stored, bodies, indexed, indexedBodies } = must(
    prepared(tx.db, COUNT_VERIFIED).get(mailboxId),
    'a count has a row',
  );
  prepared(tx.db, DOUBT_ALL).run(mailboxId);
  countCoverage(tx, mailboxId, -stored, -bodies, { messages: -indexed, bodies: -indexedBodies });
}

function setFlags(
  tx: WriteTx,
  known: { id: number; message_id: number; keywords: string; modseq: string | null },
  keywords: string,
  modseq: FlagFacts['modseq'],
): boolean {
  if (keywords === known.keywords) return false;
  prepared(tx.db, SET_FLAGS).run(keywords, modseq ?? known.modseq, known.id);
  tx.dirty.messages.add(known.message_id);
  return true;
}

/** Answers the messages that lost a copy. */
function removeRanges(tx: WriteTx, mailboxId: MailboxId, ranges: readonly UidRange[]): number[] {
  const inRange = prepared(tx.db, PLACED_IN_RANGE);
  const removed: number[] = [];
  for (const [first, last] of ranges) {
    for (const row of inRange.all(mailboxId, first, last)) {
      removePlacement(tx, row.id, row.message_id, mailboxId);
      removed.push(row.message_id);
    }
  }
  return removed;
}
