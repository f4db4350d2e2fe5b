import type { RowRoute, WindowRoute } from '../../shared/contract/window-route';
import type { MessageId } from '../../shared/domain';
import { showFailure } from '../feedback/undo';
import type { ListController } from '../list/list-controller';
import { placeOfMessage } from '../panels/place-of-message';
import { useUi } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { call } from '../transport/call';

/** Shows a row in a window of its own, with its list as it is here (UI-003). */
export function openRowWindow(list: ListController, mode: RowRoute['mode'], itemId: number): void {
  const { listId, sort, descending, filter } = list.snapshot().query;
  void openWindow({ kind: 'row', listId, mode, itemId, messageId: null, sort, descending, filter });
}

/** Shows the conversation of a message in a window of its own, with this message open. */
export async function openMessageWindow(messageId: MessageId): Promise<void> {
  const [message, mailboxes, lists] = await Promise.all([
    call('messages.get', { messageId }),
    call('mailboxes.list', {}),
    call('lists.list', {}),
  ]);
  if (!message.ok || message.value === null || !mailboxes.ok || !lists.ok) {
    const gone = { kind: 'not-found', message: actionStrings.messageGone } as const;
    showFailure(actionStrings.noWindow, message.ok ? gone : message.failure);
    return;
  }
  const { listId: here, sort, descending } = useUi.getState();
  const { listId, itemId } = placeOfMessage(message.value, mailboxes.value, lists.value, here);
  const mode = lists.value.find(({ id }) => id === listId)?.mode ?? 'threads';
  const order = listId === here ? { sort, descending } : ({ sort: 'date', descending: true } as const);
  await openWindow({ kind: 'row', listId, mode, itemId, messageId, ...order, filter: null });
}

/** True once it is on its way; why it is not was said. */
export async function openWindow(route: WindowRoute): Promise<boolean> {
  const opened = await call('window.open', route);
  if (!opened.ok) {
    showFailure(actionStrings.noWindow, opened.failure);
    return false;
  }
  if (opened.value.result === 'open-in-page') window.open(opened.value.url, '_blank', 'noopener');
  return true;
}
