import { expect, test } from 'vitest';
import type { AccountView, MailboxView } from '../../shared/contract/views';
import { lineName, sidebarLines } from './sidebar-lines';

function account(id: number, name: string, more: Partial<AccountView> = {}): AccountView {
  return {
    id: id as AccountView['id'],
    protocol: 'imap',
    name,
    email: `${name}@example.org`,
    hue: 0,
    position: id,
    state: 'ok',
    failure: null,
    lastSyncedAt: null,
    watch: 'idle',
    verifiedAt: null,
    counters: { total: 0, unread: 0, threads: 0, unreadThreads: 0, drafts: 0, outbox: 0, snoozed: 0 },
    quota: [],
    downloadsPausedUntil: null,
    pinnedCertificates: [],
    server: null,
    ...more,
  };
}
function box(id: number, accountId: number, name: string, more: Partial<MailboxView> = {}): MailboxView {
  return {
    id: id as MailboxView['id'],
    accountId: accountId as MailboxView['accountId'],
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
const mailboxes = [
  box(1, 1, 'INBOX', { role: 'inbox', unread: 2 }),
  box(2, 1, 'Projects', { unread: 1 }),
  box(3, 1, 'Harbour', { parentId: 2 as MailboxView['id'], unread: 4 }),
  box(4, 1, 'Drafts', { role: 'drafts', total: 3, unread: 1 }),
];

test('smart lists first, then each account with its folders', () => {
  const lines = sidebarLines({
    accounts: [account(1, 'work')],
    mailboxes,
    lists: [],
    collapsed: new Set(),
    searches: [],
  });
  expect(lines.map((line) => `${line.level} ${line.label}`)).toEqual([
    '1 Inbox',
    '1 Unread',
    '1 Starred',
    '1 Snoozed',
    '1 Drafts',
    '1 Sent',
    '1 All mail',
    '1 work',
    '2 Inbox',
    '2 Drafts',
    '2 Projects',
    '3 Harbour',
  ]);
});

test('what is collapsed is gone from the lines and counted where it is hidden', () => {
  const lines = sidebarLines({
    accounts: [account(1, 'work')],
    mailboxes,
    lists: [],
    collapsed: new Set(['folder:2']),
    searches: [],
  });
  const projects = lines.find((line) => line.label === 'Projects');
  expect(projects).toMatchObject({ expanded: false, count: 5 });
  expect(lines.some((line) => line.label === 'Harbour')).toBe(false);
});

test('names say what the number means: unread, or all for drafts, and what is wrong with an account', () => {
  const lines = sidebarLines({
    accounts: [account(1, 'work', { state: 'auth' })],
    mailboxes,
    lists: [],
    collapsed: new Set(),
    searches: [],
  });
  const names = lines.slice(7).map(lineName);
  expect(names).toEqual([
    'work, sign-in needed',
    'Inbox, 2 unread',
    'Drafts, 3 messages',
    'Projects, 1 unread',
    'Harbour, 4 unread',
  ]);
});
