import type { Settings } from '../../shared/contract/methods';
import type { MailboxView } from '../../shared/contract/views';
import { DEFAULT_SETTINGS } from '../settings/use-settings';
import { queryClient } from '../transport/query-client';
import { liveQuery } from '../transport/use-live-query';

/** What the window already knows, for commands that must not wait: the live queries' newest answers. */
export function knownMailboxes(): readonly MailboxView[] {
  return queryClient.getQueryData(liveQuery('mailboxes.list', {}, []).queryKey) ?? [];
}

export function knownSettings(): Settings {
  return queryClient.getQueryData(liveQuery('settings.get', {}, []).queryKey) ?? DEFAULT_SETTINGS;
}
