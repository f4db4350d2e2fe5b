import type { Mutation } from '../../shared/contract/mutation';
import type { MailboxRole } from '../../shared/domain';
import { hasKeyword } from '../store/keywords';
import type { MessageScreen } from '../store/read/message-screens';
import type { GestureStep } from '../store/write/gestures';
import type { ResolvedTarget } from './resolve-target';

export interface PlanContext {
  readonly target: Pick<ResolvedTarget, 'seenInMailboxId' | 'unifiedInbox'>;
  roleOf(mailboxId: number): MailboxRole | null;
  /** Where a gesture with a role as its aim goes in the account of this message. */
  destination(message: MessageScreen): number;
  /** True when deletion for good is allowed from anywhere (an explicit command). */
  readonly deleteAnywhere: boolean;
}

/** What a mutation changes of one message as it is on screen now; nothing when it is so already. Pure. */
export function planSteps(message: MessageScreen, mutation: Mutation, context: PlanContext): GestureStep[] {
  const { messageId, keywords } = message;
  switch (mutation.kind) {
    case 'keywords': {
      const add = mutation.add.filter((keyword) => !hasKeyword(keywords, keyword));
      const remove = mutation.remove.filter((keyword) => hasKeyword(keywords, keyword));
      return add.length + remove.length > 0 ? [{ kind: 'keywords', messageId, add, remove }] : [];
    }
    case 'delete':
      return seen(message, context)
        .filter((from) => context.deleteAnywhere || isOneOf(context.roleOf(from), ['trash', 'junk']))
        .map((from) => ({ kind: 'delete', messageId, from }));
    case 'move': {
      const sources =
        mutation.fromMailboxId !== null
          ? message.mailboxIds.filter((id) => id === (mutation.fromMailboxId as number))
          : message.mailboxIds.filter((id) => !isOneOf(context.roleOf(id), ['sent', 'drafts']));
      return moves(message, sources, mutation.toMailboxId);
    }
    case 'archive':
      return toRole(message, context, ['archive', 'sent', 'drafts', 'trash', 'junk']);
    case 'junk':
      return toRole(message, context, ['junk', 'sent', 'drafts', 'trash']);
    case 'trash':
      return toRole(message, context, ['trash']);
    case 'not-junk':
      return moves(
        message,
        message.mailboxIds.filter((id) => context.roleOf(id) === 'junk'),
        context.destination(message),
      );
  }
}

/** Out of what the user looked at; without that, out of every mailbox whose role is not among `notFrom`. */
function toRole(
  message: MessageScreen,
  context: PlanContext,
  notFrom: readonly MailboxRole[],
): GestureStep[] {
  const looked = context.target.seenInMailboxId !== null;
  const sources = seen(message, context).filter((from) => {
    const role = context.roleOf(from);
    // Archiving out of trash or junk is a rescue when one looks there, and an accident when one does not.
    const rescue = looked && isOneOf(role, ['trash', 'junk']) && !isOneOf(role, notFrom.slice(0, 1));
    return rescue || !isOneOf(role, notFrom);
  });
  return sources.length === 0 ? [] : moves(message, sources, context.destination(message));
}

function seen(message: MessageScreen, { target, roleOf }: PlanContext): number[] {
  if (target.seenInMailboxId !== null)
    return message.mailboxIds.filter((id) => id === target.seenInMailboxId);
  const inboxes = target.unifiedInbox ? message.mailboxIds.filter((id) => roleOf(id) === 'inbox') : [];
  return inboxes.length > 0 ? inboxes : [...message.mailboxIds];
}

function moves(message: MessageScreen, sources: readonly number[], to: number): GestureStep[] {
  return sources
    .filter((from) => from !== to)
    .map((from) => ({ kind: 'move', messageId: message.messageId, from, to }));
}

function isOneOf(role: MailboxRole | null, roles: readonly MailboxRole[]): boolean {
  return role !== null && roles.includes(role);
}
