import type { DraftView } from '../../shared/contract/compose-views';
import type { OutboxId } from '../../shared/domain';
import { fail, type Outcome } from '../../shared/outcome';
import { messageIdFor } from '../mime/message-id';
import { draftAttachments, getDraft } from '../store/read/drafts';
import { getOutbox } from '../store/read/outbox';
import { insertDraftAttachment } from '../store/write/draft-attachments';
import { insertDraft } from '../store/write/drafts';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { createDraft } from './create-draft';
import { viewOf } from './draft-methods';
import { saveUpstream, showDraft } from './show-draft';

/**
 * A message that did not leave, or of which it is not known, as a new draft with a Message-ID of its own; the entry stays
 * until somebody discards it (SYNC-290).
 */
export function editOutbox(deps: ComposeDeps, outboxId: OutboxId): Outcome<DraftView> {
  const { store, random } = deps;
  const entry = getOutbox(store.read, outboxId);
  if (!entry) return fail({ kind: 'not-found', message: 'This is not in the outbox any more.' });
  if (entry.state !== 'failed' && entry.state !== 'unknown' && entry.state !== 'partial')
    return fail({ kind: 'conflict', message: 'The message is on its way.', hint: 'Undo it first.' });
  const draft = entry.draftId === null ? null : getDraft(store.read, entry.draftId);
  if (!draft) {
    if (entry.shownId === null)
      return fail({ kind: 'not-found', message: 'Nothing is kept of this message.' });
    return createDraft(deps, {
      kind: 'edit-as-new',
      messageId: entry.shownId,
      accountId: null,
      selection: null,
      quick: false,
      mailto: null,
    });
  }
  const token = (): string => random.token(TOKEN_BYTES);
  const draftId = store.writeTx('user', (tx) => {
    const id = insertDraft(tx, {
      accountId: draft.accountId,
      kind: draft.kind,
      quick: false,
      relatedId: draft.relatedId,
      shownId: null,
      token: token(),
      messageIdHeader: messageIdFor(token(), entry.from.address),
      inReplyTo: draft.inReplyTo,
      references: draft.references,
      content: draft.content,
      touched: true,
      upstreamRevision: null,
    });
    for (const file of draftAttachments(tx.db, draft.id))
      insertDraftAttachment(tx, {
        draftId: id,
        filename: file.filename,
        mediaType: file.media_type,
        size: file.size,
        contentId: file.content_id,
        blobHash: file.blob_hash,
        source: null,
      });
    showDraft(tx, id, token);
    saveUpstream(tx, id, false, token);
    return id;
  });
  return viewOf(deps, draftId);
}
