import type { GestureView } from '../../shared/contract/ledger-methods';
import { FLAGGED, SEEN } from '../../shared/domain';
import type { ReadableDb } from '../store/handles';
import { getMailbox } from '../store/read/mailboxes';
import { countGestureMessages, type RecentGesture, recentGestures } from '../store/read/recent-gestures';

/**
 * What undo and redo mean for a window that has done nothing itself: the newest gesture that stands, and the one that
 * was undone last, as long as nothing was done after it (SYNC-246).
 */
export function nextGestures(db: ReadableDb): { undo: GestureView | null; redo: GestureView | null } {
  const recent = recentGestures(db).filter(({ mutation: { kind } }) => !FOR_GOOD.has(kind));
  const standing = recent.findIndex(({ state }) => state !== 'undone');
  const undone = standing === -1 ? recent : recent.slice(0, standing);
  return { undo: view(db, recent[standing]), redo: view(db, undone.at(-1)) };
}

/** What nobody takes back by a key once its 10 s are over, and what a clock did. */
const FOR_GOOD = new Set(['delete', 'empty', 'wake']);

function view(db: ReadableDb, gesture: RecentGesture | undefined): GestureView | null {
  if (gesture === undefined) return null;
  return { gestureId: gesture.id, messages: countGestureMessages(db, gesture.seq), ...whatOf(db, gesture) };
}

function whatOf(db: ReadableDb, { mutation }: RecentGesture): Pick<GestureView, 'what' | 'name'> {
  switch (mutation.kind) {
    case 'mailboxes':
      return { what: 'folder', name: '' };
    case 'move':
      return { what: 'move', name: getMailbox(db, mutation.toMailboxId)?.path ?? '' };
    case 'keywords': {
      const { add, remove } = mutation;
      if (add.includes(FLAGGED)) return { what: 'star', name: '' };
      if (remove.includes(FLAGGED)) return { what: 'unstar', name: '' };
      if (add.includes(SEEN)) return { what: 'read', name: '' };
      if (remove.includes(SEEN)) return { what: 'unread', name: '' };
      return add.length > 0
        ? { what: 'label', name: add.join(', ') }
        : { what: 'unlabel', name: remove.join(', ') };
    }
    case 'delete':
    case 'empty':
    case 'wake':
      return { what: 'folder', name: '' };
    default:
      return { what: mutation.kind, name: '' };
  }
}
