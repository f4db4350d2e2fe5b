import type { FailureView, PendingView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import type { Session } from './session';

const PER_CALL = 1000;

/** Every change that the server has not confirmed yet, oldest first, however many there are. */
export async function allPending(
  session: Session,
  state: 'all' | 'parked',
): Promise<Outcome<PendingView[], FailureView>> {
  const found: PendingView[] = [];
  for (;;) {
    const afterId = found.at(-1)?.id;
    const page = await session.call('pending.list', { state, limit: PER_CALL, afterId });
    if (!page.ok) return page;
    found.push(...page.value);
    if (page.value.length < PER_CALL) return ok(found);
  }
}
