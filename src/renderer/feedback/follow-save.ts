import type { MethodInput, MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { RequestId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import { feedbackStrings } from '../strings/feedback';
import { call } from '../transport/call';
import { onHostEvent } from '../transport/host-events';
import { randomName } from '../transport/request';
import { beginWork, type RunningWork } from './running-work';

type Items = MethodInput<'content.save'>['items'];

/**
 * Saves files: through the system's dialog where the host has one, else as downloads of the page. What is waited for
 * begins when the dialog has closed; stopped, what is written by then stays.
 */
export async function followSave(items: Items): Promise<Outcome<MethodOutput<'content.save'>, FailureView>> {
  const requestId = RequestId.parse(randomName());
  const cancel = () => void call('content.stopSaving', { requestId });
  let running: RunningWork | null = null;
  const end = onHostEvent((event) => {
    if (event.kind !== 'saving' || event.requestId !== requestId) return;
    running ??= beginWork({
      ...{ place: 'reader', doing: feedbackStrings.saving, counted: feedbackStrings.files },
      cancel,
    });
    running.progress({ done: event.done, total: event.total });
  });
  try {
    const outcome = await call('content.save', { items, requestId });
    if (outcome.ok) for (const url of outcome.value.urls) download(url);
    return outcome;
  } finally {
    end();
    // The listener gave it its value, which the checker does not follow.
    (running as RunningWork | null)?.end();
  }
}

/** Lets the browser keep what is at this address as a file. */
export function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
