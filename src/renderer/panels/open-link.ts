import { writeMailto } from '../compose/start-draft';
import { showFailure } from '../feedback/undo';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';
import { nameInMid } from './name-in-mid';
import { openMessage } from './open-message';

/** Shows what an address is about that the system handed to Homeport: `mid:` a message, `mailto:` a letter (APP-274). */
export async function openLink(url: string): Promise<void> {
  if (/^mailto:/i.test(url)) {
    await writeMailto(url);
    return;
  }
  const name = nameInMid(url);
  const found = name === null ? null : await call('messages.named', { name });
  if (found?.ok && found.value !== null) {
    await openMessage(found.value);
    return;
  }
  const missing = { kind: 'not-found', message: statusStrings.messageNotHere } as const;
  showFailure(statusStrings.notOpened, found && !found.ok ? found.failure : missing);
}
