import { expect, test } from 'vitest';
import { OUTBOX_STATES, type OutboxView } from '../../shared/contract/compose-views';
import { AccountId, OutboxId } from '../../shared/domain';
import { actionsOf, isWaiting, needsPerson, stateWords } from './outbox-state';

const entry = (patch: Partial<OutboxView>): OutboxView => ({
  id: OutboxId.parse(1),
  accountId: AccountId.parse(1),
  state: 'queued',
  from: { name: '', address: 'a@x.example' },
  recipients: [],
  subject: 'Hello',
  snippet: '',
  size: 2_000_000,
  hasAttachment: false,
  createdAt: 0,
  notBefore: null,
  zone: null,
  attempts: 0,
  nextAttemptAt: null,
  sentBytes: null,
  failure: null,
  observed: null,
  overdue: false,
  resumed: false,
  messageId: null,
  messageIdHeader: '<1@x.example>',
  ...patch,
});
const words = (patch: Partial<OutboxView>, online = true) =>
  stateWords(entry(patch), { now: 1_000, online, time: (at) => `T${at}` });

test.each([
  [{ state: 'held', notBefore: 9_000 }, true, 'Sends in 8 seconds'],
  [
    { state: 'held', notBefore: 9_000, zone: 'Europe/Berlin' },
    true,
    'Sends T9000 (Europe/Berlin), from this computer',
  ],
  [{ state: 'queued' }, false, 'Will send when online'],
  [
    { state: 'queued', attempts: 1, nextAttemptAt: 60_000 },
    true,
    'Could not be sent yet, next attempt T60000',
  ],
  [{ state: 'queued', attempts: 3, nextAttemptAt: 60_000 }, true, 'Tried 3 times, next attempt T60000'],
  [{ state: 'submitting' }, true, 'Sending'],
  [{ state: 'submitting', sentBytes: 1_000_000 }, true, 'Sending: 1 MB of 2 MB'],
  [
    { state: 'submitting', sentBytes: 2_000_000 },
    true,
    'All of it is handed over. Waiting for the server to confirm it.',
  ],
  [
    { state: 'failed', failure: { kind: 'rejected', message: 'No such mailbox.', hint: 'Correct it.' } },
    true,
    'No such mailbox. Correct it.',
  ],
  [{ state: 'unknown' }, true, 'The connection broke while it was sent. Looking for it at the server.'],
] as const)('%j online %s: %s', (patch, online, expected) => {
  expect(words(patch as Partial<OutboxView>, online)).toBe(expected);
});

test('what needs a person offers a way on, what is on its way offers nothing that could send it twice', () => {
  for (const state of OUTBOX_STATES) {
    const actions = actionsOf(entry({ state }));
    if (needsPerson(entry({ state }))) expect(actions.length).toBeGreaterThan(1);
    if (state === 'submitting') {
      expect(actions).toEqual(['cancel']);
      // Its last byte is gone.
      expect(actionsOf(entry({ state, sentBytes: 2_000_000 }))).toEqual([]);
    }
  }
  expect(actionsOf(entry({ state: 'unknown' }))).not.toContain('retry');
  expect(OUTBOX_STATES.filter((state) => !isWaiting({ state }))).toEqual(['accepted', 'filing', 'done']);
});

test('SYNC-276 a letter that was refused for some can go to the others, one that was refused for all cannot', () => {
  const to = (...states: ('waiting' | 'refused' | 'accepted')[]) =>
    states.map((state, at) => ({ name: '', address: `${at}@x.example`, state, failure: null }));
  expect(actionsOf(entry({ state: 'failed', recipients: to('refused', 'waiting') }))[0]).toBe('others');
  expect(actionsOf(entry({ state: 'failed', recipients: to('refused') }))).not.toContain('others');
  expect(actionsOf(entry({ state: 'partial', recipients: to('refused', 'accepted') }))).not.toContain(
    'others',
  );
});
