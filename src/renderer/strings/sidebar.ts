import type { SmartListName } from '../../shared/domain';
import { count, number } from './plural';

const smartLists: Record<SmartListName, string> = {
  inbox: 'Inbox',
  unread: 'Unread',
  starred: 'Starred',
  snoozed: 'Snoozed',
  drafts: 'Drafts',
  sent: 'Sent',
  all: 'All mail',
};

/** Words of the side bar. */
export const sidebarStrings = {
  folders: 'Folders',
  smartLists,
  savedSearch: (query: string) => `Search: ${query}`,
  /** With several accounts the first list says that it covers all of them. */
  inboxOfAll: 'Inbox (all)',
  roles: {
    inbox: 'Inbox',
    archive: 'Archive',
    drafts: 'Drafts',
    sent: 'Sent',
    trash: 'Trash',
    junk: 'Junk',
    all: 'All mail',
    flagged: 'Starred',
    important: 'Important',
  },
  /** Accessible name of a line with a number. */
  withUnread: (name: string, unread: number) => `${name}, ${number(unread)} unread`,
  withTotal: (name: string, total: number) =>
    `${name}, ${count(total, { one: 'message', other: 'messages' })}`,
  account: (name: string, state: string | null) => (state ? `${name}, ${state}` : name),
  states: {
    syncing: 'syncing',
    offline: 'offline',
    auth: 'sign-in needed',
    paused: 'paused',
    error: 'error',
    removing: 'removing',
    new: 'setting up',
    probing: 'checking',
  },
  signIn: 'Sign in',
  resume: 'Resume',
  goOnline: 'Go online',
  details: 'Details',
  syncNow: 'Sync now',
  folderMenu: (name: string) => `Actions for ${name}`,
  settings: 'Settings',
};
