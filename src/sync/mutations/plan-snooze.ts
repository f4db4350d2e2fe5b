import { SEEN, SNOOZE_UNTIL, SNOOZED } from '../../shared/domain';
import { hasKeyword } from '../store/keywords';
import type { MessageScreen } from '../store/read/message-screens';
import { type Snooze, sameSnooze, sleepingIn } from '../store/snooze';
import type { GestureStep } from '../store/write/gestures';
import type { PlanContext } from './plan-context';

/** Nobody waits for mail of their own, nor for what they threw away. */
const NO_BED = ['sent', 'drafts', 'trash', 'junk'] as const;

/** Puts a message off where the user saw it (APP-163). Pure; nothing when there is nothing to put off. */
export function planSnooze(message: MessageScreen, until: number, context: PlanContext): GestureStep[] {
  const mailboxId = bedOf(message, context);
  if (mailboxId === null) return [];
  return steps(message, { mailboxId, until, state: 'asleep' }, { add: [SNOOZED], remove: [] });
}

/** Takes it back before its time: it is where it was, as it was. */
export function planUnsnooze(message: MessageScreen, context: PlanContext): GestureStep[] {
  if (sleepingIn(message, context.isHidden) === null) return [];
  return steps(message, null, { add: [], remove: [SNOOZED] });
}

/**
 * Its time has come: back in the inbox as unread, with a note. What was answered, moved or thrown away meanwhile only
 * loses what is left of the snooze. Nothing for a message that was put off anew.
 */
export function planWake(message: MessageScreen, context: PlanContext): GestureStep[] {
  const { snooze, messageId } = message;
  if (snooze === null || snooze.state === 'returned') return [];
  const online = snooze.until === SNOOZE_UNTIL.online && message.online;
  if (snooze.state === 'asleep' && snooze.until > context.nowMs && !online) return [];
  const bed = sleepingIn(message, context.isHidden);
  if (bed === null) return steps(message, null, { add: [], remove: [SNOOZED] });
  const marks = { add: [], remove: [SEEN, SNOOZED] };
  const until = Math.min(snooze.until, context.nowMs);
  if (context.roleOf(bed) === 'inbox')
    return steps(message, { mailboxId: bed, until, state: 'returned' }, marks);
  const inbox = context.destination(message);
  const back: Snooze = { mailboxId: inbox, until, state: 'returned' };
  const there = message.mailboxIds.includes(inbox);
  return [
    ...(there ? [] : [{ kind: 'move' as const, messageId, from: bed, to: inbox }]),
    ...steps(message, back, marks),
  ];
}

/** Which mailbox hides it: the one on screen, else the inbox, else where it is if its conversation is in no inbox. */
function bedOf(message: MessageScreen, { target, roleOf, isHidden, inInbox }: PlanContext): number | null {
  const asleepIn = sleepingIn(message, isHidden);
  const awake = message.mailboxIds.filter(
    (id) => id !== asleepIn && !NO_BED.some((role) => role === roleOf(id)),
  );
  if (target.snoozedList) return asleepIn;
  if (target.seenInMailboxId !== null) return awake.find((id) => id === target.seenInMailboxId) ?? null;
  const inbox = awake.find((id) => roleOf(id) === 'inbox') ?? null;
  if (target.unifiedInbox || inbox !== null) return inbox;
  if (asleepIn !== null) return asleepIn;
  return target.listed && inInbox(message.messageId) ? null : (awake[0] ?? null);
}

function steps(
  { messageId, keywords, snooze }: MessageScreen,
  to: Snooze | null,
  marks: { readonly add: readonly string[]; readonly remove: readonly string[] },
): GestureStep[] {
  const add = marks.add.filter((keyword) => !hasKeyword(keywords, keyword));
  const remove = marks.remove.filter((keyword) => hasKeyword(keywords, keyword));
  return [
    ...(sameSnooze(snooze, to) ? [] : [{ kind: 'snooze' as const, messageId, from: snooze, to }]),
    ...(add.length + remove.length > 0 ? [{ kind: 'keywords' as const, messageId, add, remove }] : []),
  ];
}
