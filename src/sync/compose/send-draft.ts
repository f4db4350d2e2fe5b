import type { SendProblem } from '../../shared/contract/compose-views';
import { ANSWERED, type DraftId, FORWARDED, type OutboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { type DraftRow, getDraft } from '../store/read/drafts';
import { assembleDraft } from './assemble-draft';
import { checkDraft } from './check-draft';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { NO_DRAFT } from './draft-methods';
import { freezeMessage } from './freeze-message';
import { loadFiles } from './load-files';
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

const NEXT: { readonly [K in SendProblem['kind']]: string } = {
  'no-recipient': 'Add a recipient.',
  'bad-address': 'Write it as name@example.org.',
  'too-large': 'Send fewer or smaller attachments.',
  'address-needs-utf8': 'Use another address of this person.',
  'attachment-missing': 'Go online so that it can be loaded, or take it out.',
  'no-submission-server': 'Tell the account where it sends, or send with another one.',
  'attachment-forgotten': 'Attach it, or send without.',
  'other-identity-before': 'Choose the sender you mean.',
  'many-recipients': 'Use Bcc.',
  'draft-sent-elsewhere': 'Look among the sent messages.',
};

/** Why a draft cannot be sent, as a failure for a person; null = nothing stops it. */
function refusal(problems: readonly SendProblem[]): Failure | null {
  const first = problems.find(({ severity }) => severity === 'stop');
  if (!first) return null;
  const about = first.about.length === 0 ? '' : ` (${first.about.slice(0, 3).join(', ')})`;
  return {
    kind: 'invalid',
    message: `${WORDS[first.kind].replace(/\.$/, '')}${about}.`,
    hint: NEXT[first.kind],
  };
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
  const loaded = await loadFiles(deps, request.draftId);
  if (!loaded.ok) return loaded;
  const refused = refusal(checkDraft(deps, draft).problems);
  if (refused) return fail(refused);
  const date = Math.floor(clock.now() / 1_000) * 1_000;
  const zone = request.later?.zone ?? systemZone();
  const assembled = await assembleDraft(deps, draft, { date, zone, revision: null });
  if (!assembled.ok) return assembled;
  const { message, messageIdHeader, identity, recipients } = assembled.value;
  const sent = store.writeTx('user', (tx): SentOff | null => {
    const now = getDraft(tx.db, request.draftId);
    // Saved or sent by another window while the bytes were made.
    if (now?.state !== 'open' || now.revision !== request.revision || now.savedAt !== draft.savedAt)
      return null;
    const token = (): string => deps.random.token(TOKEN_BYTES);
    const undoUntil = request.undoSeconds === 0 ? null : tx.nowMs + request.undoSeconds * 1_000;
    const notBefore = request.later?.at ?? undoUntil;
    const outboxId = freezeMessage(
      tx,
      {
        identity,
        recipients,
        transmitted: message.transmitted,
        filed: message.filed,
        needsUtf8: message.needsUtf8,
        messageIdHeader,
        subject: draft.content.subject,
        date,
        dsn: dsnOf(draft, token()),
        originKey: null,
        draftId: draft.id,
        related: draft.relatedId === null ? null : { messageId: draft.relatedId, mark: markOf(draft) },
        notBefore,
        zone: request.later?.zone ?? null,
      },
      token,
    );
    if (outboxId === null) return null;
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
