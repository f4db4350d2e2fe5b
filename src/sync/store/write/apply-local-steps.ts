import { packKeywords, unpackKeywords } from '../keywords';
import { countIndexedCopy } from '../search/coverage';
import { prepared, readSql, writeSql } from '../sql';
import { countCoverage, type WriteTx } from '../write-tx';
import type { ServerStep } from './gestures';
import { placeMessage, removePlacement } from './placements';

const COPIES = readSql<{ id: number; keywords: string }>(
  'SELECT id, keywords FROM placements WHERE message_id = ?',
);
const COPY_IN = readSql<{ id: number; keywords: string; here: number }>(
  `SELECT p.id, p.keywords, m.body_state = 'here' AS here FROM placements p JOIN messages m ON m.id = p.message_id
   WHERE p.message_id = ? AND p.mailbox_id = ? LIMIT 1`,
);
const NEXT_UID = readSql<{ uid: number | null }>(
  'SELECT max(uid) + 1 AS uid FROM placements WHERE mailbox_id = ? AND verified = 1',
);
const SET_KEYWORDS = writeSql('UPDATE placements SET keywords = ? WHERE id = ?');
const MOVE = writeSql('UPDATE placements SET mailbox_id = ?, uid = ? WHERE id = ?');
const KEYWORDS = readSql<{ keywords: string }>('SELECT keywords FROM messages WHERE id = ?');

/** In a local account there is no server to ask: what the user wants is the fact at once. */
export function applyLocalSteps(tx: WriteTx, steps: readonly ServerStep[]): void {
  for (const step of steps) {
    tx.dirty.messages.add(step.messageId);
    switch (step.kind) {
      case 'keywords':
        for (const copy of prepared(tx.db, COPIES).all(step.messageId)) {
          const kept = unpackKeywords(copy.keywords).filter((keyword) => !step.remove.includes(keyword));
          prepared(tx.db, SET_KEYWORDS).run(packKeywords([...kept, ...step.add]), copy.id);
        }
        break;
      case 'move':
        moveCopy(tx, step);
        break;
      case 'delete': {
        const copy = prepared(tx.db, COPY_IN).get(step.messageId, step.from);
        if (copy) removePlacement(tx, copy.id, step.messageId, step.from);
        break;
      }
    }
  }
}

/** Puts a copy back that was deleted for good, while the message itself is still here. */
export function restoreLocalCopy(tx: WriteTx, messageId: number, mailboxId: number): boolean {
  const message = prepared(tx.db, KEYWORDS).get(messageId);
  if (!message) return false;
  const { keywords } = message;
  placeMessage(tx, messageId, mailboxId, { uid: nextLocalUid(tx, mailboxId), keywords, modseq: null });
  return true;
}

function moveCopy(tx: WriteTx, step: Extract<ServerStep, { kind: 'move' }>): void {
  const copy = prepared(tx.db, COPY_IN).get(step.messageId, step.from);
  if (!copy) return;
  if (prepared(tx.db, COPY_IN).get(step.messageId, step.to)) {
    removePlacement(tx, copy.id, step.messageId, step.from);
    return;
  }
  prepared(tx.db, MOVE).run(step.to, nextLocalUid(tx, step.to), copy.id);
  countCoverage(tx, step.from, -1, -copy.here);
  countCoverage(tx, step.to, 1, copy.here);
  countIndexedCopy(tx, step.from, step.messageId, -1);
  countIndexedCopy(tx, step.to, step.messageId, 1);
}

/** In a local account the numbers are ours. */
export function nextLocalUid(tx: WriteTx, mailboxId: number): number {
  return prepared(tx.db, NEXT_UID).get(mailboxId)?.uid ?? 1;
}
