import type { MessageId } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { messageIdFor } from '../mime/message-id';
import { composeReceipt, receiptRequest } from '../mime/receipt';
import { hasKeyword, MDN_SENT } from '../store/keywords';
import { getAccount } from '../store/read/accounts';
import { identitiesOf } from '../store/read/identities';
import { isKnownPerson } from '../store/read/known-people';
import { getMessage } from '../store/read/messages';
import { readPreferences } from '../store/read/settings';
import { submissionOf } from '../store/read/submission';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { freezeMessage } from './freeze-message';

/**
 * The user's word about a read receipt (SYNC-293). The guard is set first and only then a receipt goes into the outbox,
 * so that no second one is ever sent; no copy of it is kept.
 */
export async function answerReceipt(
  deps: ComposeDeps,
  messageId: MessageId,
  send: boolean,
): Promise<Outcome<null>> {
  const { store, clock, random } = deps;
  const message = getMessage(store.read, messageId);
  if (!message) return fail({ kind: 'not-found', message: 'The message does not exist any more.' });
  const headers = JSON.parse(message.headers_json) as HeaderFacts;
  const request = receiptRequest(headers);
  // Answered before, on another device for instance.
  if (!request || hasKeyword(message.keywords, MDN_SENT)) return ok(null);
  const account = getAccount(store.read, message.account_id);
  if (send && (!account || !submissionOf(account)))
    return fail({ kind: 'invalid', message: 'This account has no server to send with.' });
  const marked = await deps.mark(messageId, MDN_SENT);
  if (!marked.ok) return marked;
  if (!send) return ok(null);
  const identities = identitiesOf(store.read, message.account_id);
  const addressed = [...headers.to, ...headers.cc].map(({ address }) => address.toLowerCase());
  const identity =
    identities.find(({ address }) => addressed.includes(address.toLowerCase())) ?? identities[0];
  if (!identity) return fail({ kind: 'not-found', message: 'The account has no sender.' });
  const from = headers.from[0];
  const byPolicy =
    readPreferences(store.read).readReceipts === 'always-for-contacts' &&
    !request.mismatch &&
    from !== undefined &&
    isKnownPerson(store.read, from);
  const date = Math.floor(clock.now() / 1_000) * 1_000;
  const messageIdHeader = messageIdFor(random.token(TOKEN_BYTES), identity.address);
  const composed = await composeReceipt({
    messageId: messageIdHeader,
    date,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    from: { name: identity.name, address: identity.address },
    to: request.to,
    original: headers,
    byHand: !byPolicy,
  });
  store.writeTx('user', (tx) =>
    freezeMessage(
      tx,
      {
        identity,
        nullSender: true,
        recipients: request.to,
        transmitted: composed.transmitted,
        filed: null,
        needsUtf8: composed.needsUtf8,
        messageIdHeader,
        subject: `Read: ${message.subject}`,
        date,
        dsn: null,
        originKey: null,
        draftId: null,
        related: null,
        notBefore: null,
        zone: null,
      },
      () => random.token(TOKEN_BYTES),
    ),
  );
  store.flush();
  return ok(null);
}
