import { expect, test } from 'vitest';
import { coverage, listState } from './list-state';

const done = { stored: 10, serverTotal: 10, complete: true, lastSyncedAt: 1 };
const begun = { stored: 600, serverTotal: 48_120, complete: false, lastSyncedAt: null };
const unknown = { stored: 0, serverTotal: null, complete: false, lastSyncedAt: null };
const failure = { kind: 'internal', message: 'no' } as const;
const facts = {
  total: 0,
  failure: null,
  filter: null,
  unfiltered: 0,
  inbox: false,
  snoozed: false,
  mailboxes: [done],
  online: true,
};

test.each([
  [facts, 'folder-empty'],
  [{ ...facts, inbox: true }, 'inbox-empty'],
  [{ ...facts, mailboxes: [unknown] }, 'first-sync'],
  [{ ...facts, mailboxes: [unknown], online: false }, 'not-here'],
  [{ ...facts, inbox: true, filter: 'unread', unfiltered: 12 }, 'nothing-matches'],
  [{ ...facts, inbox: true, filter: 'unread' }, 'inbox-empty'],
  [{ ...facts, mailboxes: [unknown], filter: 'starred' }, 'first-sync'],
  [{ ...facts, total: 3, filter: 'starred', unfiltered: 12 }, 'rows'],
  [{ ...facts, total: null }, 'rows'],
  [{ ...facts, total: null, failure }, 'failed'],
  [{ ...facts, total: 5, failure }, 'rows'],
] as const)('state %#', (input, expected) => {
  expect(listState(input).kind).toBe(expected);
});

test('the footer counts what is here against what the server has, until everything is here', () => {
  expect(coverage([done, begun])).toEqual({ here: 610, all: 48_130 });
  expect(coverage([done])).toBeNull();
  expect(coverage([unknown])).toBeNull();
});
