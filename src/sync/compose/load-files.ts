import type { DraftId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { draftAttachments } from '../store/read/drafts';
import { messageAccount } from '../store/read/messages';
import { setDraftBytes } from '../store/write/draft-attachments';
import type { ComposeDeps } from './compose-deps';
import { filesToTake } from './take-along';

const GONE: Failure = {
  kind: 'not-found',
  message: 'An attachment of the original is not on the server any more.',
  hint: 'Take it out, then send.',
};

/** Brings the files of the original that a draft names and that are not on this computer (before sending, or at once). */
export async function loadFiles(deps: ComposeDeps, draftId: DraftId): Promise<Outcome<null>> {
  const { store } = deps;
  for (const record of draftAttachments(store.read, draftId)) {
    const { source_message: messageId, source_index: index } = record;
    if (record.blob_hash !== null || messageId === null) continue;
    const accountId = messageAccount(store.read, messageId);
    if (accountId === null) return fail(GONE);
    const loaded = await deps.load(accountId, messageId, index);
    if (!loaded.ok) return loaded;
    const kind = index === null ? 'forward-attached' : 'forward';
    const file = filesToTake(store, kind, messageId).find(({ source }) => source.index === index);
    const { bytes } = file ?? { bytes: null };
    if (!bytes) return fail(GONE);
    store.writeTx('user', (tx) => setDraftBytes(tx, record.id, bytes));
  }
  return ok(null);
}
