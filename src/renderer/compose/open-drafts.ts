import { create } from 'zustand';
import type { DraftView } from '../../shared/contract/compose-views';
import type { DraftId } from '../../shared/domain';
import { knownSettings } from '../actions/known';
import { showFailure } from '../feedback/undo';
import { saveSettings } from '../settings/use-settings';
import { isPopout } from '../state/ui-store';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import { flushAll, forgetSession, sessionOf } from './sessions';

/** More open letters than this at a time are no work of a person. */
const MAX_OPEN = 20;

export interface OpenDraft {
  readonly id: DraftId;
  readonly how: 'docked' | 'full' | 'minimised';
}

interface OpenDrafts {
  readonly drafts: readonly OpenDraft[];
}

/** The composers of this window, the newest last; at most one of them is not minimised. */
export const useOpenDrafts = create<OpenDrafts>()(() => ({ drafts: [] }));

/** Opens a draft's composer, or brings it to the front. */
export function showDraft(view: DraftView, how: 'docked' | 'full' = 'docked'): void {
  sessionOf(view);
  const others = useOpenDrafts
    .getState()
    .drafts.filter(({ id }) => id !== view.id)
    .map((draft) => ({ ...draft, how: 'minimised' as const }));
  setDrafts([...others, { id: view.id, how }].slice(-MAX_OPEN));
}

/** Another size of an open composer; what comes up puts the others down. */
export function resizeDraft(id: DraftId, how: OpenDraft['how']): void {
  setDrafts(
    useOpenDrafts
      .getState()
      .drafts.map((draft) =>
        draft.id === id ? { id, how } : how === 'minimised' ? draft : { ...draft, how: 'minimised' },
      ),
  );
}

/** Takes the composer off the screen; the draft is somebody else's business. */
export function dropDraft(id: DraftId): void {
  forgetSession(id);
  setDrafts(useOpenDrafts.getState().drafts.filter((draft) => draft.id !== id));
}

/** Closing never asks and never loses (APP-124): saved here, then upstream; with nothing written it goes away. */
export async function closeDraft(
  view: Pick<DraftView, 'id'>,
  flush: () => Promise<{ ok: boolean }>,
): Promise<void> {
  const saved = await flush();
  if (!saved.ok) {
    showFailure(composeStrings.notSaved, { kind: 'internal', message: composeStrings.notSavedText });
    return;
  }
  dropDraft(view.id);
  void call('drafts.close', { draftId: view.id });
}

function setDrafts(drafts: readonly OpenDraft[]): void {
  const before = useOpenDrafts.getState().drafts;
  useOpenDrafts.setState({ drafts });
  // Other windows have composers of their own.
  const others = knownSettings().openDrafts.filter((id) => before.every((draft) => draft.id !== id));
  const ids = new Set([...others, ...drafts.map(({ id }) => id)]);
  void saveSettings({ openDrafts: [...ids].slice(-MAX_OPEN) });
}

let restored = false;

/** Once, when the window comes up: the composers that were open come back, put down, in the whole window (APP-137). */
export async function restoreDrafts(): Promise<void> {
  if (restored) return;
  restored = true;
  window.addEventListener('pagehide', flushAll);
  if (isPopout()) return;
  const [settings, drafts] = await Promise.all([call('settings.get', {}), call('drafts.list', {})]);
  if (!settings.ok || !drafts.ok) return;
  const there = new Set(drafts.value.map(({ id }) => id as number));
  const before = settings.value.openDrafts.filter((id) => there.has(id));
  const open = useOpenDrafts.getState().drafts;
  const back = before.filter((id) => open.every((draft) => draft.id !== id));
  if (back.length === 0) return;
  useOpenDrafts.setState({
    drafts: [...back.map((id) => ({ id: id as DraftId, how: 'minimised' as const })), ...open],
  });
}
