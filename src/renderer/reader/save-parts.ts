import type { DragEvent } from 'react';
import type { MessageId } from '../../shared/domain';
import { download, followSave } from '../feedback/follow-save';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';

/** Files of one save, as the contract bounds them. */
const MOST_SAVED = 500;

/**
 * Saves attachments (by index) or the source of a message: through the system's dialog where the host has one, else as
 * downloads of the page (APP-089, APP-095).
 * @param inside the way to an attached message the parts belong to, outermost first
 */
export async function saveParts(
  messageId: MessageId,
  parts: readonly (number | 'source')[],
  inside: readonly number[] = [],
): Promise<void> {
  const way = inside.length === 0 ? {} : { inside: [...inside] };
  const outcome = await followSave(parts.slice(0, MOST_SAVED).map((part) => ({ messageId, part, ...way })));
  if (!outcome.ok) {
    showFailure(readerStrings.notSaved, outcome.failure);
    return;
  }
  if (outcome.value.saved > 0) showToast({ tone: 'done', text: readerStrings.saved(outcome.value.saved) });
}

/** Opens an attachment with the system's program for it; a browser keeps it as a download (APP-089, APP-369). */
export async function openPart(messageId: MessageId, index: number): Promise<void> {
  const outcome = await call('content.open', { messageId, index });
  if (!outcome.ok) showFailure(readerStrings.notOpened, outcome.failure);
  else if (outcome.value.result === 'download') download(outcome.value.url);
  else if (outcome.value.result === 'refused')
    showToast({ tone: 'failure', text: readerStrings.notOpened, detail: readerStrings.neverOpened });
}

/** Turns a drag that begins here into a drag of the file, out to the file system, where the host can (APP-065). */
export function dragPart(event: DragEvent, messageId: MessageId, part: number | 'source'): void {
  event.preventDefault();
  void call('content.drag', { messageId, part });
}
