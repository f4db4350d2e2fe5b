import { expect, test } from 'vitest';
import type { MailboxView } from '../../shared/contract/views';
import { asksBeforeDelete, canDelete, canLieIn, canRename, withInner } from './folder-rules';

const box = (id: number, parentId: number | null, facts: Partial<MailboxView> = {}): MailboxView => ({
  id: id as MailboxView['id'],
  accountId: 1 as MailboxView['accountId'],
  parentId: parentId as MailboxView['parentId'],
  path: `${id}`,
  name: `${id}`,
  role: null,
  selectable: true,
  delimiter: '/',
  subscribed: true,
  total: 0,
  threads: 0,
  unreadThreads: 0,
  serverUnread: null,
  unread: 0,
  serverTotal: 0,
  stored: 0,
  bodies: 0,
  indexed: 0,
  policy: 'everything',
  ageLimitDays: null,
  lastSyncedAt: null,
  complete: true,
  labelsHere: false,
  verifiedAt: null,
  ...facts,
});
const A = box(1, null);
const B = box(2, 1);
const C = box(3, 2);
const OTHER = box(4, null);
const ALL = [A, B, C, OTHER];
const ACCOUNT = A.accountId;

test('a folder goes into every folder of its account but itself, what lies in it, and where it is', () => {
  expect(withInner(A, ALL)).toEqual([A, B, C]);
  expect([A, B, C, OTHER].filter((parent) => canLieIn(A, parent, ACCOUNT, ALL))).toEqual([OTHER]);
  expect(canLieIn(B, A, ACCOUNT, ALL)).toBe(false);
  expect(canLieIn(B, null, ACCOUNT, ALL)).toBe(true);
  expect(canLieIn(A, null, ACCOUNT, ALL)).toBe(false);
  expect(canLieIn(B, OTHER, 2 as typeof ACCOUNT, ALL)).toBe(false);
  expect(canLieIn(B, { ...OTHER, delimiter: null }, ACCOUNT, ALL)).toBe(false);
});

test('the inbox stays, a trash with mail stays, and only what is empty and without a part goes unasked', () => {
  expect([
    canDelete(box(5, null, { role: 'inbox' })),
    canDelete(box(5, null, { role: 'trash', total: 1 })),
  ]).toEqual([false, false]);
  expect(canRename(box(5, null, { role: 'archive' }))).toBe(false);
  expect(asksBeforeDelete([C])).toBe(false);
  expect(asksBeforeDelete([B, C])).toBe(true);
  expect(asksBeforeDelete([box(5, null, { total: 2 })])).toBe(true);
  expect(asksBeforeDelete([box(5, null, { role: 'junk' })])).toBe(true);
});
