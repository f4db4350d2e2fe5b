import {
  type DraftContent,
  type DraftKind,
  type DraftView,
  type IdentityView,
  MAX_BODY_CHARS,
} from '../../shared/contract/compose-views';
import type { AccountId, MessageId } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { prepareAnswer } from '../mime/answer';
import { DRAFT_HEADER } from '../mime/compose-message';
import { htmlToText } from '../mime/html-to-text';
import { isEditable } from '../mime/is-editable';
import { messageIdFor } from '../mime/message-id';
import { cleanHtml } from '../mime/outgoing-html';
import { parseMessage } from '../mime/parse-message';
import { putBlob } from '../store/blobs';
import { packBlob } from '../store/pack-body';
import { listAccounts } from '../store/read/accounts';
import { getBody, listAttachments, readSource } from '../store/read/bodies';
import { draftByToken, draftOfMessage, draftsAbout } from '../store/read/drafts';
import { identitiesOf, listIdentities } from '../store/read/identities';
import { mailboxByRole } from '../store/read/mailboxes';
import { getMessage, type MessageRecord, mailboxesOf } from '../store/read/messages';
import { readPreferences } from '../store/read/settings';
import { submissionOf } from '../store/read/submission';
import { insertDraftAttachment } from '../store/write/draft-attachments';
import { insertDraft } from '../store/write/drafts';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { viewOf } from './draft-methods';
import { parseMailto } from './mailto';
import { filesToTake, wholeMessage } from './take-along';

const LONGEST_SUBJECT = 2_000;

export interface DraftRequest {
  readonly kind: DraftKind;
  readonly messageId: MessageId | null;
  readonly accountId: AccountId | null;
  readonly selection: string | null;
  readonly quick: boolean;
  readonly mailto: string | null;
}

/** A message that lies among the drafts already: it is the draft, not something to write about. */
interface Adopted {
  readonly shownId: MessageId;
  readonly token: string | null;
  readonly messageIdHeader: string | null;
  /** It has what we do not edit: it stays in the draft as it is, as a file. */
  readonly keepsWhole: boolean;
}

/** Who, what and as whom a new message, an answer or a forward begins with (APP-120, 126). */
export function createDraft(
  deps: ComposeDeps,
  request: DraftRequest,
  adopted: Adopted | null = null,
): Outcome<DraftView> {
  const { store } = deps;
  const original = request.messageId === null ? null : getMessage(store.read, request.messageId);
  if (request.kind !== 'new' && !original)
    return fail({ kind: 'not-found', message: 'The message does not exist any more.' });
  if (request.quick && request.messageId !== null) {
    const begun = draftsAbout(store.read, request.messageId).find(
      ({ state, quick }) => state === 'open' && quick,
    );
    if (begun) return viewOf(deps, begun.id);
  }
  const { kind } = request;
  const begin =
    kind === 'new' || !original ? beginNew(deps, request) : beginFrom(deps, { ...request, kind }, original);
  if (!begin) return fail({ kind: 'not-found', message: 'There is no account to write from.' });
  const { identity } = begin;
  const taken = original ? filesToTake(store, kind, original.id) : [];
  const files = adopted?.keepsWhole ? [...taken, wholeMessage(store, adopted.shownId)] : taken;
  const preferences = readPreferences(store.read);
  const content: DraftContent = {
    identityId: identity.id,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: '',
    format: preferences.composeFormat,
    body: '',
    quote: null,
    cursor: null,
    options: { readReceipt: false, deliveryReceipt: false, priority: 'normal' },
    ...begin.content,
  };
  const token = adopted?.token ?? deps.random.token(TOKEN_BYTES);
  const draftId = store.writeTx('user', (tx) => {
    const id = insertDraft(tx, {
      accountId: identity.accountId,
      kind,
      quick: request.quick,
      relatedId: adopted ? null : request.messageId,
      shownId: adopted?.shownId ?? null,
      token,
      messageIdHeader:
        adopted?.messageIdHeader ?? messageIdFor(deps.random.token(TOKEN_BYTES), identity.address),
      inReplyTo: begin.inReplyTo,
      references: begin.references,
      content,
      touched: adopted !== null,
      upstreamRevision: adopted ? 0 : null,
    });
    for (const { bytes, ...file } of files)
      insertDraftAttachment(tx, {
        ...file,
        draftId: id,
        blobHash: bytes === null ? null : putBlob(tx, packBlob(bytes)),
      });
    return id;
  });
  return viewOf(deps, draftId);
}

