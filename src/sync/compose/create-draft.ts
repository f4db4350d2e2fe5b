import type { DraftContent, DraftKind, DraftView, IdentityView } from '../../shared/contract/compose-views';
import type { AccountId, DraftId, MessageId, Person } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome } from '../../shared/outcome';
import { messageIdFor } from '../mime/message-id';
import { listAccounts } from '../store/read/accounts';
import { draftOfMessage, draftsAbout } from '../store/read/drafts';
import { identitiesOf, listIdentities } from '../store/read/identities';
import { getMessage } from '../store/read/messages';
import { readPreferences } from '../store/read/settings';
import { submissionOf } from '../store/read/submission';
import { insertDraft } from '../store/write/drafts';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { viewOf } from './draft-methods';

export interface DraftRequest {
  readonly kind: DraftKind;
  readonly messageId: MessageId | null;
  readonly accountId: AccountId | null;
  readonly selection: string | null;
  readonly quick: boolean;
  readonly mailto: string | null;
}

/** Who, what and as whom a new message, an answer or a forward begins with (APP-120, 126). */
export function createDraft(deps: ComposeDeps, request: DraftRequest): Outcome<DraftView> {
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
  const headers = original ? (JSON.parse(original.headers_json) as HeaderFacts) : null;
  const identity = chooseIdentity(deps, original?.account_id ?? request.accountId, headers);
  if (!identity) return fail({ kind: 'not-found', message: 'There is no account to write from.' });
  const begin = beginWith(request, headers, identity);
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
  const token = deps.random.token(TOKEN_BYTES);
  const draftId = store.writeTx('user', (tx) =>
    insertDraft(tx, {
      accountId: identity.accountId,
      kind: request.kind,
      quick: request.quick,
      relatedId: request.messageId,
      shownId: null,
      token,
      messageIdHeader: messageIdFor(deps.random.token(TOKEN_BYTES), identity.address),
      inReplyTo: begin.inReplyTo,
      references: begin.references,
      content,
      touched: false,
      upstreamRevision: null,
    }),
  );
  return viewOf(deps, draftId as DraftId);
}

interface Beginning {
  readonly content: Partial<DraftContent>;
  /** With angle brackets. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

function beginWith(request: DraftRequest, headers: HeaderFacts | null, identity: IdentityView): Beginning {
  if (!headers || request.messageId === null) return { content: {}, inReplyTo: null, references: [] };
  const id = headers.messageId === null ? null : `<${headers.messageId}>`;
  const chain = [...headers.references.map((reference) => `<${reference}>`), ...(id === null ? [] : [id])];
  const isReply = request.kind === 'reply' || request.kind === 'reply-all';
  const own = (person: Person): boolean => person.address.toLowerCase() === identity.address.toLowerCase();
  const to = headers.replyTo.length > 0 ? [...headers.replyTo] : [...headers.from];
  const all = request.kind === 'reply-all';
  return {
    content: {
      to: isReply ? [...to, ...(all ? headers.to.filter((person) => !own(person)) : [])] : [],
      cc: all ? headers.cc.filter((person) => !own(person)) : [],
      subject: `${isReply ? 'Re' : 'Fwd'}: ${headers.subject.replace(/^((re|fwd?): *)+/i, '')}`,
      quote: {
        messageId: request.messageId,
        kind: isReply ? 'reply' : 'forward',
        included: true,
        selection: request.selection,
      },
    },
    inReplyTo: isReply ? id : null,
    references: isReply ? chain : [],
  };
}

/** The identity the mail was sent to; else the account's first, else the first that can send (APP-126). */
function chooseIdentity(
  { store }: ComposeDeps,
  accountId: AccountId | null,
  headers: HeaderFacts | null,
): IdentityView | null {
  const db = store.read;
  if (accountId !== null) {
    const own = identitiesOf(db, accountId);
    const addressed = headers
      ? [...headers.to, ...headers.cc, ...headers.bcc].map(({ address }) => address.toLowerCase())
      : [];
    return own.find(({ address }) => addressed.includes(address.toLowerCase())) ?? own[0] ?? null;
  }
  const sending = listAccounts(db).find((account) => submissionOf(account) !== null);
  const all = listIdentities(db);
  return all.find((identity) => identity.accountId === sending?.id) ?? all[0] ?? null;
}

/** A message of the Drafts mailbox: ours as it is, another program's as a draft of its own (SYNC-304). */
export function openDraftMessage(deps: ComposeDeps, messageId: MessageId): Outcome<DraftView> {
  const ours = draftOfMessage(deps.store.read, messageId);
  if (ours) return viewOf(deps, ours.id);
  return createDraft(deps, {
    kind: 'edit-as-new',
    messageId,
    accountId: null,
    selection: null,
    quick: false,
    mailto: null,
  });
}
