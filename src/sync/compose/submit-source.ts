import type { IdentityView } from '../../shared/contract/compose-views';
import type { IdentityId, Origin, OutboxId, Person } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { DRAFT_HEADER } from '../mime/compose-message';
import { formatDate } from '../mime/format-date';
import { withLineEnds } from '../mime/line-ends';
import { messageIdFor } from '../mime/message-id';
import { parseMessage } from '../mime/parse-message';
import { addressNeedsUtf8 } from '../mime/wire-address';
import { withoutFields } from '../mime/without-fields';
import { getAccount } from '../store/read/accounts';
import { getIdentity, listIdentities } from '../store/read/identities';
import { outboxByOrigin } from '../store/read/outbox';
import { submissionOf } from '../store/read/submission';
import { isAddress } from './check-draft';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { freezeMessage } from './freeze-message';

export interface SourceRequest {
  /** Null = the identity its From names. */
  readonly identityId: IdentityId | null;
  readonly source: Uint8Array;
  /** Milliseconds UTC; null = at once. */
  readonly later: number | null;
  readonly origin: Origin;
  /** The caller's own key: a repeat with the same one creates nothing and gets the same answer (SYNC-283). */
  readonly originKey: string | null;
}

/**
 * Sends a message somebody else has written: a file, a script, a device. Its own headers count; blind copies go into the
 * envelope and stay in the filed copy, a Message-ID and a Date are added where they are missing. On disk when it answers.
 */
export function submitSource(deps: ComposeDeps, request: SourceRequest): Outcome<{ outboxId: OutboxId }> {
  const { store, clock, random } = deps;
  const { origin, originKey } = request;
  const before = originKey === null ? null : outboxByOrigin(store.read, origin, originKey);
  if (before !== null) return ok({ outboxId: before });
  const parsed = parseMessage(withLineEnds(request.source)).facts;
  const from = parsed.from[0];
  const identity = chooseIdentity(deps, request.identityId, from);
  if (!identity)
    return fail({
      kind: 'not-found',
      message: from ? `No sender of yours has the address ${from.address}.` : 'The message says no sender.',
      hint: 'Name the sender, or add it to an account.',
    });
  const account = getAccount(store.read, identity.accountId);
  if (!account || !submissionOf(account))
    return fail({ kind: 'invalid', message: 'This account has no server to send with.' });
  const recipients = [...parsed.to, ...parsed.cc, ...parsed.bcc];
  if (recipients.length === 0) return fail({ kind: 'invalid', message: 'There is nobody to send it to.' });
  const bad = recipients.find(({ address }) => !isAddress(address));
  if (bad) return fail({ kind: 'invalid', message: `The address ${bad.address} is not complete.` });
  const date = parsed.date ?? Math.floor(clock.now() / 1_000) * 1_000;
  const messageIdHeader =
    parsed.messageId === null
      ? messageIdFor(random.token(TOKEN_BYTES), identity.address)
      : `<${parsed.messageId}>`;
  const added = [
    ...(parsed.messageId === null ? [`Message-ID: ${messageIdHeader}`] : []),
    ...(parsed.date === null ? [`Date: ${formatDate(date, 'UTC')}`] : []),
  ].map((line) => `${line}\r\n`);
  const filed = Buffer.concat([
    Buffer.from(added.join('')),
    withoutFields(withLineEnds(request.source), [DRAFT_HEADER]),
  ]);
  const outboxId = store.writeTx(origin, (tx) =>
    freezeMessage(
      tx,
      {
        identity,
        recipients,
        transmitted: withoutFields(filed, ['Bcc']),
        filed,
        needsUtf8: recipients.some(({ address }) => addressNeedsUtf8(address)),
        messageIdHeader,
        subject: parsed.subject,
        date,
        dsn: null,
        originKey,
        draftId: null,
        related: null,
        notBefore: request.later,
        zone: request.later === null ? null : 'UTC',
      },
      () => random.token(TOKEN_BYTES),
    ),
  );
  if (outboxId === null) return fail({ kind: 'not-found', message: 'There is no such account.' });
  store.flush();
  return ok({ outboxId });
}

function chooseIdentity(
  { store }: ComposeDeps,
  identityId: IdentityId | null,
  from: Person | undefined,
): IdentityView | null {
  if (identityId !== null) return getIdentity(store.read, identityId);
  const address = from?.address.toLowerCase();
  return listIdentities(store.read).find((identity) => identity.address.toLowerCase() === address) ?? null;
}
