import { expect, test } from 'vitest';
import { type Toast, withToast } from './toast-store';

const toast = (id: number, tone: Toast['tone'] = 'done'): Toast => ({ id, tone, text: `toast ${id}` });

test('UI-051 a fourth toast replaces the oldest, failures last', () => {
  const add = (toasts: readonly Toast[]) => withToast(toasts, toast(9)).map(({ id }) => id);
  expect(add([toast(1), toast(2)])).toEqual([1, 2, 9]);
  expect(add([toast(1), toast(2), toast(3)])).toEqual([2, 3, 9]);
  expect(add([toast(1, 'failure'), toast(2), toast(3)])).toEqual([1, 3, 9]);
  expect(add([toast(1, 'failure'), toast(2, 'failure'), toast(3, 'failure')])).toEqual([1, 2, 3]);
});
