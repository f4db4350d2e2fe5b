import type { DraftId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { draftAttachments, getDraft } from '../store/read/drafts';
import { bodyState, messageAccount } from '../store/read/messages';
import { setDraftBytes } from '../store/write/draft-attachments';
import type { ComposeDeps } from './compose-deps';
import { filesToTake } from './take-along';

const GONE: Failure = {
  kind: 'not-found',
  message: 'An attachment of the original is not on the server any more.',
  hint: 'Take it out, then send.',
};

/** Brings what a draft needs of the original and is not on this computer: the text it quotes, the files it names. */
export async function loadFiles(deps: ComposeDeps, draftId: DraftId): Promise<Outcome<null>> {
  const { store } = deps;
  const quote = getDraft(store.read, draftId)?.content.quote;
  if (quote?.included && quote.selection === null && bodyState(store.read, quote.messageId) !== 'here') {
    const accountId = messageAccount(store.read, quote.messageId);
    const loaded = accountId === null ? ok('gone' as const) : await deps.loadBody(accountId, quote.messageId);
    if (!loaded.ok) return fail({ ...loaded.failure, hint: 'Go online, or take the quoted message out.' });
  }
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
