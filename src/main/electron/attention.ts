import type { HostEvent } from '../../shared/contract/events';
import type { MethodOutput } from '../../shared/contract/methods';
import type { Settings } from '../../shared/contract/settings';
import type { ListView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import { SEEN } from '../../shared/domain';
import {
  type NotificationAction,
  type PlannedNotification,
  planNotifications,
} from '../../shared/plan-notifications';
import type { Router } from '../router';
import { unreadInInboxes } from './badge';

/** Shows one notification; the system's, or a test's. */
export type Notifier = (
  notification: PlannedNotification,
  on: { click(): void; action(action: NotificationAction): void },
) => void;

export interface AttentionOptions {
  readonly call: Router;
  readonly notify: Notifier;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly openMessage: (messageId: MessageId | null) => void;
  /** Shows the message and begins the answer to it. */
  readonly reply: (messageId: MessageId) => void;
  readonly showUnread: (unread: number, offline: boolean) => void;
  /** Called once at the start and after every change. */
  readonly settingsChanged: (settings: Settings) => void;
}

export interface Attention {
  onEvent(event: HostEvent): void;
  settings(): Settings;
  /** Reads counters and settings for the first time. */
  start(): Promise<void>;
}

/** Counts arriving close together are asked for once. */
const COLLECT_MS = 200;

/** What the desktop tells outside its window: unread counts, and notifications about new mail (APP-270 to APP-273). */
export function createAttention(
  { call, notify, now, openMessage, reply, showUnread, settingsChanged }: AttentionOptions,
  first: Settings,
): Attention {
  let settings = first;
  let unread = 0;
  let offline = false;
  let collecting: NodeJS.Timeout | undefined;

  const readSettings = async (): Promise<void> => {
    const reply = await call('settings.get', {});
    if (!reply.ok) return;
    settings = reply.value as Settings;
    settingsChanged(settings);
  };
  const count = async (): Promise<void> => {
    const reply = await call('lists.list', {});
    if (!reply.ok) return;
    unread = unreadInInboxes(reply.value as ListView[]);
    showUnread(unread, offline);
  };
  const act = (action: NotificationAction, messageIds: readonly MessageId[]): void => {
    if (action === 'reply') {
      const [messageId] = messageIds;
      if (messageId !== undefined) reply(messageId);
      return;
    }
    const mutation =
      action === 'archive' ? { kind: 'archive' } : { kind: 'keywords', add: [SEEN], remove: [] };
    void call('mutations.apply', { target: { kind: 'messages', messageIds: [...messageIds] }, mutation });
  };
  return {
    settings: () => settings,
    start: async () => {
      await Promise.all([readSettings(), count()]);
      const status = await call('status.get', {});
      if (status.ok) offline = (status.value as MethodOutput<'status.get'>).offlineByChoice;
      showUnread(unread, offline);
    },
    onEvent: (event) => {
      if (event.kind === 'notice') {
        if (event.topics.includes('settings')) void readSettings();
        if (event.topics.includes('lists') && collecting === undefined) {
          collecting = setTimeout(() => {
            collecting = undefined;
            void count();
          }, COLLECT_MS);
        }
      } else if (event.kind === 'status' && event.status.offlineByChoice !== offline) {
        offline = event.status.offlineByChoice;
        showUnread(unread, offline);
      } else if (event.kind === 'new-mail') {
        for (const planned of planNotifications(event, settings.notifications, new Date(now()))) {
          notify(planned, {
            click: () => openMessage(planned.opens),
            action: (action) => act(action, planned.messageIds),
          });
        }
      }
    },
  };
}
