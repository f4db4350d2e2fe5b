import { Settings } from '../../shared/contract/settings';
import { showFailure } from '../feedback/undo';
import { useUi } from '../state/ui-store';
import { settingsStrings } from '../strings/settings';
import { call } from '../transport/call';
import { queryClient } from '../transport/query-client';
import { liveQuery, useLiveQuery } from '../transport/use-live-query';

export const DEFAULT_SETTINGS: Settings = Settings.parse({});
const QUESTION = liveQuery('settings.get', {}, ['settings']);

/** The settings document; undefined until it is here, for whoever must not act on defaults. */
export function useStoredSettings(): Settings | undefined {
  return useLiveQuery('settings.get', {}, ['settings']).data;
}

/** The settings document, with the defaults until it is here. */
export function useSettings(): Settings {
  return useStoredSettings() ?? DEFAULT_SETTINGS;
}

/** Changes settings at once on screen and then in the store; a failure takes it back and says so. */
export async function saveSettings(patch: Partial<Settings>): Promise<void> {
  // Widths that are set here are this window's own (UI-001).
  if (patch.panes) useUi.setState({ panes: patch.panes });
  const before = queryClient.getQueryData(QUESTION.queryKey) ?? DEFAULT_SETTINGS;
  queryClient.setQueryData(QUESTION.queryKey, Settings.parse({ ...before, ...patch }));
  const outcome = await call('settings.set', { patch });
  if (outcome.ok) return;
  queryClient.setQueryData(QUESTION.queryKey, before);
  showFailure(settingsStrings.notSaved, outcome.failure);
}
