import type { DraftKind, DraftView } from '../../shared/contract/compose-views';
import type { MethodInput } from '../../shared/contract/methods';
import type { AccountId, MessageId } from '../../shared/domain';
import { showFailure } from '../feedback/undo';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import { holdFocus } from './hold-focus';
import { showDraft } from './open-drafts';
import { sessionOf } from './sessions';
import { signed } from './signature';

const NEW: MethodInput<'drafts.create'> = {
  kind: 'new',
  messageId: null,
  accountId: null,
  selection: null,
  quick: false,
  mailto: null,
};

async function begin(input: Partial<MethodInput<'drafts.create'>>): Promise<DraftView | null> {
  holdFocus();
  const draft = await call('drafts.create', { ...NEW, ...input });
  if (draft.ok) {
    await sign(draft.value);
    return draft.value;
  }
  showFailure(composeStrings.notStarted, draft.failure);
  return null;
}

/** A draft that nobody has written in has this revision at most. */
const FIRST_REVISION = 1;
const UNSIGNED: ReadonlySet<DraftKind> = new Set(['redirect', 'edit-as-new']);

/** Puts the identity's signature below what a fresh draft begins with (APP-135). */
async function sign(draft: DraftView): Promise<void> {
  const { content, revision, kind } = draft;
  if (revision > FIRST_REVISION || UNSIGNED.has(kind) || /data-signature/.test(content.body)) return;
  const identities = await call('identities.list', {});
  const identity = identities.ok ? identities.value.find(({ id }) => id === content.identityId) : undefined;
  if (!identity || identity.signatureHtml === '') return;
  if (content.quote !== null && !identity.signatureInReplies) return;
  const session = sessionOf(draft);
  if (session.snapshot().epoch === 0) session.beginWith(signed(content, identity.signatureHtml));
}

/** An empty letter, from the account whose mail is on screen. */
export async function writeNew(accountId: AccountId | null): Promise<void> {
  const draft = await begin({ accountId });
  if (draft) showDraft(draft);
}

/** An answer to a message, or the message sent on, in a composer of its own. */
export async function writeAbout(
  kind: Exclude<DraftKind, 'new'>,
  messageId: MessageId,
  selection: string | null = null,
): Promise<void> {
  const draft = await begin({ kind, messageId, selection });
  if (draft) showDraft(draft);
}

/** The draft of the field below a message (APP-103). */
export function writeQuickly(kind: 'reply' | 'reply-all', messageId: MessageId): Promise<DraftView | null> {
  return begin({ kind, messageId, quick: true });
}

/** What a `mailto:` asks to write; attachments it names are ignored (APP-139). */
export async function writeMailto(mailto: string, accountId: AccountId | null = null): Promise<void> {
  const draft = await begin({ mailto, accountId });
  if (draft) showDraft(draft);
}

/** Sends what a `mailto:` asks for without a composer, after the person agreed to it (APP-093); false = it was not. */
export async function sendMailto(mailto: string, accountId: AccountId): Promise<boolean> {
  const draft = await begin({ mailto, accountId });
  if (!draft) return false;
  const sent = await call('drafts.send', {
    draftId: draft.id,
    revision: draft.revision,
    undoSeconds: 0,
    later: null,
  });
  if (sent.ok) return true;
  showFailure(composeStrings.notSent, sent.failure);
  // What could not be sent is not left lying among the drafts.
  void call('drafts.discard', { draftId: draft.id });
  return false;
}

/** A message of the Drafts folder goes on being written (SYNC-304). */
export async function writeOn(messageId: MessageId): Promise<void> {
  holdFocus();
  const draft = await call('drafts.openMessage', { messageId });
  if (draft.ok) showDraft(draft.value);
  else showFailure(composeStrings.notOpened, draft.failure);
}
