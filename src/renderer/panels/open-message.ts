import type { MessageId } from '../../shared/domain';
import { showFailure } from '../feedback/undo';
import { closeDialog, endSearch, openItem, showList, useUi } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';
import { placeOfMessage } from './place-of-message';

/** Shows a message that a notification, a link or a second start asks for; false = it cannot, which was said. */
export async function openMessage(messageId: MessageId): Promise<boolean> {
  const [message, mailboxes, lists] = await Promise.all([
    call('messages.get', { messageId }),
    call('mailboxes.list', {}),
    call('lists.list', {}),
  ]);
  if (!message.ok || message.value === null || !mailboxes.ok || !lists.ok) {
    showFailure(
      statusStrings.notOpened,
      message.ok ? { kind: 'not-found', message: statusStrings.messageGone } : message.failure,
    );
    return false;
  }
  const { listId } = useUi.getState();
  const place = placeOfMessage(message.value, mailboxes.value, lists.value, listId);
  closeDialog();
  endSearch();
  if (place.listId !== listId) showList(place.listId);
  openItem(place.itemId);
  return true;
}
