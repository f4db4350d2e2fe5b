import { expect, test } from 'vitest';
import type { SearchRow } from '../../shared/contract/search-views';
import { type ListId, type MailboxId, SEEN } from '../../shared/domain';
import { testRow } from '../list/test-row';
import { keptRow } from './kept-row';

const box = (id: number, path: string, role: 'inbox' | 'trash' | null) => ({
  id: id as MailboxId,
  path,
  role,
});
const MAILBOXES = [box(1, 'INBOX', 'inbox'), box(2, 'Trash', 'trash'), box(3, 'Old', null)];
const ROW: SearchRow = { ...testRow(9, { unreadCount: 1 }), where: [], subjectMarks: [], snippetMarks: [] };
const everywhere = { scope: { kind: 'everywhere' } as const, includeTrashAndJunk: false };
const inbox = { scope: { kind: 'list', listId: 1 as ListId } as const, includeTrashAndJunk: false };

test.each([
  ['in the inbox', [1], everywhere, true],
  ['thrown away', [2], everywhere, false],
  ['thrown away, where trash is searched, too', [2], { ...everywhere, includeTrashAndJunk: true }, true],
  ['moved, where one folder is searched', [3], inbox, false],
  ['moved, where everything is', [3], everywhere, true],
  ['gone', [], everywhere, false],
] as const)('a row that was opened and is now %s', (_what, mailboxIds, looked, stays) => {
  const message = { keywords: [SEEN], mailboxIds: mailboxIds.map((id) => id as MailboxId) };
  const row = keptRow(ROW, message, MAILBOXES, looked);
  expect(row !== null).toBe(stays);
  if (row) expect(row.unreadCount).toBe(0);
});
