import { expect, test } from 'vitest';
import type { MailboxView } from '../../shared/contract/views';
import { ListId, MailboxId, MessageId, SMART_LISTS, ThreadId } from '../../shared/domain';
import { placeOfMessage } from './place-of-message';

const INBOX = 1;
const PROJECTS = 2;
const mailboxes: Pick<MailboxView, 'id' | 'role'>[] = [
  { id: MailboxId.parse(INBOX), role: 'inbox' },
  { id: MailboxId.parse(PROJECTS), role: null },
];
const lists = [{ id: ListId.parse(PROJECTS), mode: 'messages' as const }];
const message = (...ids: number[]) => ({
  id: MessageId.parse(70),
  threadId: ThreadId.parse(7),
  mailboxIds: ids.map((id) => MailboxId.parse(id)),
});

test.each([
  ['in the inbox, from elsewhere', [INBOX], PROJECTS, SMART_LISTS.inbox, 7],
  ['in the inbox that is on screen', [INBOX], INBOX, INBOX, 7],
  ['in the unified inbox on screen', [INBOX], SMART_LISTS.inbox, SMART_LISTS.inbox, 7],
  ['in a folder of single messages', [PROJECTS], SMART_LISTS.inbox, PROJECTS, 70],
  ['in the folder on screen and the inbox', [INBOX, PROJECTS], PROJECTS, PROJECTS, 70],
  ['nowhere', [], SMART_LISTS.inbox, SMART_LISTS.all, 7],
])('a message %s', (_name, ids, current, listId, itemId) => {
  expect(placeOfMessage(message(...ids), mailboxes, lists, ListId.parse(current))).toEqual({
    listId,
    itemId,
  });
});
