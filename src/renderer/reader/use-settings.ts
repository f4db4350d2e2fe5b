import { Settings } from '../../shared/contract/methods';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';

const DEFAULTS = Settings.parse({});

/** The settings in force; the defaults until they arrive. */
export function useSettings(): Settings {
  return useLiveQuery('settings.get', {}, ['settings']).data ?? DEFAULTS;
}

/** Changes some settings; the host's notice brings them back to every window. */
export function saveSettings(patch: Partial<Settings>): void {
  void call('settings.set', { patch });
}
