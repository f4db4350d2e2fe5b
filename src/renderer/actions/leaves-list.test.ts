import { expect, test } from 'vitest';
import type { Mutation } from '../../shared/contract/mutation';
import type { MailboxView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS } from '../../shared/domain';
import { leavesList } from './leaves-list';

const box = (id: number, role: MailboxView['role'] = null) => ({ id: id as MailboxView['id'], role });
const id = (value: number) => value as ListId;
const move = { kind: 'move', toMailboxId: 9 as MailboxView['id'], fromMailboxId: null } as Mutation;
const snooze: Mutation = { kind: 'snooze', until: 1 };

test.each<[string, ListId, ReturnType<typeof box> | null, Mutation, boolean]>([
  ['archive from the unified inbox', id(SMART_LISTS.inbox), null, { kind: 'archive' }, true],
  ['archive from an inbox', id(1), box(1, 'inbox'), { kind: 'archive' }, true],
  ['archive from a folder', id(2), box(2), { kind: 'archive' }, true],
  ['archive of sent mail', id(3), box(3, 'sent'), { kind: 'archive' }, false],
  ['archive in all mail', id(SMART_LISTS.all), null, { kind: 'archive' }, false],
  ['delete from all mail', id(SMART_LISTS.all), null, { kind: 'trash' }, true],
  ['delete within trash', id(4), box(4, 'trash'), { kind: 'trash' }, false],
  ['delete for good from trash', id(4), box(4, 'trash'), { kind: 'delete' }, true],
  ['move to another folder', id(2), box(2), move, true],
  ['move to the same folder', id(9), box(9), move, false],
  ['move from starred', id(SMART_LISTS.starred), null, move, false],
  ['not junk from junk', id(5), box(5, 'junk'), { kind: 'not-junk' }, true],
  ['star', id(1), box(1, 'inbox'), { kind: 'keywords', add: ['$flagged'], remove: [] }, false],
  ['snooze in the inbox', id(SMART_LISTS.inbox), null, snooze, true],
  ['snooze in a folder', id(2), box(2), snooze, true],
  ['another time for what is snoozed', id(SMART_LISTS.snoozed), null, snooze, false],
  ['snooze in all mail', id(SMART_LISTS.all), null, snooze, false],
  ['snooze of sent mail', id(3), box(3, 'sent'), snooze, false],
  ['back before its time', id(SMART_LISTS.snoozed), null, { kind: 'unsnooze' }, true],
])('%s', (_name, listId, mailbox, mutation, expected) => {
  expect(leavesList(listId, mailbox, mutation)).toBe(expected);
});
