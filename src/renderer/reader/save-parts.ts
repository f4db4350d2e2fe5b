import type { MessageId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';

/**
 * Saves attachments (by index) or the source of a message: through the system's dialog where the host has one, else as
 * downloads of the page (APP-089, APP-095).
 */
export async function saveParts(messageId: MessageId, parts: readonly (number | 'source')[]): Promise<void> {
  const outcome = await call('content.save', {
    items: parts.slice(0, 500).map((part) => ({ messageId, part })),
  });
  if (!outcome.ok) {
    showFailure(readerStrings.notSaved, outcome.failure);
    return;
  }
  for (const url of outcome.value.urls) download(url);
  if (outcome.value.saved > 0) showToast({ tone: 'done', text: readerStrings.saved(outcome.value.saved) });
}

function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
