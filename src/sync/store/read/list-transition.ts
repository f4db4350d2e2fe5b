import type { ReadableDb } from '../handles';
import { getSetting } from './settings';

export const TRANSITION_KEY = 'store.unfinished-list-mode';

/** The list whose rows are just being made again for its new mode, or null; survives a kill. */
export function listInTransition(db: ReadableDb): number | null {
  const listId = getSetting(db, TRANSITION_KEY);
  return typeof listId === 'number' ? listId : null;
}
