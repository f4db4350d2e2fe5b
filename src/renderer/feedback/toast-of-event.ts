import type { HostEvent } from '../../shared/contract/events';
import { feedbackStrings } from '../strings/feedback';
import type { Toast } from './toast-store';

/** What the window says about an event of the host; null for all that is shown elsewhere. Stays until it is closed. */
export function toastOfEvent(event: HostEvent, review: () => void): Omit<Toast, 'id'> | null {
  switch (event.kind) {
    case 'parked':
      return {
        tone: 'failure',
        text: feedbackStrings.parked(event.title),
        detail: event.failure.message,
        action: { label: feedbackStrings.review, run: review },
      };
    // A mail server's own words for its people (SYNC-134).
    case 'alert':
      return { tone: 'failure', text: feedbackStrings.alert(event.account), detail: event.text };
    default:
      return null;
  }
}
