import { showFailure } from '../feedback/undo';
import { setupStrings } from '../strings/setup';
import { call } from '../transport/call';

/** Opens a page of a provider in the system's browser. The person has just asked for exactly this page. */
export async function openPage(url: string): Promise<void> {
  const outcome = await call('links.open', { url, confirmed: true });
  if (!outcome.ok) return showFailure(setupStrings.pageNotOpened, outcome.failure);
  const { result } = outcome.value;
  if (result === 'open-in-page') window.open(outcome.value.url, '_blank', 'noopener,noreferrer');
  else if (result === 'refused') showFailure(setupStrings.pageNotOpened, { kind: 'invalid', message: url });
}
