import { expect, test } from 'vitest';
import type { MailboxView } from '../../shared/contract/views';
import { type FolderNode, folderTree, unreadBelow } from './folder-tree';

function box(id: number, name: string, more: Partial<MailboxView> = {}): MailboxView {
  return {
    id: id as MailboxView['id'],
    accountId: 1 as MailboxView['accountId'],
    parentId: null,
    path: name,
    name,
    role: null,
    selectable: true,
    delimiter: '/',
    subscribed: true,
    total: 0,
    unread: 0,
    threads: 0,
    unreadThreads: 0,
    serverUnread: null,
    serverTotal: null,
    stored: 0,
    bodies: 0,
    indexed: 0,
    policy: 'everything',
    ageLimitDays: null,
    lastSyncedAt: null,
    complete: true,
    labelsHere: false,
    verifiedAt: null,
    ...more,
  };
}
const names = (nodes: readonly FolderNode[]) => nodes.map((node) => node.mailbox.name);

test('folders with a role come first, in the order people look for them, then names as people sort them', () => {
  const tree = folderTree([
    box(1, 'Trash', { role: 'trash' }),
    box(2, 'Box 10'),
    box(3, 'Box 9'),
    box(4, 'INBOX', { role: 'inbox' }),
    box(5, 'apple'),
    box(6, 'Sent', { role: 'sent' }),
  ]);
  expect(names(tree)).toEqual(['INBOX', 'Sent', 'Trash', 'apple', 'Box 9', 'Box 10']);
});

test('children stand below their parent; an orphan stands at the top', () => {
  const tree = folderTree([
    box(1, 'Projects'),
    box(2, 'Harbour', { parentId: 1 as MailboxView['id'], unread: 3 }),
    box(3, 'Lost', { parentId: 99 as MailboxView['id'] }),
  ]);
  expect(names(tree)).toEqual(['Lost', 'Projects']);
  expect(tree[1] && names(tree[1].children)).toEqual(['Harbour']);
  expect(tree[1] && unreadBelow(tree[1])).toBe(3);
});
