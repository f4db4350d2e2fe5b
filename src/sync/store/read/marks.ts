import type { PendingState } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

export type Mark = 'none' | 'waiting' | 'parked';

const ANY_PENDING = readSql<{ id: number }>('SELECT id FROM pending_changes LIMIT 1');
const OF_MESSAGE = readSql<{ state: PendingState }>(
  `SELECT c.state FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id WHERE t.message_id = ?`,
);
const OF_THREAD = readSql<{ state: PendingState }>(
  `SELECT c.state FROM messages m JOIN pending_targets t ON t.message_id = m.id
     JOIN pending_changes c ON c.id = t.change_id WHERE m.thread_id = ?`,
);

/** Says of messages or threads whether the server has still to hear of a change, or refused one (UI-024). */
export function readMarks(db: ReadableDb): { ofMessage(id: number): Mark; ofThread(id: number): Mark } {
  const idle = prepared(db, ANY_PENDING).get() === undefined;
  const worst = (states: readonly { state: PendingState }[]): Mark =>
    states.length === 0 ? 'none' : states.some(({ state }) => state === 'parked') ? 'parked' : 'waiting';
  return {
    ofMessage: (id) => (idle ? 'none' : worst(prepared(db, OF_MESSAGE).all(id))),
    ofThread: (id) => (idle ? 'none' : worst(prepared(db, OF_THREAD).all(id))),
  };
}
