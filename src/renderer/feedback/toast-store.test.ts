import { expect, test } from 'vitest';
import { GestureId } from '../../shared/domain';
import { shownToasts, type Toast, withToast } from './toast-store';

const toast = (id: number, tone: Toast['tone'] = 'done'): Toast => ({ id, tone, text: `toast ${id}` });

test('the same words again replace what they said before, a failure never', () => {
  const again = (tone: Toast['tone']) =>
    withToast([{ ...toast(1, tone), text: 'Undone' }], { ...toast(2), text: 'Undone' });
  expect(again('done').map(({ id }) => id)).toEqual([2]);
  expect(again('failure').map(({ id }) => id)).toEqual([1, 2]);
  const gesture = { ...toast(1), text: 'Archived', gestureId: GestureId.parse('g') };
  expect(withToast([gesture], { ...gesture, id: 2 })).toHaveLength(2);
});

test('at most three are on screen: of what was done the oldest goes, and first what offers nothing', () => {
  const add = (toasts: readonly Toast[]) => withToast(toasts, toast(9)).map(({ id }) => id);
  expect(add([toast(1), toast(2)])).toEqual([1, 2, 9]);
  expect(add([toast(1), toast(2), toast(3)])).toEqual([2, 3, 9]);
  expect(add([undoable(1), toast(2), undoable(3)])).toEqual([1, 3, 9]);
  expect(add([toast(1, 'failure'), toast(2), toast(3)])).toEqual([1, 3, 9]);
});

test('failures that stand never take the place of a way to undo, and none of them is lost', () => {
  const failures = [1, 2, 3].map((id) => toast(id, 'failure'));
  expect(shownToasts(failures)).toEqual({ shown: failures, folded: 0 });
  const archived = withToast(failures, undoable(4));
  expect(ids(archived)).toEqual([1, 2, 3, 4]);
  expect(view(archived)).toEqual({ shown: [2, 3, 4], folded: 1 });
  const moved = withToast(archived, undoable(5));
  expect(view(moved)).toEqual({ shown: [3, 4, 5], folded: 2 });
  // A mere word comes and goes between them; a further failure folds an older one.
  expect(view(withToast(archived, toast(5)))).toEqual({ shown: [3, 4, 5], folded: 2 });
  expect(view(withToast(archived, toast(5, 'failure')))).toEqual({ shown: [3, 4, 5], folded: 2 });
  const closed = moved.filter(({ tone }) => tone === 'failure');
  expect(view(closed)).toEqual({ shown: [1, 2, 3], folded: 0 });
});

test('a flood of failures is remembered up to a bound', () => {
  let toasts: readonly Toast[] = [undoable(0)];
  for (let id = 1; id <= 500; id += 1) toasts = withToast(toasts, toast(id, 'failure'));
  expect(view(toasts)).toEqual({ shown: [0, 499, 500], folded: 98 });
});

const ids = (toasts: readonly Toast[]) => toasts.map(({ id }) => id);
const undoable = (id: number): Toast => ({ ...toast(id), action: { label: 'Undo', run: () => undefined } });
const view = (toasts: readonly Toast[]) => {
  const { shown, folded } = shownToasts(toasts);
  return { shown: ids(shown), folded };
};
