import type { DraftId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { observeSource } from '../mime/observe-source';
import { getDraft } from '../store/read/drafts';
import { assembleDraft } from './assemble-draft';
import type { ComposeDeps } from './compose-deps';

/** The newest revision of a draft as it goes upstream; null = it was sent or discarded meanwhile. */
export async function draftSource(deps: Pick<ComposeDeps, 'store' | 'compose'>, draftId: DraftId) {
  const draft = getDraft(deps.store.read, draftId);
  if (draft?.state !== 'open') return ok(null);
  const { revision, savedAt, token } = draft;
  const date = Math.floor(savedAt / 1_000) * 1_000;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const assembled = await assembleDraft(deps, draft, { date, zone, revision });
  if (!assembled.ok) return assembled;
  const source = assembled.value.message.filed;
  const { identity } = observeSource(source, { uid: 0, keywords: [], receivedAt: date }).message;
  return ok({ source, messageId: draft.messageIdHeader, token, revision, savedAt, identity, date });
}
