import type { OutboxView } from '../../shared/contract/compose-views';
import type { FailureView } from '../../shared/contract/views';
import type { Outcome } from '../../shared/outcome';
import { showDraft } from '../compose/open-drafts';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { outboxStrings } from '../strings/outbox';
import { call } from '../transport/call';
import { takeBack } from './follow-send';
import type { OutboxAction } from './outbox-state';

const { failed } = outboxStrings;

/** Does what a person chose for an entry; discarding has been confirmed before. */
export async function actOn(entry: OutboxView, action: OutboxAction): Promise<void> {
  const { id: outboxId } = entry;
  switch (action) {
    case 'sendNow':
      return say(failed.sendNow, call('outbox.sendNow', { outboxId }));
    case 'undo':
    case 'cancel':
      return takeBack(outboxId);
    case 'retry':
    case 'sendAgain':
      return say(failed.retry, call('outbox.retry', { outboxId }));
    case 'markSent':
      return say(failed.markSent, call('outbox.markSent', { outboxId }));
    case 'others':
      return say(failed.others, call('outbox.sendToOthers', { outboxId }));
    case 'discard':
      return say(failed.discard, call('outbox.discard', { outboxId }));
    case 'edit': {
      const draft = await call('outbox.edit', { outboxId });
      if (draft.ok) showDraft(draft.value);
      else showFailure(failed.edit, draft.failure);
      return;
    }
    case 'copy':
      return copyText(entry);
  }
}

async function say(text: string, answer: Promise<Outcome<unknown, FailureView>>): Promise<void> {
  const outcome = await answer;
  if (!outcome.ok) showFailure(text, outcome.failure);
}

/** The text of the message, from its copy in Sent where there is one. */
async function copyText({ messageId, snippet }: OutboxView): Promise<void> {
  const body = messageId === null ? null : await call('messages.body', { messageId, charset: null });
  const text =
    body?.ok && body.value ? body.value.segments.map((segment) => segment.text).join('\n') : snippet;
  await navigator.clipboard.writeText(text).then(
    () => showToast({ tone: 'done', text: outboxStrings.copied }),
    () => showToast({ tone: 'failure', text: outboxStrings.notCopied }),
  );
}
