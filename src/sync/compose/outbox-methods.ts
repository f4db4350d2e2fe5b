import type { DraftView, OutboxState } from '../../shared/contract/compose-views';
import type { OutboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { getDraft } from '../store/read/drafts';
import { getOutbox, type OutboxRow } from '../store/read/outbox';
import { withdrawAppend } from '../store/write/copy-changes';
import { dropLocalMessage } from '../store/write/local-message';
import { changeOutbox, deleteOutbox, setRecipient } from '../store/write/outbox';
import type { WriteTx } from '../store/write-tx';
import { type ComposeDeps, TOKEN_BYTES } from './compose-deps';
import { NO_DRAFT, viewOf } from './draft-methods';
import { bringBack, endDraft } from './show-draft';

const NO_ENTRY: Failure = { kind: 'not-found', message: 'This is not in the outbox any more.' };
const ON_ITS_WAY: Failure = {
  kind: 'conflict',
  message: 'The message is on its way already.',
  hint: 'Look at the outbox to see what becomes of it.',
};

const NOT_WRITTEN_HERE: Failure = {
  kind: 'invalid',
  message: 'This message came ready from elsewhere: there is no draft to go back to.',
  hint: 'Discard it, and it is not sent.',
};

/** What a person says about a message that has not left, or of which it is not known. */
export function outboxMethods(deps: ComposeDeps) {
  const { store } = deps;
  const token = (): string => deps.random.token(TOKEN_BYTES);

  /** Looks and acts in one transaction: the engine may take the message away between two. */
  function act(
    id: OutboxId,
    states: readonly OutboxState[],
    work: (tx: WriteTx, entry: OutboxRow) => void,
  ): Outcome<OutboxRow> {
    const done = store.writeTx('user', (tx): Outcome<OutboxRow> => {
      const entry = getOutbox(tx.db, id);
      if (!entry) return fail(NO_ENTRY);
      if (!states.includes(entry.state)) return fail(ON_ITS_WAY);
      work(tx, entry);
      return ok(entry);
    });
    if (done.ok) store.flush();
    return done;
  }

  function queue(tx: WriteTx, { id }: OutboxRow): void {
    changeOutbox(tx, id, {
      state: 'queued',
      notBefore: null,
      nextAttemptAt: null,
      overdue: false,
      failure: null,
      observed: null,
      looks: 0,
      stage: null,
      firstFailureAt: null,
      toldLate: false,
      attempts: 0,
    });
  }

  const done = (outcome: Outcome<OutboxRow>): Outcome<null> => (outcome.ok ? ok(null) : outcome);

  return {
    /** The message is a draft again, with identical content (SYNC-287); also while it leaves, before its last byte. */
    undo: async (id: OutboxId): Promise<Outcome<DraftView>> => {
      const found = getOutbox(store.read, id);
      const written = found === null || found.draftId === null ? null : getDraft(store.read, found.draftId);
      if (found && !written) return fail(NOT_WRITTEN_HERE);
      const letGo = found?.state === 'submitting' ? await deps.holdBack(found.accountId, id) : null;
      const undone = act(id, ['held', 'queued'], (tx, entry) => {
        const draft = entry.draftId === null ? null : getDraft(tx.db, entry.draftId);
        if (!draft) return;
        takeBack(tx, entry);
        bringBack(tx, draft, token);
      });
      letGo?.();
      if (!undone.ok) return undone;
      return undone.value.draftId === null ? fail(NO_DRAFT) : viewOf(deps, undone.value.draftId);
    },

    sendNow: (id: OutboxId): Outcome<null> => done(act(id, ['held', 'queued'], queue)),

    /** The same bytes, only to those not yet accepted; after 'unknown' it is the user's word (SYNC-279). */
    retry: (id: OutboxId): Outcome<null> =>
      done(
        act(id, ['failed', 'unknown', 'queued', 'partial'], (tx, entry) => {
          for (const { address, state } of entry.recipients)
            if (state === 'refused') setRecipient(tx, id, address, 'waiting', null);
          queue(tx, entry);
        }),
      ),

    markSent: (id: OutboxId): Outcome<null> =>
      done(
        act(id, ['unknown'], (tx, entry) => {
          for (const { address, state } of entry.recipients)
            if (state === 'waiting') setRecipient(tx, id, address, 'accepted', null);
          changeOutbox(tx, id, { state: 'accepted', acceptedAt: tx.nowMs, failure: null });
        }),
      ),

    /** Those the server refuses are left out (SYNC-276). */
    sendToOthers: (id: OutboxId): Outcome<null> =>
      done(
        act(id, ['failed'], (tx, entry) => {
          queue(tx, entry);
          changeOutbox(tx, id, { toOthers: true });
        }),
      ),

    discard: (id: OutboxId): Outcome<null> =>
      done(
        act(id, ['held', 'queued', 'failed', 'unknown', 'partial'], (tx, entry) => {
          const draft = entry.draftId === null ? null : getDraft(tx.db, entry.draftId);
          // Some have it already: then it was sent, and stays among the sent ones.
          if (entry.acceptedAt !== null || entry.recipients.some(({ state }) => state === 'accepted')) {
            changeOutbox(tx, id, { state: 'done', finishedAt: tx.nowMs, failure: null });
            return;
          }
          takeBack(tx, entry);
          if (draft) endDraft(tx, draft);
        }),
      ),
  };
}

/** Nothing of it was sent, and nothing of it stays among the sent ones. */
function takeBack(tx: WriteTx, entry: OutboxRow): void {
  if (entry.shownId !== null) {
    withdrawAppend(tx, entry.shownId);
    dropLocalMessage(tx, entry.shownId);
  }
  deleteOutbox(tx, entry.id);
}
