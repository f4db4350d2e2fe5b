import type { IdentityView, SendCheck, SendProblem } from '../../shared/contract/compose-views';
import type { HeaderFacts } from '../../shared/observation';
import { addressNeedsUtf8 } from '../mime/wire-address';
import type { ReadableDb } from '../store/handles';
import { getAccount } from '../store/read/accounts';
import { type DraftRow, draftAttachments } from '../store/read/drafts';
import { getIdentity, identitiesOf } from '../store/read/identities';
import { mailboxByRole } from '../store/read/mailboxes';
import { messagesNamed } from '../store/read/message-named';
import { getMessage, mailboxesOf } from '../store/read/messages';
import { submissionFacts, submissionOf } from '../store/read/submission';
import type { ComposeDeps } from './compose-deps';
import { plainBody } from './draft-message';

/** More people than this in To and Cc are asked about once: they all see each other (APP-141). */
const MANY = 20;
/** Bytes a header and the frame of a message take. */
const FRAME_BYTES = 4_000;
/** Base64 with its line ends: 78 octets for 57 bytes. */
const BASE64_GROWTH = 78 / 57;
/** What people write where they mean to attach something, in the languages of the window and of many who write in them. */
const MENTIONS =
  /\b(attach(ed|ment|ments|ing)?|enclosed|anbei|anhang|angehängt|beigefügt|im anhang|ci-joint|pièces? jointes?|adjunto|adjunta|adjuntos|allegato|allegati|in allegato|anexo|em anexo|bijlage|bijgevoegd|w załączeniu|załącznik|bifogad)\b/iu;

/** What stands in the way of sending a draft, and how large it will be (APP-123, 127, SYNC-274). */
export function checkDraft({ store }: Pick<ComposeDeps, 'store'>, draft: DraftRow): SendCheck {
  const db = store.read;
  const { content } = draft;
  const identity = getIdentity(db, content.identityId);
  const account = identity && getAccount(db, identity.accountId);
  const server = account && submissionOf(account);
  const facts = account && server ? submissionFacts(db, account.id, server.host) : null;
  const attachments = draftAttachments(db, draft.id);
  const people = [...content.to, ...content.cc, ...content.bcc];
  const bad = people.filter(({ address }) => !isAddress(address)).map(({ address }) => address);
  const utf8 = people.filter(({ address }) => addressNeedsUtf8(address)).map(({ address }) => address);
  // Those of the original are brought before it is sent.
  const missing = attachments
    .filter(({ blob_hash, source_message }) => blob_hash === null && source_message === null)
    .map(({ filename }) => filename);
  // What is passed on as it is is not written again.
  const growth = draft.kind === 'redirect' ? 1 : BASE64_GROWTH;
  const size = Math.ceil(
    FRAME_BYTES +
      Buffer.byteLength(content.body) * 2 +
      attachments.reduce((sum, { size: bytes }) => sum + bytes * growth, 0),
  );
  const limit = facts?.maxBytes ?? null;
  const problems: SendProblem[] = [];
  const stop = (kind: SendProblem['kind'], about: string[] = []): number =>
    problems.push({ kind, severity: 'stop', about });
  const warn = (kind: SendProblem['kind'], about: string[] = []): number =>
    problems.push({ kind, severity: 'warn', about });
  if (!server) stop('no-submission-server');
  if (people.length === 0) stop('no-recipient');
  if (bad.length > 0) stop('bad-address', bad);
  if (limit !== null && size > limit) stop('too-large');
  if (utf8.length > 0 && facts?.utf8 === false) stop('address-needs-utf8', utf8);
  if (missing.length > 0) stop('attachment-missing', missing);
  if (
    draft.kind !== 'redirect' &&
    attachments.every(({ content_id }) => content_id !== null) &&
    MENTIONS.test(ownText(draft))
  )
    warn('attachment-forgotten');
  if (content.to.length + content.cc.length > MANY) warn('many-recipients');
  const usual = identity && usualSender(db, draft);
  if (usual && usual.id !== content.identityId) warn('other-identity-before', [usual.address]);
  if (isAmongSent(db, draft)) warn('draft-sent-elsewhere');
  return { size, limit, problems };
}

/** Whom the original was sent to: answering as somebody else surprises the other side (APP-126). */
function usualSender(db: ReadableDb, { kind, relatedId, accountId }: DraftRow): IdentityView | null {
  const original = relatedId === null ? null : getMessage(db, relatedId);
  if (!original || (kind !== 'reply' && kind !== 'reply-all')) return null;
  const headers = JSON.parse(original.headers_json) as HeaderFacts;
  const named = [...headers.to, ...headers.cc].map(({ address }) => address.toLowerCase());
  return identitiesOf(db, accountId).find(({ address }) => named.includes(address.toLowerCase())) ?? null;
}

/** Another device has sent it meanwhile: the same Message-ID lies among the sent ones (section 8). */
function isAmongSent(db: ReadableDb, { accountId, messageIdHeader }: DraftRow): boolean {
  const sent = mailboxByRole(db, accountId, 'sent');
  return messagesNamed(db, accountId, messageIdHeader.replace(/^<|>$/g, '')).some(
    (id) => sent !== null && mailboxesOf(db, id).includes(sent.id),
  );
}

function ownText({ content }: DraftRow): string {
  return `${content.subject}\n${plainBody(content)}`;
}

/** Something@something without spaces; what a server makes of it is the server's word. */
export function isAddress(address: string): boolean {
  return /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address) || /^"[^"\r\n]+"@[^\s@<>,;:"]+$/.test(address);
}
