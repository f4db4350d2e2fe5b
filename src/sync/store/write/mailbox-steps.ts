import type { MailboxChange } from '../../../shared/contract/mailbox-change';
import type { MailboxId } from '../../../shared/domain';
import type { RoleStep } from './role-override';

/** Where a mailbox lies and what it is called there. */
export interface MailboxPlace {
  readonly parentId: MailboxId | null;
  readonly name: string;
}

/** What a gesture does to one mailbox, with what was before: enough to undo it. */
export type MailboxStep =
  | { readonly kind: 'create'; readonly mailboxId: MailboxId }
  | {
      readonly kind: 'place';
      readonly mailboxId: MailboxId;
      readonly from: MailboxPlace;
      readonly to: MailboxPlace;
    }
  | { readonly kind: 'subscribe'; readonly mailboxId: MailboxId; readonly subscribed: boolean }
  | { readonly kind: 'delete'; readonly mailboxId: MailboxId }
  | RoleStep;

/** A gesture about mailboxes as it is remembered; messages that moved with it have their own items. */
export interface MailboxGesture {
  readonly kind: 'mailboxes';
  /** What was asked for: asked for again by redo. */
  readonly change: MailboxChange;
  readonly steps: readonly MailboxStep[];
}
