import type { MessageId } from '../../shared/domain';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';

/**
 * Prints one message with its headers and nothing else (APP-094): the style sheet for print shows only the marked
 * element. The Electron host prints its window; in a browser the page does.
 */
export function printMessage(messageId: MessageId, element: HTMLElement | null): void {
  if (element === null) return;
  element.dataset.printed = '';
  const done = () => {
    delete element.dataset.printed;
  };
  if (useHost.getState().info?.hostKind === 'electron') {
    void call('window.print', { messageId }).then(done);
    return;
  }
  window.addEventListener('afterprint', done, { once: true });
  window.print();
}
