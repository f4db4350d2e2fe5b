import type { Mutation } from '../../shared/contract/mutation';
import type { MailboxRole } from '../../shared/domain';
import { hasKeyword } from '../store/keywords';
import type { MessageScreen } from '../store/read/message-screens';
import { sleepingIn } from '../store/snooze';
import type { GestureStep } from '../store/write/gestures';
import type { PlanContext } from './plan-context';
import { planSnooze, planUnsnooze, planWake } from './plan-snooze';

/** What a mutation changes of one message as it is on screen now; nothing when it is so already. Pure. */
export function planSteps(message: MessageScreen, mutation: Mutation, context: PlanContext): GestureStep[] {
  const { messageId, keywords } = message;
  switch (mutation.kind) {
    case 'keywords': {
      const add = mutation.add.filter((keyword) => !hasKeyword(keywords, keyword));
      const remove = mutation.remove.filter((keyword) => hasKeyword(keywords, keyword));
      return add.length + remove.length > 0 ? [{ kind: 'keywords', messageId, add, remove }] : [];
    }
    case 'empty':
    case 'delete':
      return seen(message, context)
        .filter((from) => context.deleteAnywhere || isOneOf(context.roleOf(from), ['trash', 'junk']))
        .map((from) => ({ kind: 'delete', messageId, from }));
    case 'move': {
      const sources =
        mutation.fromMailboxId !== null
          ? awake(message, context).filter((id) => id === (mutation.fromMailboxId as number))
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
    case 'snooze':
      return planSnooze(message, mutation.until, context);
    case 'unsnooze':
      return planUnsnooze(message, context);
    case 'wake':
      return planWake(message, context);
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

function seen(message: MessageScreen, context: PlanContext): number[] {
  const { target, roleOf } = context;
  if (target.seenInMailboxId !== null)
    return awake(message, context).filter((id) => id === target.seenInMailboxId);
  if (!target.unifiedInbox) return [...message.mailboxIds];
  const shown = awake(message, context);
  const inboxes = shown.filter((id) => roleOf(id) === 'inbox');
  return inboxes.length > 0 ? inboxes : shown;
}

/** Where one sees it: a gesture on a list does not reach what is put off there. */
function awake(message: MessageScreen, { isHidden }: PlanContext): number[] {
  const bed = sleepingIn(message, isHidden);
  return message.mailboxIds.filter((id) => id !== bed);
}

function moves(message: MessageScreen, sources: readonly number[], to: number): GestureStep[] {
  return sources
    .filter((from) => from !== to)
    .map((from) => ({ kind: 'move', messageId: message.messageId, from, to }));
}

function isOneOf(role: MailboxRole | null, roles: readonly MailboxRole[]): boolean {
  return role !== null && roles.includes(role);
}
