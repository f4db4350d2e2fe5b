import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { focusRegion } from '../layout/regions';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import type { DraftSession } from './draft-session';
import { dropDraft, showDraft } from './open-drafts';

/** Takes the draft away everywhere; for a while it can be brought back as it was. */
export async function discardDraft(session: DraftSession): Promise<void> {
  const { id: draftId } = session;
  await session.flush();
  const outcome = await call('drafts.discard', { draftId });
  if (!outcome.ok) {
    showFailure(composeStrings.notDiscarded, outcome.failure);
    return;
  }
  dropDraft(draftId);
  focusRegion('list');
  showToast({
    tone: 'done',
    text: composeStrings.discarded,
    action: {
      label: composeStrings.undo,
      run: () =>
        void call('drafts.keep', { draftId }).then((kept) => {
          if (kept.ok) showDraft(kept.value);
          else showFailure(composeStrings.notOpened, kept.failure);
        }),
    },
  });
}
