import type { MailboxRole } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { ScreenContext } from '../screen/screen-context';
import { prepared, readSql } from '../sql';

const PLACES_OF_MESSAGE = readSql<{ message_id: number; mailbox_id: number }>(
  'SELECT message_id, mailbox_id FROM memberships WHERE message_id = ?',
);
const PLACES_FROM_ADDRESS = readSql<{ message_id: number; mailbox_id: number }>(
  `SELECT s.message_id, s.mailbox_id FROM messages m JOIN memberships s ON s.message_id = m.id
   WHERE m.thread_id = ? AND m.from_address = ? COLLATE NOCASE`,
);

/** Longer conversations are not looked through for a page of a list: the name of the sender is shown. Messages. */
const MAX_LOOKED_THROUGH = 100;

/** Where the user's programs put what the user wrote; mail of others does not arrive there. */
const WRITTEN: ReadonlySet<MailboxRole | null> = new Set(['sent', 'drafts']);

export interface OwnMessages {
  /** Whether the user wrote it, as far as is known from where it lies. */
  isWritten(messageId: number): boolean;
  /** Whether the user wrote everything in the conversation that bears the address, besides trash and junk. */
  areWritten(thread: { readonly id: number; readonly messages: number }, address: string): boolean;
}

/**
 * Tells mail of the user's own from mail that only bears the user's address, which anybody can write (APP-086): the
 * list must not say "me" of what the open message warns of.
 */
export function ownMessages(db: ReadableDb, context: ScreenContext): OwnMessages {
  const isWrittenPlace = (mailboxId: number) => WRITTEN.has(context.roleOf(mailboxId));
  return {
    isWritten: (messageId) =>
      prepared(db, PLACES_OF_MESSAGE)
        .all(messageId)
        .some(({ mailbox_id }) => isWrittenPlace(mailbox_id)),
    areWritten: ({ id, messages }, address) => {
      if (messages > MAX_LOOKED_THROUGH) return false;
      const places = prepared(db, PLACES_FROM_ADDRESS).all(id, address);
      const written = new Set(
        places.filter(({ mailbox_id }) => isWrittenPlace(mailbox_id)).map(({ message_id }) => message_id),
      );
      return (
        written.size > 0 &&
        places.every(({ message_id, mailbox_id }) => written.has(message_id) || context.isHidden(mailbox_id))
      );
    },
  };
}
