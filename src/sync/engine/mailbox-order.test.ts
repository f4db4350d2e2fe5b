import { expect, test } from 'vitest';
import type { MailboxRole } from '../../shared/domain';
import { orderMailboxes } from './mailbox-order';

const box = (id: number, role: MailboxRole | null, recency = 0) => ({ id, role, recency });
const all = [
  box(1, 'junk'),
  box(2, 'trash'),
  box(3, null, 5),
  box(4, null, 90),
  box(5, 'archive'),
  box(6, 'drafts'),
  box(7, 'sent'),
  box(8, 'inbox'),
];
const ids = (lookedAt: number | null, first: number | null = null) =>
  orderMailboxes(all, { first, lookedAt }).map((mailbox) => mailbox.id);

test('inbox, sent, drafts, archive, others by recency, trash and junk last (SYNC-050)', () => {
  expect(ids(null)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

test('what the user looks at comes right after the inbox', () => {
  expect(ids(1)).toEqual([8, 1, 7, 6, 5, 4, 3, 2]);
  expect(ids(8)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

test('what was asked for by name comes before the inbox', () => {
  expect(ids(7, 1)).toEqual([1, 8, 7, 6, 5, 4, 3, 2]);
});
