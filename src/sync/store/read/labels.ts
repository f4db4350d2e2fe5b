import { type MessageId, SMART_LISTS } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { unpackKeywords } from '../keywords';
import { prepared, readSql } from '../sql';

/** One step from a set of labels to the next one in the index: many messages with the same labels cost one look. */
const NEXT_LABELS = readSql<{ labels: string }>(
  `SELECT labels FROM list_rows INDEXED BY list_rows_labels
   WHERE labels <> '' AND list_id = ${SMART_LISTS.all} AND labels > ? ORDER BY labels LIMIT 1`,
);
const LOCAL_LABELS = readSql<{ keyword: string }>('SELECT keyword FROM local_labels WHERE message_id = ?');

/** Different sets of labels that are looked at: a server that invents labels must not make a menu slow. */
const MOST_SETS = 2_000;

/** Every label that some message outside of trash and junk has, sorted (APP-037). */
export function knownLabels(db: ReadableDb): string[] {
  const labels = new Set<string>();
  let after = '';
  for (let looked = 0; looked < MOST_SETS; looked++) {
    const next = prepared(db, NEXT_LABELS).get(after);
    if (!next) break;
    for (const label of unpackKeywords(next.labels)) labels.add(label);
    after = next.labels;
  }
  return [...labels].sort();
}

/** Labels of the message that only this computer knows (SYNC-092). */
export function localLabels(db: ReadableDb, messageId: MessageId): string[] {
  return prepared(db, LOCAL_LABELS)
    .all(messageId)
    .map(({ keyword }) => keyword);
}
