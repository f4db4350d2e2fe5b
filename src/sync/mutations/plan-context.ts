import type { MailboxRole, MessageId } from '../../shared/domain';
import type { MessageScreen } from '../store/read/message-screens';
import type { ResolvedTarget } from './resolve-target';

/** What the plan of a gesture depends on besides the message. */
export interface PlanContext {
  readonly target: Omit<ResolvedTarget, 'messageIds'>;
  /** Wall clock of this instant, milliseconds UTC. */
  readonly nowMs: number;
  roleOf(mailboxId: number): MailboxRole | null;
  /** Trash and junk. */
  isHidden(mailboxId: number): boolean;
  /** Whether any message of its conversation is in an inbox. */
  inInbox(messageId: MessageId): boolean;
  /** Where a gesture with a role as its aim goes in the account of this message. */
  destination(message: MessageScreen): number;
  /** True when deletion for good is allowed from anywhere (an explicit command). */
  readonly deleteAnywhere: boolean;
}
