import { type MessageId, SEEN } from '../../shared/domain';
import { observeSource } from '../mime/observe-source';
import { readBlob } from '../store/blobs';
import { openDrafts } from '../store/read/drafts';
import { bodyState } from '../store/read/messages';
import { OPEN_STATES, outboxInState } from '../store/read/outbox';
import { insertLocalMessage } from '../store/write/local-message';
import { changeOutbox } from '../store/write/outbox';
import type { ComposeDeps } from './compose-deps';
import { TOKEN_BYTES } from './compose-deps';
import { endDraft, saveUpstream, showDraft } from './show-draft';

/** A draft nobody wrote in, left behind by a window that was killed, is kept so long. */
const EMPTY_FOR_MS = 24 * 60 * 60_000;

/**
 * At the start: after a damaged store came back from its backup, drafts and what is on its way out are there, and their
 * messages may not be (SYNC-393). They are shown again; empty drafts of windows that were killed end.
 */
export function mendWritten({ store, clock, random }: ComposeDeps): void {
  const token = (): string => random.token(TOKEN_BYTES);
  const isShown = (id: MessageId | null): boolean => id !== null && bodyState(store.read, id) !== null;
  const drafts = openDrafts(store.read);
  const unseen = drafts.filter(({ touched, shownId }) => touched && shownId !== null && !isShown(shownId));
  const empty = drafts.filter(({ touched, savedAt }) => !touched && clock.now() - savedAt > EMPTY_FOR_MS);
  const sent = OPEN_STATES.flatMap((state) => outboxInState(store.read, state)).filter(
    ({ filedHash, shownId }) => filedHash !== null && !isShown(shownId),
  );
  if (unseen.length + empty.length + sent.length === 0) return;
  store.writeTx('server', (tx) => {
    for (const draft of empty) endDraft(tx, draft);
    for (const { id } of unseen) {
      showDraft(tx, id, token);
      saveUpstream(tx, id, false, token);
    }
    for (const { id, accountId, filedHash, sentMailboxId, date, state } of sent) {
      const source = filedHash === null ? null : readBlob(tx.db, tx.blobFiles, filedHash);
      if (!source || sentMailboxId === null) continue;
      const { message: observed, body } = observeSource(source, {
        uid: 0,
        keywords: [SEEN],
        receivedAt: date,
      });
      const shownId = insertLocalMessage(tx, accountId, sentMailboxId, { observed, body, blobs: [] });
      // The change that was to file the copy named the message that is lost: whether it is filed is decided anew.
      changeOutbox(tx, id, { shownId, ...(state === 'filing' ? { state: 'accepted' } : {}) });
    }
  });
}
