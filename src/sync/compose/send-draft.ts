import type { SendProblem } from '../../shared/contract/compose-views';
import { ANSWERED, type DraftId, FORWARDED, type GestureId, type OutboxId, SEEN } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { observeSource } from '../mime/observe-source';
import { toWireAddress } from '../mime/wire-address';
import { roleMailbox } from '../mutations/role-mailbox';
import { putBlob } from '../store/blobs';
import { getAccount } from '../store/read/accounts';
import { type DraftRow, getDraft } from '../store/read/drafts';
import { getMailbox } from '../store/read/mailboxes';
import { insertLocalMessage } from '../store/write/local-message';
import { insertOutbox } from '../store/write/outbox';
import { assembleDraft } from './assemble-draft';
import { checkDraft } from './check-draft';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { NO_DRAFT } from './draft-methods';
import { hideDraft } from './show-draft';

export interface SendRequest {
  readonly draftId: DraftId;
  readonly revision: number;
  readonly undoSeconds: number;
  /** An instant and the zone it was chosen in (SYNC-288). */
  readonly later: { readonly at: number; readonly zone: string } | null;
}

export interface SentOff {
  readonly outboxId: OutboxId;
  readonly notBefore: number | null;
}

const WORDS: { readonly [K in SendProblem['kind']]: string } = {
  'no-recipient': 'There is nobody to send it to.',
  'bad-address': 'An address is not complete.',
  'too-large': 'The message is larger than the server takes.',
  'address-needs-utf8': 'The server cannot send to an address with such letters.',
  'attachment-missing': 'An attachment is not on this computer yet.',
  'no-submission-server': 'This account has no server to send with.',
  'attachment-forgotten': 'The text speaks of an attachment, and there is none.',
  'other-identity-before': 'You wrote to this person with another sender before.',
  'many-recipients': 'Everybody sees all of the many addresses.',
  'draft-sent-elsewhere': 'This draft was sent from another device already.',
};

/** Why a draft cannot be sent, as a failure for a person; null = nothing stops it. */
function refusal(problems: readonly SendProblem[]): Failure | null {
  const first = problems.find(({ severity }) => severity === 'stop');
  if (!first) return null;
  const about = first.about.length === 0 ? '' : ` (${first.about.slice(0, 3).join(', ')})`;
  return { kind: 'invalid', message: `${WORDS[first.kind].replace(/\.$/, '')}${about}.`, hint: first.kind };
}

/**
 * Freezes bytes, Message-ID, Date, envelope and identity in one transaction, on the disk when it answers (SYNC-270, 392):
 * the message is among the sent ones from this moment, the draft is not a draft any more, and everything later sends
 * these bytes. Fails with 'invalid' for what stops it, 'conflict' when the draft was saved meanwhile.
 */
export async function sendDraft(deps: ComposeDeps, request: SendRequest): Promise<Outcome<SentOff>> {
  const { store, clock } = deps;
  const draft = getDraft(store.read, request.draftId);
  if (draft?.state !== 'open') return fail(NO_DRAFT);
  if (draft.revision !== request.revision) return fail(NOT_NEWEST);
  const refused = refusal(checkDraft(deps, draft).problems);
  if (refused) return fail(refused);
  const date = Math.floor(clock.now() / 1_000) * 1_000;
  const zone = request.later?.zone ?? systemZone();
  const assembled = await assembleDraft(deps, draft, { date, zone, revision: null });
  if (!assembled.ok) return assembled;
  const { message, identity, recipients } = assembled.value;
  const filed = observeSource(message.filed, { uid: 0, keywords: [SEEN], receivedAt: date });
  const sent = store.writeTx('user', (tx): SentOff | null => {
    const now = getDraft(tx.db, request.draftId);
    const account = getAccount(tx.db, identity.accountId);
    // Saved or sent by another window while the bytes were made.
    if (now?.state !== 'open' || now.revision !== request.revision || !account) return null;
    const token = (): string => deps.random.token(TOKEN_BYTES);
    const gesture = { gestureId: `send-${draft.id}` as GestureId, token };
    const chosen = identity.sentMailboxId;
    const sentMailboxId =
      chosen !== null && getMailbox(tx.db, chosen as never)?.accountId === account.id
        ? (chosen as ReturnType<typeof roleMailbox>)
        : roleMailbox(tx, { accountId: account.id, protocol: account.protocol }, 'sent', gesture);
    const undoUntil = request.undoSeconds === 0 ? null : tx.nowMs + request.undoSeconds * 1_000;
    const notBefore = request.later?.at ?? undoUntil;
    const shownId = insertLocalMessage(tx, account.id, sentMailboxId, {
      observed: filed.message,
      body: filed.body,
      blobs: [],
    });
    const outboxId = insertOutbox(tx, {
      accountId: account.id,
      identityId: identity.id,
      state: notBefore === null ? 'queued' : 'held',
      from: { name: identity.name, address: identity.address },
      recipients: recipients.map((person) => ({ ...person, address: toWireAddress(person.address.trim()) })),
      subject: draft.content.subject,
      snippet: filed.body.snippet,
      size: message.transmitted.length,
      hasAttachment: filed.message.hasAttachment,
      messageIdHeader: draft.messageIdHeader,
      date,
      transmittedHash: putBlob(tx, message.transmitted),
      filedHash: putBlob(tx, message.filed),
      needsUtf8: message.needsUtf8,
      dsn: dsnOf(draft, token()),
      token: token(),
      originKey: null,
      draftId: draft.id,
      shownId,
      relatedId: draft.relatedId,
      relatedMark: markOf(draft),
      sentMailboxId,
      notBefore,
      zone: request.later?.zone ?? null,
    });
    hideDraft(tx, now, 'sending', notBefore ?? 0, token);
    return { outboxId, notBefore };
  });
  if (!sent) return fail(NOT_NEWEST);
  store.flush();
  return ok(sent);
}

const NOT_NEWEST: Failure = {
  kind: 'conflict',
  message: 'The draft was changed while it was sent.',
  hint: 'Look at it once more, then send it.',
};

/** Delivery notes: told of failures and delays, and of success (SYNC-291). */
function dsnOf({ content }: DraftRow, envid: string) {
  return content.options.deliveryReceipt ? { notify: ['success', 'failure', 'delay'] as const, envid } : null;
}

/** What the original is marked with once this has left. */
function markOf({ kind }: DraftRow): string | null {
  switch (kind) {
    case 'reply':
    case 'reply-all':
      return ANSWERED;
    case 'forward':
    case 'forward-attached':
    case 'redirect':
      return FORWARDED;
    case 'new':
    case 'edit-as-new':
      return null;
  }
}

function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
