import type { DraftContent, IdentityView } from '../../shared/contract/compose-views';
import type { Person } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ComposedMessage, ComposeInput } from '../mime/compose-message';
import { parseMessage } from '../mime/parse-message';
import { resendMessage } from '../mime/resend-message';
import { readBlob } from '../store/blobs';
import { type DraftRow, draftAttachments } from '../store/read/drafts';
import { getIdentity } from '../store/read/identities';
import type { ComposeDeps } from './compose-deps';
import { writeBody } from './write-body';

export interface Assembled {
  readonly message: ComposedMessage;
  /** Of what is transmitted, with angle brackets. */
  readonly messageIdHeader: string;
  readonly identity: IdentityView;
  /** Everybody it goes to: To, Cc, Bcc and the copy to oneself. */
  readonly recipients: readonly Person[];
}

export interface AssembleOptions {
  /** Milliseconds UTC of the Date header. */
  readonly date: number;
  readonly zone: string;
  /** The private header of a revision upstream; null = to be sent. */
  readonly revision: number | null;
}

const MISSING: Failure = {
  kind: 'not-found',
  message: 'An attachment is not on this computer.',
  hint: 'Go online so that it can be loaded, or take it out.',
};

/** The bytes of a draft. Fails with 'not-found' for an attachment that is not here. */
export async function assembleDraft(
  deps: Pick<ComposeDeps, 'store' | 'compose'>,
  draft: DraftRow,
  options: AssembleOptions,
): Promise<Outcome<Assembled>> {
  const { store } = deps;
  const { content } = draft;
  const identity = getIdentity(store.read, content.identityId);
  if (!identity) return fail({ kind: 'not-found', message: 'There is no such sender.' });
  const resent = draft.kind === 'redirect' && options.revision === null;
  if (resent) return resendDraft(store, draft, identity, options);
  const written = writeBody(store, content, {
    zone: options.zone,
    signaturePlace: identity.signaturePlace,
  });
  const attachments: ComposeInput['attachments'][number][] = [];
  for (const record of draftAttachments(store.read, draft.id)) {
    // A picture of the original that is not shown any more, with its quote taken out for instance.
    if (
      record.source_message !== null &&
      record.content_id !== null &&
      !written.contentIds.has(record.content_id)
    )
      continue;
    const bytes = record.blob_hash === null ? null : readBlob(store.read, store.blobFiles, record.blob_hash);
    if (!bytes) {
      // What is still on its way is not part of a revision upstream yet.
      if (options.revision !== null) continue;
      return fail(MISSING);
    }
    attachments.push({
      filename: record.filename,
      mediaType: record.media_type,
      bytes,
      contentId: record.content_id,
    });
  }
  const from = { name: identity.name, address: identity.address };
  const bcc = identity.bccSelf && options.revision === null ? [...content.bcc, from] : content.bcc;
  const message = await deps.compose({
    messageId: draft.messageIdHeader,
    date: options.date,
    zone: options.zone,
    from,
    replyTo: replyToOf(content, identity),
    to: content.to,
    cc: content.cc,
    bcc,
    subject: content.subject,
    inReplyTo: draft.inReplyTo,
    references: draft.references,
    text: written.text,
    html: written.html,
    attachments,
    headers: headersOf(content, identity),
    draft: options.revision === null ? null : { token: draft.token, revision: options.revision },
  });
  const recipients = [...content.to, ...content.cc, ...bcc];
  return ok({ message, messageIdHeader: draft.messageIdHeader, identity, recipients });
}

/** The message that came, under its own Message-ID, with who passes it on to whom (APP-120). */
function resendDraft(
  store: ComposeDeps['store'],
  { id, content, messageIdHeader }: DraftRow,
  identity: IdentityView,
  { date, zone }: AssembleOptions,
): Outcome<Assembled> {
  const hash = draftAttachments(store.read, id)[0]?.blob_hash ?? null;
  const source = hash === null ? null : readBlob(store.read, store.blobFiles, hash);
  if (!source) return fail(MISSING);
  const from = { name: identity.name, address: identity.address };
  const bcc = identity.bccSelf ? [...content.bcc, from] : content.bcc;
  const people = { from, to: content.to, cc: content.cc, bcc };
  const message = resendMessage(source, { messageId: messageIdHeader, date, zone, ...people });
  const own = parseMessage(source).facts.messageId;
  return ok({
    message,
    messageIdHeader: own === null ? messageIdHeader : `<${own}>`,
    identity,
    recipients: [...content.to, ...content.cc, ...bcc],
  });
}

function replyToOf(content: DraftContent, identity: IdentityView): Person[] {
  if (content.replyTo.length > 0) return content.replyTo;
  return identity.replyTo === null || identity.replyTo === ''
    ? []
    : [{ name: '', address: identity.replyTo }];
}

function headersOf({ options }: DraftContent, identity: IdentityView): { name: string; value: string }[] {
  const headers: { name: string; value: string }[] = [];
  if (options.priority !== 'normal') headers.push({ name: 'Importance', value: options.priority });
  if (options.readReceipt)
    headers.push({ name: 'Disposition-Notification-To', value: `<${identity.address}>` });
  return headers;
}
