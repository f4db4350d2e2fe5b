import type { DraftAttachmentView } from '../../shared/contract/compose-views';
import { MAX_DRAFT_ATTACHMENTS } from '../../shared/contract/compose-views';
import type { DraftId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { attachmentView, draftAttachments, getDraft, getDraftAttachment } from '../store/read/drafts';
import {
  addDraftBytes,
  insertDraftAttachment,
  removeDraftAttachment,
  setDraftBytes,
} from '../store/write/draft-attachments';
import { touchDraft } from '../store/write/drafts';
import type { WriteTx } from '../store/write-tx';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { NO_DRAFT } from './draft-methods';
import { saveUpstream, showDraft } from './show-draft';

const GONE = { kind: 'not-found', message: 'This attachment was taken out.' } as const;

export interface NewFile {
  readonly draftId: DraftId;
  readonly filename: string;
  readonly mediaType: string;
  readonly size: number;
  /** Shown in the text: it gets a content id. */
  readonly inline: boolean;
}

/** Files of a draft: they arrive in pieces and are part of it with the last one (APP-127). */
export function attachMethods(deps: ComposeDeps) {
  const { store } = deps;
  const token = (): string => deps.random.token(TOKEN_BYTES);

  function viewOf(attachmentId: number): Outcome<DraftAttachmentView> {
    const record = getDraftAttachment(store.read, attachmentId);
    return record ? ok(attachmentView(record)) : fail(GONE);
  }

  /** The draft's message and its copy upstream follow its files. */
  function follow(tx: WriteTx, draftId: DraftId): void {
    touchDraft(tx, draftId);
    showDraft(tx, draftId, token);
    saveUpstream(tx, draftId, false, token);
  }

  return {
    begin: ({ draftId, filename, mediaType, size, inline }: NewFile): Outcome<DraftAttachmentView> => {
      const draft = getDraft(store.read, draftId);
      if (draft?.state !== 'open') return fail(NO_DRAFT);
      if (draftAttachments(store.read, draftId).length >= MAX_DRAFT_ATTACHMENTS)
        return fail({
          kind: 'limit',
          message: `A message has at most ${MAX_DRAFT_ATTACHMENTS} attachments.`,
          bound: `${MAX_DRAFT_ATTACHMENTS} attachments`,
        });
      store.space.requireRoom();
      const id = store.writeTx('user', (tx) => {
        const attachmentId = insertDraftAttachment(tx, {
          draftId,
          filename,
          mediaType: mediaType || 'application/octet-stream',
          size,
          contentId: inline ? `${token()}@homeport.invalid` : null,
          blobHash: null,
          source: null,
        });
        if (size === 0) {
          setDraftBytes(tx, attachmentId, new Uint8Array());
          follow(tx, draftId);
        }
        return attachmentId;
      });
      return viewOf(id);
    },

    put: (attachmentId: number, offset: number, bytes: Uint8Array): Outcome<DraftAttachmentView> => {
      const record = getDraftAttachment(store.read, attachmentId);
      if (!record) return fail(GONE);
      const added = store.writeTx('user', (tx) => {
        const fits = addDraftBytes(tx, attachmentId, offset, bytes);
        const isWhole = getDraftAttachment(tx.db, attachmentId)?.blob_hash !== null;
        if (fits && isWhole) follow(tx, record.draft_id);
        return fits;
      });
      if (!added) return fail({ kind: 'conflict', message: 'These bytes do not follow what has arrived.' });
      return viewOf(attachmentId);
    },

    detach: (attachmentId: number): Outcome<null> => {
      const record = getDraftAttachment(store.read, attachmentId);
      if (!record) return ok(null);
      store.writeTx('user', (tx) => {
        removeDraftAttachment(tx, attachmentId);
        follow(tx, record.draft_id);
      });
      return ok(null);
    },
  };
}
