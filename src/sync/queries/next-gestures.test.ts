import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Mutation } from '../../shared/contract/mutation';
import type { GestureId, MailboxId, MessageId, Origin } from '../../shared/domain';
import { type GestureState, insertGesture, recordSteps, setGestureState } from '../store/write/gestures';
import { nextGestures } from './next-gestures';

let opened: TestStore;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

const star: Mutation = { kind: 'keywords', add: ['$flagged'], remove: [] };

/** A gesture over so many messages, as the store remembers it. */
function did(
  id: string,
  mutation: Mutation,
  state: GestureState = 'done',
  messages = 1,
  origin: Origin = 'user',
) {
  opened.store.writeTx(origin, (tx) => {
    const seq = insertGesture(tx, id as GestureId, mutation);
    recordSteps(
      tx,
      seq,
      Array.from({ length: messages }, (_, at) => ({
        kind: 'keywords' as const,
        messageId: (at + 1) as MessageId,
        add: ['$flagged'],
        remove: [],
      })),
    );
    setGestureState(tx, seq, state);
  });
}

const next = () => {
  const { undo, redo } = nextGestures(opened.store.read);
  return [undo?.gestureId ?? null, redo?.gestureId ?? null];
};

test('nothing was done: nothing is next', () => {
  expect(next()).toEqual([null, null]);
});

test('undo means the newest that stands, redo the one that was undone last and has nothing done after it', () => {
  did('a', { kind: 'archive' }, 'undone');
  did('b', star, 'partly', 3);
  expect(next()).toEqual(['b', null]);
  did('c', { kind: 'trash' }, 'undone');
  did('d', { kind: 'junk' }, 'undone');
  expect(next()).toEqual(['b', 'c']);
  did('e', { kind: 'archive' });
  expect(next()).toEqual(['e', null]);
  expect(nextGestures(opened.store.read).undo).toEqual({
    gestureId: 'e',
    what: 'archive',
    name: '',
    messages: 1,
  });
});

test('what is for good, and what a device or a clock did, is not in the way', () => {
  did('a', star, 'done', 3);
  did('b', { kind: 'delete' });
  did('c', { kind: 'wake' });
  did('d', { kind: 'archive' }, 'done', 1, 'cli');
  expect(nextGestures(opened.store.read)).toEqual({
    undo: { gestureId: 'a', what: 'star', name: '', messages: 3 },
    redo: null,
  });
});

test.each<[Mutation, string, string]>([
  [{ kind: 'keywords', add: [], remove: ['$flagged'] }, 'unstar', ''],
  [{ kind: 'keywords', add: ['$seen'], remove: [] }, 'read', ''],
  [{ kind: 'keywords', add: [], remove: ['$seen'] }, 'unread', ''],
  [{ kind: 'keywords', add: ['harbour'], remove: [] }, 'label', 'harbour'],
  [{ kind: 'keywords', add: [], remove: ['harbour'] }, 'unlabel', 'harbour'],
  [{ kind: 'snooze', until: 5 }, 'snooze', ''],
  [{ kind: 'move', toMailboxId: 999 as MailboxId, fromMailboxId: null }, 'move', ''],
])('%j is told as %s', (mutation, what, name) => {
  did('a', mutation);
  expect(nextGestures(opened.store.read).undo).toMatchObject({ what, name });
});

test('it is looked for from the newest on, without sorting', () => {
  const plan = opened.store.read
    .prepare<[number], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT seq, id, state, mutation_json FROM gestures
       WHERE seq >= ? AND origin = 'user' ORDER BY seq DESC`,
    )
    .all(1);
  expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH gestures USING INTEGER PRIMARY KEY (rowid>?)']);
});
