import { expect, test } from 'vitest';
import { History } from './history';

test('UI-093 undo: undo goes back step by step and redo forward again', () => {
  const history = new History<string>();
  history.did('archive');
  history.did('star');
  history.undid('star');
  expect(history.nextUndo()).toBe('archive');
  history.undid('archive');
  expect([history.nextUndo(), history.nextRedo()]).toEqual([undefined, 'archive']);
  history.redid('archive', 'archive again');
  expect([history.nextUndo(), history.nextRedo()]).toEqual(['archive again', 'star']);
});

test('UI-093 undo: a new gesture ends what could be redone', () => {
  const history = new History<string>();
  history.did('archive');
  history.undid('archive');
  history.did('move');
  expect([history.nextUndo(), history.nextRedo()]).toEqual(['move', undefined]);
});

test('UI-093 undo: a toast may undo an older gesture out of order', () => {
  const history = new History<string>();
  history.did('archive');
  history.did('move');
  history.undid('archive');
  expect([history.nextUndo(), history.nextRedo()]).toEqual(['move', 'archive']);
});

test('UI-093 undo: the history has an end', () => {
  const history = new History<number>();
  for (let i = 0; i < 250; i += 1) history.did(i);
  let steps = 0;
  for (let next = history.nextUndo(); next !== undefined; next = history.nextUndo()) {
    history.undid(next);
    steps += 1;
  }
  expect(steps).toBe(100);
});
