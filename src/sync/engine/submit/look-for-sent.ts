import type { Outcome } from '../../../shared/outcome';
import { ok } from '../../../shared/outcome';
import type { RemoteMessage } from '../../connectors/contract';
import { getDraft } from '../../store/read/drafts';
import { identitiesOf } from '../../store/read/identities';
import { mailboxByRole } from '../../store/read/mailboxes';
import type { OutboxRow } from '../../store/read/outbox';
import { answersTo } from '../../store/read/sent-traces';
import { submissionFacts } from '../../store/read/submission';
import { changeOutbox, setRecipient } from '../../store/write/outbox';
import { filesByItself } from './filing-habits';
import { MAX_LOOKS } from './next-step';
import type { SubmitContext } from './submit-context';

/** Three looks over five minutes (SYNC-279). */
const LOOK_AGAIN_MS = 150_000;

/**
 * Looks what became of a message that was handed over and not confirmed: among the sent ones, in the inbox when we are a
 * recipient, and for answers or bounces that name it. Found = it was accepted. Not found in three looks = a person is
 * asked; nothing here ever sends again (SYNC-279).
 */
export async function lookForSent(
  context: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, accountId, host } = context;
  const looked = await lookEverywhere(context, entry, signal);
  if (!looked.ok && looked.failure.kind === 'cancelled') return;
  store.writeTx('server', (tx) => {
    if (looked.ok && looked.value) {
      for (const { address, state } of entry.recipients)
        if (state === 'waiting') setRecipient(tx, entry.id, address, 'accepted', null);
      changeOutbox(tx, entry.id, {
        state: 'accepted',
        acceptedAt: tx.nowMs,
        failure: null,
        nextAttemptAt: null,
      });
      return;
    }
    const looks = entry.looks + 1;
    const facts = submissionFacts(tx.db, accountId, host);
    const observed = !looked.ok
      ? 'could-not-look'
      : filesByItself(host, facts)
        ? 'probably-not-sent'
        : 'not-in-sent';
    changeOutbox(tx, entry.id, {
      looks,
      observed: looks < MAX_LOOKS ? null : observed,
      nextAttemptAt: clock.now() + LOOK_AGAIN_MS,
    });
  });
}

async function lookEverywhere(
  { store, connector, accountId }: SubmitContext,
  entry: OutboxRow,
  signal: AbortSignal,
): Promise<Outcome<boolean>> {
  // What was passed on keeps its Message-ID: it lies in the inbox, and answers to it, whether it left or not.
  const isResent = entry.draftId !== null && getDraft(store.read, entry.draftId)?.kind === 'redirect';
  if (!isResent && answersTo(store.read, entry)) return ok(true);
  const own = new Set(identitiesOf(store.read, accountId).map(({ address }) => address.toLowerCase()));
  const roles =
    !isResent && entry.recipients.some(({ address }) => own.has(address.toLowerCase()))
      ? (['sent', 'inbox'] as const)
      : (['sent'] as const);
  for (const role of roles) {
    const mailbox = mailboxByRole(store.read, accountId, role);
    if (!mailbox?.remoteKey) continue;
    const from = role === 'sent' ? (entry.sentUidFrom ?? 1) : 1;
    const found: Outcome<readonly RemoteMessage[]> = await connector.findByMessageId(
      mailbox.remoteKey,
      entry.messageIdHeader,
      from,
      signal,
    );
    if (!found.ok) return found;
    if (found.value.length > 0) return ok(true);
  }
  return ok(false);
}
