import { expect, test } from 'vitest';
import type { AccountId, MailboxId } from '../../shared/domain';
import type { MailboxRow } from './read/mailboxes';
import { type MailboxIntent, replayMailboxes } from './replay-mailboxes';

const row = (
  id: number,
  path: string,
  parentId: number | null,
  facts: Partial<MailboxRow> = {},
): MailboxRow => ({
  id: id as MailboxId,
  accountId: 1 as AccountId,
  parentId: parentId as MailboxId | null,
  remoteKey: path,
  remoteId: null,
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  delimiter: '/',
  role: null,
  selectable: true,
  subscribed: true,
  namespace: 'personal',
  policy: 'everything',
  ageLimitDays: null,
  serverTotal: null,
  serverUnseen: null,
  status: null,
  lastSyncedAt: null,
  tombstonedAt: null,
  createdByChange: null,
  storedCount: 0,
  bodyCount: 0,
  labelsHere: false,
  indexedCount: 0,
  indexedBodies: 0,
  verifiedAt: null,
  ...facts,
});
const rename = (id: number, name: string, parentId: number | null = null): MailboxIntent => ({
  kind: 'rename-mailbox',
  mailboxId: id as MailboxId,
  parentId: parentId as MailboxId | null,
  name,
});
const remove = (id: number): MailboxIntent => ({ kind: 'delete-mailbox', mailboxId: id as MailboxId });
const shown = (facts: readonly MailboxRow[], intents: readonly MailboxIntent[]) =>
  Object.fromEntries(replayMailboxes(facts, intents).map(({ id, path, parentId }) => [id, [path, parentId]]));

const FACTS = [row(1, 'A', null), row(2, 'A/B', 1), row(3, 'A/B/C', 2), row(4, 'Ab', null)];

test.each<[string, readonly MailboxIntent[], Record<number, [string, number | null]>]>([
  ['nothing pending', [], { 1: ['A', null], 2: ['A/B', 1], 3: ['A/B/C', 2], 4: ['Ab', null] }],
  [
    'a rename takes everything below along',
    [rename(1, 'X')],
    { 1: ['X', null], 2: ['X/B', 1], 3: ['X/B/C', 2], 4: ['Ab', null] },
  ],
  [
    'a move takes everything below along',
    [rename(2, 'B', 4)],
    { 1: ['A', null], 2: ['Ab/B', 4], 3: ['Ab/B/C', 2], 4: ['Ab', null] },
  ],
  [
    'the order counts',
    [rename(1, 'X'), rename(2, 'Y', 1), rename(1, 'Z')],
    { 1: ['Z', null], 2: ['Z/Y', 1], 3: ['Z/Y/C', 2], 4: ['Ab', null] },
  ],
  ['what is being deleted is not there', [remove(3), remove(2)], { 1: ['A', null], 4: ['Ab', null] }],
  [
    'into itself is no place',
    [rename(1, 'A', 3)],
    { 1: ['A', null], 2: ['A/B', 1], 3: ['A/B/C', 2], 4: ['Ab', null] },
  ],
  [
    'into what is gone is no place',
    [remove(4), rename(3, 'C', 4)],
    { 1: ['A', null], 2: ['A/B', 1], 3: ['A/B/C', 2] },
  ],
])('%s', (_what, intents, expected) => {
  expect(shown(FACTS, intents)).toEqual(expected);
});

test('a mailbox made here lies where its parent is, whatever the server calls that meanwhile', () => {
  const made = row(9, 'Old/New', 1, { remoteKey: '', name: 'New' });
  const inside = row(10, 'Old/New/Deep', 9, { remoteKey: '', name: 'Deep' });
  expect(shown([row(1, 'Renamed', null), made, inside], [])).toEqual({
    1: ['Renamed', null],
    9: ['Renamed/New', 1],
    10: ['Renamed/New/Deep', 9],
  });
});

test('two that were moved into each other on two devices both stay in sight', () => {
  // The server says 2 lies in 1; here 1 was to go into 2 before that was known.
  const all = replayMailboxes([row(1, 'A', null), row(2, 'A/B', 1)], [rename(1, 'A', 2)]);
  expect(all.map(({ id, parentId }) => [id, parentId])).toEqual([
    [1, null],
    [2, 1],
  ]);
});

test('a subscription is shown as it is wanted', () => {
  const intent: MailboxIntent = { kind: 'subscribe-mailbox', mailboxId: 4 as MailboxId, subscribed: false };
  expect(replayMailboxes(FACTS, [intent]).filter(({ subscribed }) => !subscribed)).toMatchObject([{ id: 4 }]);
});
