import type { HostEvent } from '../../shared/contract/events';
import { planNotifications } from '../../shared/plan-notifications';
import { knownSettings } from '../actions/known';
import { statusStrings } from '../strings/status';
import { useHost } from '../transport/use-host';
import { announceCalmly } from '../ui/live-region';
import { openMessage } from './open-message';

type NewMail = Extract<HostEvent, { kind: 'new-mail' }>;

/** Senders of what came since it was last said. */
let unsaid: string[] = [];

/** Says that there is new mail, and notifies where that is this window's work. */
export function tellNewMail(event: NewMail): void {
  const settings = knownSettings();
  if (settings.announceNewMail && event.back !== true) {
    unsaid.push(...event.messages.map(({ from }) => from));
    announceCalmly('new-mail', () => {
      const senders = unsaid;
      unsaid = [];
      return statusStrings.newMail(senders);
    });
  }
  // The desktop host tells the system itself; a browser may only after a person allowed it.
  if (useHost.getState().info?.hostKind !== 'headless') return;
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  for (const { title, body, opens, messageIds } of planNotifications(
    event,
    settings.notifications,
    new Date(),
  )) {
    // Several windows tell the same: the tag makes it one notification.
    const shown = new Notification(title, { body, tag: `mail-${messageIds.join('-')}` });
    shown.onclick = () => {
      window.focus();
      shown.close();
      if (opens !== null) void openMessage(opens);
    };
  }
}
