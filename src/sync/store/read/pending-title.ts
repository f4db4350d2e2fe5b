import { FLAGGED, type MailboxId, SEEN } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { PendingArgs } from '../pending-args';
import { getMailbox } from './mailboxes';

/** The intent in words a person knows (APP-193): "Move to Archive". */
export function pendingTitle(db: ReadableDb, args: PendingArgs | null): string {
  if (!args) return 'A change that cannot be understood';
  switch (args.kind) {
    case 'keywords':
      return keywordTitle(args.add, args.remove);
    case 'move':
      return `Move to ${mailboxName(db, args.toMailboxId)}`;
    case 'delete':
      return 'Delete for good';
    case 'append':
      return `Keep the sent message in ${mailboxName(db, args.toMailboxId)}`;
    case 'save-draft':
      return 'Save the draft on the server';
    case 'discard-draft':
      return 'Remove the draft from the server';
    case 'create-mailbox':
      return `Create the folder ${args.path.join(' / ')}`;
    case 'rename-mailbox': {
      const mailbox = getMailbox(db, args.mailboxId);
      const name = mailboxName(db, args.mailboxId);
      if (mailbox && mailbox.name !== args.name) return `Rename the folder ${name} to ${args.name}`;
      return args.parentId === null
        ? `Move the folder ${name} to the top`
        : `Move the folder ${name} into ${mailboxName(db, args.parentId)}`;
    }
    case 'delete-mailbox':
      return `Delete the folder ${mailboxName(db, args.mailboxId)}`;
    case 'subscribe-mailbox':
      return `${args.subscribed ? 'Subscribe to' : 'Unsubscribe from'} the folder ${mailboxName(db, args.mailboxId)}`;
  }
}

function keywordTitle(add: readonly string[], remove: readonly string[]): string {
  const [added] = add;
  const [removed] = remove;
  if (added === SEEN) return 'Mark as read';
  if (removed === SEEN) return 'Mark as unread';
  if (added === FLAGGED) return 'Star';
  if (removed === FLAGGED) return 'Remove the star';
  return added !== undefined ? `Add the label ${added}` : `Remove the label ${removed ?? ''}`;
}

function mailboxName(db: ReadableDb, mailboxId: MailboxId): string {
  return getMailbox(db, mailboxId)?.name ?? 'a folder that no longer exists';
}
