import type { GestureId } from '../../shared/domain';
import { roleMailbox } from '../mutations/role-mailbox';
import { getAccount } from '../store/read/accounts';
import { type DraftRow, draftAttachments, getDraft } from '../store/read/drafts';
import { getIdentity } from '../store/read/identities';
import { bodyState } from '../store/read/messages';
import {
  delayDraftSave,
  enqueueCopyChange,
  withdrawDraftDiscard,
  withdrawDraftSaves,
} from '../store/write/copy-changes';
import { deleteDraft, setDraftMessage, setDraftState, setDraftUpstream } from '../store/write/drafts';
import { dropLocalMessage, insertLocalMessage, updateLocalMessage } from '../store/write/local-message';
import type { WriteTx } from '../store/write-tx';
import { draftMessage } from './draft-message';

/** A draft that nobody has written in for so long goes upstream (SYNC-302). */
export const UPSTREAM_AFTER_MS = 5_000;

type Token = () => string;

/** The draft's message in the Drafts mailbox follows what is written (SYNC-300); made with the first save. */
export function showDraft(tx: WriteTx, draftId: DraftRow['id'], token: Token): void {
  const draft = getDraft(tx.db, draftId);
  const account = draft && getAccount(tx.db, draft.accountId);
  if (!draft || !account) return;
  const identity = getIdentity(tx.db, draft.content.identityId);
  const from = { name: identity?.name ?? '', address: identity?.address ?? account.email };
  const message = draftMessage(draft, draft.content, from, draftAttachments(tx.db, draftId));
  if (draft.shownId !== null && bodyState(tx.db, draft.shownId) !== null) {
    updateLocalMessage(tx, draft.shownId, message);
    return;
  }
  const owner = { accountId: draft.accountId, protocol: account.protocol };
  const mailboxId = roleMailbox(tx, owner, 'drafts', { gestureId: gestureOf(draft), token });
  setDraftMessage(tx, draftId, insertLocalMessage(tx, draft.accountId, mailboxId, message));
}

/** Asks for the newest revision to be upstream: after a pause, or at once when the composer was left. */
export function saveUpstream(tx: WriteTx, draftId: DraftRow['id'], now: boolean, token: Token): void {
  const draft = getDraft(tx.db, draftId);
  const account = draft && getAccount(tx.db, draft.accountId);
  if (!draft || draft.shownId === null || account?.protocol === 'local') return;
  if (draft.upstreamRevision === draft.revision) return;
  const notBefore = now ? 0 : tx.nowMs + UPSTREAM_AFTER_MS;
  if (delayDraftSave(tx, draft.shownId, notBefore)) return;
  enqueueCopyChange(tx, {
    accountId: draft.accountId,
    args: { kind: 'save-draft', draftId },
    messageId: draft.shownId,
    source: 0,
    gestureId: gestureOf(draft),
    notBefore,
    token,
  });
}

/**
 * Takes the draft off the screen, and after `goneAt` away from the server (SYNC-305). Until then `bringBack` undoes it.
 * A local account has nobody to tell.
 */
export function hideDraft(
  tx: WriteTx,
  draft: DraftRow,
  state: 'sending' | 'ending',
  goneAt: number,
  token: Token,
): void {
  setDraftState(tx, draft.id, state, state === 'ending' ? goneAt : null);
  takeOffScreen(tx, draft, goneAt, token);
}

/** The sender belongs to another account now: the draft goes there with the next save, and away from here. */
export function leaveAccount(tx: WriteTx, draft: DraftRow, token: Token): void {
  takeOffScreen(tx, draft, 0, token);
  setDraftMessage(tx, draft.id, null);
  setDraftUpstream(tx, draft.id, null);
}

function takeOffScreen(tx: WriteTx, draft: DraftRow, goneAt: number, token: Token): void {
  if (draft.shownId === null) return;
  const account = getAccount(tx.db, draft.accountId);
  withdrawDraftSaves(tx, draft.shownId);
  if (account?.protocol === 'local') {
    dropLocalMessage(tx, draft.shownId);
    setDraftMessage(tx, draft.id, null);
    return;
  }
  const owner = { accountId: draft.accountId, protocol: account?.protocol ?? 'imap' };
  const gestureId = gestureOf(draft);
  enqueueCopyChange(tx, {
    accountId: draft.accountId,
    args: { kind: 'discard-draft', token: draft.token },
    messageId: draft.shownId,
    source: roleMailbox(tx, owner, 'drafts', { gestureId, token }),
    gestureId,
    notBefore: goneAt,
    token,
  });
}

/** The draft is written on again: after undo, or after "keep". */
export function bringBack(tx: WriteTx, draft: DraftRow, token: Token): void {
  setDraftState(tx, draft.id, 'open', null);
  if (draft.shownId !== null) withdrawDraftDiscard(tx, draft.shownId);
  if (!draft.touched) return;
  showDraft(tx, draft.id, token);
  saveUpstream(tx, draft.id, false, token);
}

/** Nothing of it is left here; upstream the queue sees to it. */
export function endDraft(tx: WriteTx, draft: DraftRow): void {
  deleteDraft(tx, draft.id);
}

function gestureOf(draft: DraftRow): GestureId {
  return `draft-${draft.id}` as GestureId;
}
