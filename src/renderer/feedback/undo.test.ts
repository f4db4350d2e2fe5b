import { afterEach, beforeEach, expect, test } from 'vitest';
import { GestureId } from '../../shared/domain';
import { setCallBridge } from '../transport/call';
import { closeFailures, useToasts } from './toast-store';
import { canRedo, canUndo, redoLast, showUndo, undoable, undoGesture, undoLast } from './undo';

const gesture = (name: string) => ({ text: `1 ${name}`, gestureId: GestureId.parse(name) });
const undone = (skipped = 0) => ({ ok: true, value: { gestureId: 'any', restored: 1, skipped } });
const UNDONE = undone();
const REFUSED = { ok: false, failure: { kind: 'conflict', message: 'It has changed elsewhere.' } };

/** Every call in order; each is answered when the test says so. */
let asked: { method: string; gestureId: string; answer(reply: object): void }[] = [];
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const toasts = () => useToasts.getState().toasts.map(({ text, action }) => [text, action?.label ?? null]);
async function answer(reply: object): Promise<void> {
  asked.at(-1)?.answer(reply);
  await settled();
}

beforeEach(() => {
  asked = [];
  setCallBridge({
    call: (method, input) =>
      new Promise((resolve) => {
        // Nothing was done before this window came up.
        if (method === 'gestures.next')
          return resolve({ ok: true, value: { undo: null, redo: null } } as never);
        const { gestureId } = input as { gestureId: string };
        asked.push({ method, gestureId, answer: (reply) => resolve(reply as never) });
      }),
  });
});
afterEach(async () => {
  // The history is the window's: what is left in it is undone.
  for (let left = 3; left > 0 && canUndo(); left--) {
    const undoing = undoLast();
    await settled();
    await answer(UNDONE);
    await undoing;
  }
  useToasts.setState({ toasts: [] });
});

test('UI-093 undo: one step after the other, the newest first, and each is asked for only when the one before is done', async () => {
  showUndo(gesture('archived'));
  showUndo(gesture('starred'));
  const both = Promise.all([undoLast(), undoLast()]);
  await settled();
  expect(asked.map(({ method, gestureId }) => [method, gestureId])).toEqual([['mutations.undo', 'starred']]);
  await answer(UNDONE);
  expect(asked.map(({ gestureId }) => gestureId)).toEqual(['starred', 'archived']);
  await answer(UNDONE);
  await both;
  expect(canUndo()).toBe(false);
  expect(toasts()).toEqual([
    ['Undone: 1 starred', 'Redo'],
    ['Undone: 1 archived', 'Redo'],
  ]);
});

test('UI-093 undo: pressed while a gesture waits for its answer, it means that gesture', async () => {
  let answered = (): void => undefined;
  const going = undoable(
    new Promise<void>((resolve) => {
      answered = () => {
        showUndo(gesture('moved'));
        resolve();
      };
    }),
  );
  expect(canUndo()).toBe(true);
  const undoing = undoLast();
  await settled();
  expect(asked).toEqual([]);
  answered();
  await going;
  await settled();
  expect(asked.map(({ gestureId }) => gestureId)).toEqual(['moved']);
  await answer(UNDONE);
  await undoing;
});

test('UI-093 undo: a gesture that fails leaves the steps before it as they were', async () => {
  showUndo(gesture('archived'));
  await expect(undoable(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const undoing = undoLast();
  await settled();
  expect(asked.map(({ gestureId }) => gestureId)).toEqual(['archived']);
  await answer(UNDONE);
  await undoing;
});

test('UI-093 undo: what the engine refuses stays undoable and says why', async () => {
  showUndo(gesture('archived'));
  const refused = undoLast();
  await settled();
  await answer(REFUSED);
  await refused;
  expect(useToasts.getState().toasts).toMatchObject([
    { tone: 'failure', text: 'Not undone: 1 archived', detail: 'It has changed elsewhere.' },
  ]);
  expect([canUndo(), canRedo()]).toEqual([true, false]);
  closeFailures();
});

test('UI-093 undo: what was undone is done again as a new gesture, which is the next to be undone', async () => {
  showUndo(gesture('archived'));
  const undoing = undoLast();
  await settled();
  await answer(UNDONE);
  await undoing;
  expect(canRedo()).toBe(true);
  const redone = redoLast();
  await settled();
  expect(asked.at(-1)).toMatchObject({ method: 'mutations.redo', gestureId: 'archived' });
  await answer({ ok: true, value: { gestureId: 'again', affected: 1, changeIds: [] } });
  await redone;
  expect(toasts().at(-1)).toEqual(['1 archived', 'Undo']);
  const once = undoLast();
  await settled();
  expect(asked.at(-1)).toMatchObject({ method: 'mutations.undo', gestureId: 'again' });
  await answer(UNDONE);
  await once;
});

test('UI-093 undo: one out of order takes its own offer away and no other', async () => {
  showUndo(gesture('archived'));
  showUndo(gesture('starred'));
  const undoing = undoGesture(gesture('archived'));
  await settled();
  expect(toasts()).toEqual([['1 starred', 'Undo']]);
  await answer(undone(2));
  await undoing;
  expect(toasts().at(-1)).toEqual([
    'Undone: 1 archived. 2 messages changed elsewhere and stayed as they are.',
    'Redo',
  ]);
  expect(canUndo()).toBe(true);
});
