import type { AccountId, ChangeId, DraftId, ListId, MailboxId, MessageId } from '../../shared/domain';
import type { Selection } from '../list/selection';

/**
 * What a command is to act on, when it is asked for at something that need not have the focus: the row or folder of a
 * context menu, the message of a menu in its header. Without a target a command acts on what has the focus.
 */
export type CommandTarget =
  /** Rows of the list on screen; `itemId` is the one that was pointed at, for what concerns a single message. */
  | { readonly kind: 'rows'; readonly rows: Selection; readonly itemId: number }
  /** A message that the reader shows. */
  | { readonly kind: 'message'; readonly messageId: MessageId }
  | { readonly kind: 'list'; readonly listId: ListId }
  | { readonly kind: 'mailbox'; readonly mailboxId: MailboxId }
  | { readonly kind: 'account'; readonly accountId: AccountId }
  /** A saved search, by its words. */
  | { readonly kind: 'search'; readonly query: string }
  /** A letter that is being written. */
  | { readonly kind: 'draft'; readonly draftId: DraftId }
  /** A change that needs attention. */
  | { readonly kind: 'change'; readonly changeId: ChangeId | undefined };
