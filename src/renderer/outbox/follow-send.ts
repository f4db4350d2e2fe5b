import type { OutboxId } from '../../shared/domain';
import { showDraft } from '../compose/open-drafts';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { clockTime } from '../panels/clock-time';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';

/** What this window sent and has not yet said that it left. */
const awaited = new Set<OutboxId>();

/** True once: for a message of this window that has left. */
export function isAwaited(outboxId: OutboxId): boolean {
  return awaited.delete(outboxId);
}

/** Says what becomes of what was just sent, with Undo for as long as it can be taken back (APP-128, APP-130). */
export function followSend(
  { outboxId, notBefore }: { readonly outboxId: OutboxId; readonly notBefore: number | null },
  subject: string,
  later: boolean,
): void {
  awaited.add(outboxId);
  const online = useHost.getState().status?.online ?? true;
  const action = { label: composeStrings.undo, run: () => void takeBack(outboxId) };
  const title = subject || composeStrings.noSubject;
  if (later && notBefore !== null)
    showToast({ tone: 'done', text: composeStrings.willSendAt(clockTime(notBefore)), action });
  else if (!online) showToast({ tone: 'done', text: composeStrings.willSend, action });
  else if (notBefore !== null && notBefore > Date.now())
    showToast({ tone: 'done', text: composeStrings.sending(title), action, until: notBefore });
  else showToast({ tone: 'done', text: composeStrings.sending(title) });
}

/** Not sent after all: the letter is on the screen again as it was, the cursor where it was. */
export async function takeBack(outboxId: OutboxId): Promise<void> {
  const draft = await call('outbox.undo', { outboxId });
  if (!draft.ok) {
    showFailure(composeStrings.notUndone, draft.failure);
    return;
  }
  awaited.delete(outboxId);
  showDraft(draft.value);
}
