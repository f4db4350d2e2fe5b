import type { MailboxId, MessageId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { type Outcome, ok } from '../../shared/outcome';
import type { MailboxRow } from '../store/read/mailboxes';
import { markBodyUnreadable } from '../store/write/store-bodies';
import { logBadMessage } from './log-bad-message';
import type { RunnerContext } from './runner-context';

/** A body that was asked for twice, the second time alone, and did not come. */
export interface FailedBody {
  readonly messageId: MessageId;
  readonly failure: Failure;
}

/** So many in a row and none that came: it is the mailbox, not the messages. */
const MOST_IN_A_ROW = 3;

export interface Suspects {
  /** Takes over what one group brought. Answers false where the mailbox itself gives nothing: it has its turn again later. */
  add(mailbox: MailboxRow, failed: readonly FailedBody[], came: boolean): boolean;
  /** The end of the round: what broke the link twice is marked where the link itself is fine. */
  settle(signal: AbortSignal): Promise<Outcome<{ readonly complete: boolean }>>;
}

/**
 * Which messages are to blame for their own failure (SYNC-060): those of a mailbox that gives others. They are marked
 * with the error and asked for no more, so that they hold up nobody; without such a proof the mailbox or the link may be it.
 */
export function createSuspects(context: RunnerContext): Suspects {
  const giving = new Set<MailboxId>();
  const waiting = new Map<MailboxId, { readonly mailbox: MailboxRow; readonly failed: FailedBody[] }>();

  function mark({ path }: MailboxRow, failed: readonly FailedBody[]): void {
    const { store, accountId, logger } = context;
    for (const { messageId, failure } of failed) {
      logger.warn('body-failed', { accountId, messageId, kind: failure.kind });
      store.writeTx('server', (tx) => {
        markBodyUnreadable(tx, messageId);
        logBadMessage(context, tx, path, failure);
      });
    }
  }

  return {
    add: (mailbox, failed, came) => {
      if (came) giving.add(mailbox.id);
      const known = waiting.get(mailbox.id)?.failed ?? [];
      const all = [...known, ...failed];
      if (giving.has(mailbox.id)) {
        waiting.delete(mailbox.id);
        mark(mailbox, all);
        return true;
      }
      if (all.length > 0) waiting.set(mailbox.id, { mailbox, failed: all });
      return all.length < MOST_IN_A_ROW;
    },
    settle: async (signal) => {
      for (const { mailbox, failed } of waiting.values()) {
        const broke = failed.filter(({ failure }) => failure.kind !== 'rejected');
        if (broke.length === 0 || failed.length >= MOST_IN_A_ROW) continue;
        const connected = await context.connector.connect('bulk', signal);
        if (!connected.ok) return connected;
        mark(mailbox, broke);
      }
      waiting.clear();
      return ok({ complete: true });
    },
  };
}
