import { expect, test } from 'vitest';
import { HostEvent } from '../../shared/contract/events';
import { toastOfEvent } from './toast-of-event';
import { shownToasts, withToast } from './toast-store';

test('SYNC-134 what a mail server wants to be read is on screen in its own words, with the account, until somebody closes it', () => {
  const event = HostEvent.parse({ kind: 'alert', account: 'Work', text: 'Maintenance on Sunday.' });
  const toast = toastOfEvent(event, () => undefined);
  expect(toast).toEqual({
    tone: 'failure',
    text: 'Message of the mail server: Work',
    detail: 'Maintenance on Sunday.',
  });
  if (!toast) throw new Error('nothing is shown');
  expect(shownToasts(withToast([], { ...toast, id: 1 })).shown).toMatchObject([
    { detail: 'Maintenance on Sunday.' },
  ]);
  // Longer texts never get as far as a window.
  expect(HostEvent.safeParse({ ...event, text: 'x'.repeat(501) }).success).toBe(false);
});

test('a parked change is told with a way to look at it, other events are no toasts', () => {
  let reviewed = 0;
  const failure = { kind: 'rejected', message: 'The mail server refused this.' } as const;
  const toast = toastOfEvent({ kind: 'parked', title: 'Move to Work', failure }, () => {
    reviewed += 1;
  });
  expect(toast).toMatchObject({ tone: 'failure', detail: failure.message });
  toast?.action?.run();
  expect(reviewed).toBe(1);
  expect(toastOfEvent({ kind: 'engine', state: 'running' }, () => undefined)).toBeNull();
});
