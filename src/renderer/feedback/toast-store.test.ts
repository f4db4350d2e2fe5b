import { expect, test } from 'vitest';
import { GestureId } from '../../shared/domain';
import { type Toast, withToast } from './toast-store';

const toast = (id: number, tone: Toast['tone'] = 'done'): Toast => ({ id, tone, text: `toast ${id}` });

test('the same words again replace what they said before, a failure never', () => {
  const again = (tone: Toast['tone']) =>
    withToast([{ ...toast(1, tone), text: 'Undone' }], { ...toast(2), text: 'Undone' });
  expect(again('done').map(({ id }) => id)).toEqual([2]);
  expect(again('failure').map(({ id }) => id)).toEqual([1, 2]);
  const undoable = { ...toast(1), text: 'Archived', gestureId: GestureId.parse('g') };
  expect(withToast([undoable], { ...undoable, id: 2 })).toHaveLength(2);
});

test('UI-051 a fourth toast replaces the oldest, failures last', () => {
  const add = (toasts: readonly Toast[]) => withToast(toasts, toast(9)).map(({ id }) => id);
  expect(add([toast(1), toast(2)])).toEqual([1, 2, 9]);
  expect(add([toast(1), toast(2), toast(3)])).toEqual([2, 3, 9]);
  expect(add([toast(1, 'failure'), toast(2), toast(3)])).toEqual([1, 3, 9]);
  expect(add([toast(1, 'failure'), toast(2, 'failure'), toast(3, 'failure')])).toEqual([1, 2, 3]);
});
