import type { Failure } from '../../shared/failure';
import { getCheckpoint } from '../store/read/checkpoints';
import type { MailboxRow } from '../store/read/mailboxes';
import { reconnectDelayMs } from './backoff';
import type { RunnerContext } from './runner-context';

export interface InboxWatch {
  /** Called on every change the server tells; cheap, it only marks dirty (SYNC-120). */
  onDirty(): void;
  /** `failure` = why it ended. */
  onState(state: 'watching' | 'ended', failure: Failure | null): void;
}

/** A watch that lived this long was healthy: its end starts the backoff anew (SYNC-124). */
const HEALTHY_AFTER_MS = 60_000;

/** Keeps one watch on the inbox until aborted, reconnecting with backoff (SYNC-115 to 117, 124). */
export async function watchInbox(
  context: RunnerContext,
  inbox: Pick<MailboxRow, 'id' | 'remoteKey'>,
  watch: InboxWatch,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let failure: Failure = { kind: 'offline', message: 'The connection that waits for new mail ended.' };
    const started = context.clock.monotonic();
    const { isVisible } = context;
    const synced = getCheckpoint(context.store.read, inbox.id);
    for await (const event of context.connector.watch(inbox.remoteKey, signal, { isVisible, synced })) {
      if (event.kind === 'watching') watch.onState('watching', null);
      else if (event.kind === 'dirty') watch.onDirty();
      else failure = event.failure;
    }
    watch.onState('ended', failure);
    if (signal.aborted) return;
    failures = context.clock.monotonic() - started > HEALTHY_AFTER_MS ? 1 : failures + 1;
    const delayMs = reconnectDelayMs(failure, failures, context.random.fraction());
    // The main loop meets the same refusal and tells the user; watching again would only repeat it.
    if (delayMs === null) return;
    await context.clock.sleep(delayMs, signal);
    await context.startTurn(signal);
    // What happened while nobody watched is found by a pull.
    if (!signal.aborted) watch.onDirty();
  }
}
