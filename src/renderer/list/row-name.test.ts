import { expect, test } from 'vitest';
import { rowName } from './row-name';
import { testRow } from './test-row';

const words = {
  unread: 'unread',
  starred: 'starred',
  draft: 'draft',
  attachment: 'has attachment',
  answered: 'answered',
  forwarded: 'forwarded',
  waiting: 'waiting to be sent',
  parked: 'needs attention',
  noSubject: 'no subject',
  messages: (count: number) => `${count} messages`,
  labels: (names: string) => `labels ${names}`,
};

test('UI-093 list rows: the name of a row says state, sender, subject, time and labels in this order', () => {
  const row = testRow(1, {
    unreadCount: 2,
    starred: true,
    messageCount: 3,
    subject: 'Berth 7',
    labels: ['harbour', 'todo'],
    hasAttachment: true,
    mark: 'waiting',
  });
  expect(rowName(row, 'Anna, me', 'Friday 12:04', words)).toBe(
    'unread, starred, Anna, me, 3 messages, Berth 7, Friday 12:04, has attachment, labels harbour, todo, waiting to be sent',
  );
});

test('UI-093 list rows: what needs attention is said first; a missing subject has words', () => {
  const row = testRow(1, { mark: 'parked', subject: '' });
  expect(rowName(row, 'Bob', 'today', words)).toBe('needs attention, Bob, no subject, today');
});