interface Beginning {
  readonly identity: IdentityView;
  readonly content: Partial<DraftContent>;
  /** With angle brackets. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

function beginNew(deps: ComposeDeps, { accountId, mailto }: DraftRequest): Beginning | null {
  const identity = usualIdentity(deps, accountId);
  if (!identity) return null;
  const link = mailto === null ? null : parseMailto(mailto);
  if (!link) return { identity, content: {}, inReplyTo: null, references: [] };
  const { inReplyTo, to, cc, bcc, subject, body } = link;
  // Plain, as it came; the editor of formatted text shows it as paragraphs.
  const content = { to: [...to], cc: [...cc], bcc: [...bcc], subject };
  const text = body === '' ? {} : { body, format: 'text' as const };
  return {
    identity,
    content: { ...content, ...text },
    inReplyTo,
    references: inReplyTo === null ? [] : [inReplyTo],
  };
}

function beginFrom(
  deps: ComposeDeps,
  request: DraftRequest & { readonly kind: Exclude<DraftKind, 'new'> },
  original: MessageRecord,
): Beginning | null {
  const headers = JSON.parse(original.headers_json) as HeaderFacts;
  const { identity, ...answer } = prepareAnswer({
    kind: request.kind,
    original: headers,
    identities: identitiesOf(deps.store.read, original.account_id),
    deliveredTo: [],
    listPost: null,
  });
  if (!identity) return null;
  const { to, cc, bcc, replyTo, subject, inReplyTo, references } = answer;
  const { answerPlace } = readPreferences(deps.store.read);
  const quoteKind = request.kind === 'reply' || request.kind === 'reply-all' ? 'reply' : 'forward';
  const people = { to: [...to], cc: [...cc], bcc: [...bcc], replyTo: [...replyTo] };
  const own = { ...people, subject: subject.slice(0, LONGEST_SUBJECT) };
  switch (request.kind) {
    case 'reply':
    case 'reply-all':
    case 'forward':
      return {
        identity,
        content: {
          ...own,
          quote: {
            messageId: original.id,
            kind: quoteKind,
            included: true,
            selection: request.selection,
            ...(quoteKind === 'reply' && answerPlace === 'below-quote' ? { answerBelow: true } : {}),
          },
        },
        inReplyTo,
        references,
      };
    case 'forward-attached':
      return { identity, content: own, inReplyTo, references };
    case 'redirect':
      // Not a word is added to it, and answers go to who wrote it.
      return { identity, content: { ...own, replyTo: [] }, inReplyTo, references };
    case 'edit-as-new':
      return { identity, content: { ...own, ...bodyOf(deps, original.id) }, inReplyTo, references };
  }
}

/** A message as something to go on writing: a stranger's HTML as our editor may have it, its pictures by name (SYNC-304). */
function bodyOf({ store }: ComposeDeps, messageId: MessageId): Pick<DraftContent, 'format' | 'body'> {
  const stored = getBody(store.read, messageId);
  if (stored?.html) {
    const known = listAttachments(store.read, messageId).flatMap(({ content_id }) =>
      content_id === null ? [] : [content_id.replace(/^<|>$/g, '')],
    );
    const { html } = cleanHtml(stored.html, {
      kind: 'quoted',
      remoteImages: false,
      knownIds: new Set(known),
    });
    if (html.length <= MAX_BODY_CHARS) return { format: 'html', body: html };
  }
  const text = stored?.text ?? (stored?.html ? htmlToText(stored.html) : '');
  return { format: 'text', body: text.slice(0, MAX_BODY_CHARS) };
}

/** Of the account, or of the first one that can send. */
function usualIdentity({ store }: ComposeDeps, accountId: AccountId | null): IdentityView | null {
  const db = store.read;
  if (accountId !== null) return identitiesOf(db, accountId)[0] ?? null;
  const sending = listAccounts(db).find((account) => submissionOf(account) !== null);
  const all = listIdentities(db);
  return all.find((identity) => identity.accountId === sending?.id) ?? all[0] ?? null;
}

/**
 * A message of the Drafts mailbox: ours as it is; another program's becomes one of ours, whose next save takes the place
 * of it upstream. Before that all of it is on this computer, because upstream it is gone then (SYNC-304).
 */
export async function openDraftMessage(deps: ComposeDeps, messageId: MessageId): Promise<Outcome<DraftView>> {
  const { store } = deps;
  const ours = draftOfMessage(store.read, messageId);
  if (ours?.state === 'open') return viewOf(deps, ours.id);
  const message = getMessage(store.read, messageId);
  const drafts = message && mailboxByRole(store.read, message.account_id, 'drafts');
  const isDraft = drafts ? mailboxesOf(store.read, messageId).includes(drafts.id) : false;
  const request = {
    kind: 'edit-as-new',
    messageId,
    accountId: null,
    selection: null,
    quick: false,
    mailto: null,
  } as const;
  if (!message || !isDraft) return createDraft(deps, request);
  const source = await bringSource(deps, message);
  if (!source.ok) return source;
  const { messageId: named } = JSON.parse(message.headers_json) as HeaderFacts;
  return createDraft(deps, request, {
    shownId: messageId,
    token: tokenOf(deps, messageId),
    messageIdHeader: named === null ? null : `<${named}>`,
    keepsWhole: source.value !== null && !isEditable(source.value),
  });
}

/** The bytes of a message, from the server where they are not here; null = the server does not have it any more. */
async function bringSource(
  deps: ComposeDeps,
  { id, account_id }: MessageRecord,
): Promise<Outcome<Buffer | null>> {
  const { read, blobFiles } = deps.store;
  const here = readSource(read, blobFiles, id);
  if (here) return ok(here);
  const body = await deps.loadBody(account_id, id);
  if (!body.ok) return fail({ ...body.failure, hint: NOT_HERE });
  const whole = readSource(read, blobFiles, id) ? body : await deps.load(account_id, id, null);
  return whole.ok ? ok(readSource(read, blobFiles, id)) : fail({ ...whole.failure, hint: NOT_HERE });
}

const NOT_HERE = 'Go online, so that all of the draft can be loaded before it is changed.';

/** Of a draft that another Homeport of the user's has written: its revisions are ours to replace. */
function tokenOf({ store }: ComposeDeps, messageId: MessageId): string | null {
  const source = readSource(store.read, store.blobFiles, messageId);
  const header = source
    ? parseMessage(source).headers.find(({ name }) => name.toLowerCase() === DRAFT_HEADER.toLowerCase())
    : undefined;
  const token = header?.raw.trim().split(/\s+/)[0] ?? '';
  return /^[0-9a-f]{32}$/.test(token) && draftByToken(store.read, token) === null ? token : null;
}
