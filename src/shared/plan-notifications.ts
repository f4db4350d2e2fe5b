import type { HostEvent } from './contract/events';
import type { Settings } from './contract/settings';
import type { MessageId } from './domain';

type NewMail = Extract<HostEvent, { kind: 'new-mail' }>;

export type NotificationAction = 'archive' | 'reply' | 'read';

/** One notification to show; a port shows it, tests read it. */
export interface PlannedNotification {
  readonly title: string;
  readonly body: string;
  /** The message a click opens; null for a group, which opens the window. */
  readonly opens: MessageId | null;
  readonly actions: readonly NotificationAction[];
  readonly messageIds: readonly MessageId[];
}

/** More new messages than this at once are told together. */
const SINGLE_AT_MOST = 3;

/**
 * What to tell about new mail (APP-270) and about mail that was put off until now (APP-163), and how much of it may be
 * read over somebody's shoulder (APP-271); nothing in quiet hours or of an account that is to be silent. The engine decides what is new mail; a backfill never gets here.
 */
export function planNotifications(
  { accountId, messages, back = false }: NewMail,
  settings: Settings['notifications'],
  now: Date,
): PlannedNotification[] {
  if (!settings.enabled || messages.length === 0) return [];
  if (settings.silentAccounts?.includes(accountId) || isQuiet(settings.quiet, now)) return [];
  if (messages.length > SINGLE_AT_MOST) {
    const senders = [...new Set(messages.map(({ from }) => from))];
    const shown =
      settings.content === 'none' ? '' : senders.slice(0, 3).join(', ') + (senders.length > 3 ? '…' : '');
    const messageIds = messages.map(({ messageId }) => messageId);
    const title = back ? `${messages.length} messages are back` : `${messages.length} new messages`;
    return [{ title, body: shown, opens: null, actions: [], messageIds }];
  }
  return messages.map((message) => {
    const { messageId } = message;
    return {
      ...words(message, settings.content, back),
      opens: messageId,
      actions: ['archive', 'reply', 'read'],
      messageIds: [messageId],
    };
  });
}

/** Whether it is between the two times of day on this computer's clock. */
function isQuiet(quiet: Settings['notifications']['quiet'], now: Date): boolean {
  if (!quiet) return false;
  const { from, until } = quiet;
  const minute = now.getHours() * 60 + now.getMinutes();
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

function words(
  { from, subject, snippet }: NewMail['messages'][number],
  content: Settings['notifications']['content'],
  back: boolean,
): { title: string; body: string } {
  switch (content) {
    case 'none':
      return { title: back ? 'A message is back' : 'New message', body: '' };
    case 'sender':
      return { title: from, body: back ? 'Back in the inbox' : 'New message' };
    case 'full':
      if (back) return { title: from, body: `Back in the inbox: ${subject}` };
      return { title: from, body: snippet === '' ? subject : `${subject}\n${snippet}` };
  }
}
