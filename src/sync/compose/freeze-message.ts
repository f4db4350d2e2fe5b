import type { IdentityView } from '../../shared/contract/compose-views';
import {
  type DraftId,
  type GestureId,
  type MessageId,
  type OutboxId,
  type Person,
  SEEN,
} from '../../shared/domain';
import { observeSource } from '../mime/observe-source';
import { toWireAddress } from '../mime/wire-address';
import { roleMailbox } from '../mutations/role-mailbox';
import { putBlob } from '../store/blobs';
import { getAccount } from '../store/read/accounts';
import { getMailbox } from '../store/read/mailboxes';
import type { Dsn } from '../store/read/outbox';
import { insertLocalMessage } from '../store/write/local-message';
import { insertOutbox } from '../store/write/outbox';
import type { WriteTx } from '../store/write-tx';

export interface Frozen {
  readonly identity: IdentityView;
  /** Nothing may answer it (RFC 8098 section 3): a receipt. */
  readonly nullSender?: boolean;
  readonly recipients: readonly Person[];
  readonly transmitted: Uint8Array;
  /** What is kept among the sent ones; null = nothing is. */
  readonly filed: Uint8Array | null;
  readonly needsUtf8: boolean;
  /** With angle brackets. */
  readonly messageIdHeader: string;
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly date: number;
  readonly dsn: Dsn | null;
  readonly originKey: string | null;
  readonly draftId: DraftId | null;
  readonly related: { readonly messageId: MessageId; readonly mark: string | null } | null;
  /** Not before this instant; null = at once. */
  readonly notBefore: number | null;
  /** The zone the user chose the time in; null = an undo window, or none. */
  readonly zone: string | null;
}

/**
 * Bytes, envelope and identity as every attempt will send them, and the message among the sent ones from this second
 * (SYNC-270, 286). Part of the caller's transaction. Null when the account is gone.
 */
export function freezeMessage(tx: WriteTx, frozen: Frozen, token: () => string): OutboxId | null {
  const { identity, filed, date } = frozen;
  const account = getAccount(tx.db, identity.accountId);
  if (!account) return null;
  const observed = observeSource(filed ?? frozen.transmitted, { uid: 0, keywords: [SEEN], receivedAt: date });
  const sentMailboxId = filed === null ? null : sentMailbox(tx, identity, account.protocol, token);
  const shownId =
    sentMailboxId === null
      ? null
      : insertLocalMessage(tx, account.id, sentMailboxId, {
          observed: observed.message,
          body: observed.body,
          blobs: [],
        });
  return insertOutbox(tx, {
    accountId: account.id,
    identityId: identity.id,
    state: frozen.notBefore === null ? 'queued' : 'held',
    from: { name: identity.name, address: toWireAddress(identity.address) },
    recipients: frozen.recipients.map(({ name, address }) => ({
      name,
      address: toWireAddress(address.trim()),
    })),
    subject: frozen.subject,
    snippet: observed.body.snippet,
    size: frozen.transmitted.length,
    hasAttachment: observed.message.hasAttachment,
    messageIdHeader: frozen.messageIdHeader,
    date,
    transmittedHash: putBlob(tx, frozen.transmitted),
    filedHash: filed === null ? null : putBlob(tx, filed),
    needsUtf8: frozen.needsUtf8,
    nullSender: frozen.nullSender ?? false,
    dsn: frozen.dsn,
    token: token(),
    originKey: frozen.originKey,
    draftId: frozen.draftId,
    shownId,
    relatedId: frozen.related?.messageId ?? null,
    relatedMark: frozen.related?.mark ?? null,
    sentMailboxId,
    notBefore: frozen.notBefore,
    zone: frozen.zone,
  });
}

/** Where the identity keeps what it sent, as far as that still exists (section 8, "destination mailbox deleted"). */
function sentMailbox(tx: WriteTx, identity: IdentityView, protocol: string, token: () => string) {
  const { accountId, sentMailboxId } = identity;
  const chosen = sentMailboxId === null ? null : getMailbox(tx.db, sentMailboxId as never);
  if (chosen?.accountId === accountId && chosen.tombstonedAt === null) return chosen.id;
  return roleMailbox(tx, { accountId, protocol }, 'sent', {
    gestureId: `sent-${accountId}` as GestureId,
    token,
  });
}
