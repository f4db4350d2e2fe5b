import type { ListView, MailboxView, MessageView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS } from '../../shared/domain';

export interface MessagePlace {
  readonly listId: ListId;
  /** The row to open: the conversation or the message, by the list's mode. */
  readonly itemId: number;
}

/** Where to show a message that was asked for from outside: the list on screen if it is in it, else its inbox or folder. */
export function placeOfMessage(
  message: Pick<MessageView, 'id' | 'threadId' | 'mailboxIds'>,
  mailboxes: readonly Pick<MailboxView, 'id' | 'role'>[],
  lists: readonly Pick<ListView, 'id' | 'mode'>[],
  current: ListId,
): MessagePlace {
  const inside: readonly number[] = message.mailboxIds;
  const inInbox = mailboxes.some(({ id, role }) => role === 'inbox' && inside.includes(id));
  const candidates: number[] = [
    ...(inside.includes(current) || (current === SMART_LISTS.inbox && inInbox) ? [current] : []),
    ...(inInbox ? [SMART_LISTS.inbox] : []),
    ...inside,
    SMART_LISTS.all,
  ];
  const listId = (candidates[0] ?? SMART_LISTS.all) as ListId;
  const mode = lists.find(({ id }) => id === listId)?.mode ?? 'threads';
  return { listId, itemId: mode === 'threads' ? message.threadId : message.id };
}
