import type { DraftContent, DraftView } from '../../shared/contract/compose-views';
import type { DraftId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { type DraftRow, draftView, endingDrafts, getDraft, readRevision } from '../store/read/drafts';
import { getIdentity } from '../store/read/identities';
import { saveDraftRevision } from '../store/write/drafts';
import type { ComposeDeps } from './compose-deps';
import { TOKEN_BYTES } from './compose-deps';
import { firstLineOf } from './draft-message';
import { bringBack, endDraft, hideDraft, leaveAccount, saveUpstream, showDraft } from './show-draft';

/** So long a discarded draft can be kept after all. */
const KEEP_MS = 10_000;

export const NO_DRAFT: Failure = {
  kind: 'not-found',
  message: 'This draft does not exist any more.',
  hint: 'It was sent or discarded. Its last text is in the history of drafts for a while.',
};
const SAVED_ELSEWHERE: Failure = {
  kind: 'conflict',
  message: 'Another window has saved this draft meanwhile.',
  hint: 'Open it again to see the newest text; yours is kept in its history.',
};

export interface Saved {
  readonly revision: number;
  readonly savedAt: number;
}

/** The life of a draft besides its beginning and its sending. */
export function draftMethods(deps: ComposeDeps) {
  const { store, clock } = deps;
  const token = (): string => deps.random.token(TOKEN_BYTES);

  function openDraft(draftId: DraftId): Outcome<DraftRow> {
    const draft = getDraft(store.read, draftId);
    return draft?.state === 'open' ? ok(draft) : fail(NO_DRAFT);
  }

  /** Committed and on the disk when it answers (SYNC-300, 392). */
  function save(draftId: DraftId, baseRevision: number, content: DraftContent): Outcome<Saved> {
    const found = openDraft(draftId);
    if (!found.ok) return found;
    const identity = getIdentity(store.read, content.identityId);
    if (!identity) return fail({ kind: 'not-found', message: 'There is no such sender.' });
    const draft = found.value;
    if (draft.revision !== baseRevision) return fail(SAVED_ELSEWHERE);
    if (JSON.stringify(draft.content) === JSON.stringify(content))
      return ok({ revision: draft.revision, savedAt: draft.savedAt });
    const saved = store.writeTx('user', (tx) => {
      if (identity.accountId !== draft.accountId) leaveAccount(tx, draft, token);
      const revision = saveDraftRevision(tx, draft, identity.accountId, content, firstLineOf(content));
      showDraft(tx, draftId, token);
      saveUpstream(tx, draftId, false, token);
      return { revision, savedAt: tx.nowMs };
    });
    store.flush();
    return ok(saved);
  }

  return {
    openDraft,
    save,

    restore: (draftId: DraftId, revision: number): Outcome<DraftView> => {
      const found = openDraft(draftId);
      if (!found.ok) return found;
      const content = readRevision(store.read, draftId, revision);
      if (!content) return fail({ kind: 'not-found', message: 'This version is not kept any more.' });
      const saved = save(draftId, found.value.revision, content);
      return saved.ok ? viewOf(deps, draftId) : saved;
    },

    /** Nobody looks at it any more: upstream now; one that nothing was written in goes away. */
    close: (draftId: DraftId): Outcome<null> => {
      const draft = getDraft(store.read, draftId);
      if (draft?.state !== 'open') return ok(null);
      store.writeTx('user', (tx) => {
        if (draft.touched) saveUpstream(tx, draftId, true, token);
        else endDraft(tx, draft);
      });
      return ok(null);
    },

    discard: (draftId: DraftId): Outcome<null> => {
      const found = openDraft(draftId);
      if (!found.ok) return found;
      const goneAt = clock.now() + KEEP_MS;
      store.writeTx('user', (tx) => hideDraft(tx, found.value, 'ending', goneAt, token));
      clock.after(KEEP_MS, () => sweep());
      return ok(null);
    },

    keep: (draftId: DraftId): Outcome<DraftView> => {
      const draft = getDraft(store.read, draftId);
      if (draft?.state === 'open') return viewOf(deps, draftId);
      if (draft?.state !== 'ending') return fail(NO_DRAFT);
      store.writeTx('user', (tx) => bringBack(tx, draft, token));
      return viewOf(deps, draftId);
    },

    sweep,
  };

  /** Discarded drafts whose time is over end for good; also at the start, for those of an earlier run. */
  function sweep(): void {
    const over = endingDrafts(store.read).filter(({ endsAt }) => endsAt === null || endsAt <= clock.now());
    if (over.length > 0 && store.write.open)
      store.writeTx('user', (tx) => {
        for (const draft of over) endDraft(tx, draft);
      });
  }
}

export function viewOf({ store }: Pick<ComposeDeps, 'store'>, draftId: DraftId): Outcome<DraftView> {
  const view = draftView(store.read, draftId);
  return view ? ok(view) : fail(NO_DRAFT);
}
