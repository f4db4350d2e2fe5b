import type { Settings } from '../../shared/contract/settings';
import type { AccountView, ListView, MailboxView } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { DEFAULT_SETTINGS } from '../settings/use-settings';
import { queryClient } from '../transport/query-client';
import { liveQuery } from '../transport/use-live-query';

/** What the window already knows, for commands that must not wait: the live queries' newest answers. */
export function knownMailboxes(): readonly MailboxView[] {
  return queryClient.getQueryData(liveQuery('mailboxes.list', {}, []).queryKey) ?? [];
}

/** In the order of the side bar. */
export function knownAccounts(): readonly AccountView[] {
  return queryClient.getQueryData(liveQuery('accounts.list', {}, []).queryKey) ?? [];
}

/** Folders and smart lists, with their numbers. */
export function knownLists(): readonly ListView[] {
  return queryClient.getQueryData(liveQuery('lists.list', {}, []).queryKey) ?? [];
}

/** What a list is for; null for lists over all accounts and folders without a role. */
export function roleOfList(listId: ListId): MailboxView['role'] {
  return knownMailboxes().find(({ id }) => (id as number) === listId)?.role ?? null;
}

export function knownSettings(): Settings {
  return queryClient.getQueryData(liveQuery('settings.get', {}, []).queryKey) ?? DEFAULT_SETTINGS;
}
